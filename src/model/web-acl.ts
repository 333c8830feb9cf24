import { type IpFamily, ipFamilyOf, ipNetworkProblem } from "../units/ip-network";
import {
  CONFIGURED_RULE_GROUPS,
  MANAGED_RULE_GROUPS,
  MANAGED_RULE_GROUPS_AS_OF,
  type ManagedRuleGroup,
} from "./managed-rule-groups";
import { nameProblem, names } from "./names";
import { compareText } from "./order";
import { type Problem, quote, quoteAll, under } from "./problem";

/** What AWS WAF does with a request that a rule matches. */
export const RULE_ACTIONS = ["allow", "block", "captcha", "challenge", "count"] as const;

export type RuleAction = (typeof RULE_ACTIONS)[number];

/** What a web ACL does with the rules of a group that AWS keeps. */
export interface ManagedRuleGroupOptions {
  /** Whether the group acts as AWS made it, or only counts what it would have blocked. @default "block" */
  readonly mode?: "block" | "count";
  /** Actions of single rules in place of AWS's. @default - none */
  readonly ruleActions?: Readonly<Record<string, RuleAction>>;
  /** Static version of the group. @default - AWS's default version, which AWS moves on */
  readonly version?: string;
  /** Web ACL capacity units of a group that this version does not know. @default - not counted */
  readonly capacity?: number;
}

/** How many requests one IP address may send. */
export interface RateLimit {
  /** Requests in the window, 10 to 2,000,000,000. */
  readonly requests: number;
  /** 60, 120, 300 or 600. @default 300 */
  readonly windowInSeconds?: number;
  /** Whether requests beyond it are blocked, or only counted. @default "block" */
  readonly mode?: "block" | "count";
}

/** Which requests a web ACL lets through, counts and blocks. */
export interface WebAclOptions {
  /** AWS's managed rule groups by name. @default - IP reputation, known bad inputs, common rules and SQL injection */
  readonly managedRules?: Readonly<Record<string, ManagedRuleGroupOptions>>;
  /** Limit for each IP address, or `false` for none. @default - 2,000 requests in 5 minutes */
  readonly rateLimit?: RateLimit | false;
  /** Networks, IPv4 or IPv6, that no other rule is asked about. @default - none */
  readonly allowAddresses?: readonly string[];
  /** Networks, IPv4 or IPv6, that are blocked. @default - none */
  readonly blockAddresses?: readonly string[];
  /** What happens to requests that no rule matches. @default "allow" */
  readonly defaultAction?: "allow" | "block";
}

const DEFAULT_MANAGED_RULES: Readonly<Record<string, ManagedRuleGroupOptions>> = {
  AWSManagedRulesAmazonIpReputationList: {},
  AWSManagedRulesCommonRuleSet: {},
  AWSManagedRulesKnownBadInputsRuleSet: {},
  AWSManagedRulesSQLiRuleSet: {},
};

const DEFAULT_RATE_LIMIT: RateLimit = { requests: 2000 };
export const DEFAULT_WINDOW_IN_SECONDS = 300;

/** Source: API model of WAFv2, RateBasedStatement, 2026-11-17. */
const RATE = { min: 10, max: 2_000_000_000, windows: [60, 120, 300, 600] } as const;

/** Source: AWS WAF Developer Guide, "AWS WAF quotas", 2026. */
const MAX_ADDRESSES_PER_SET = 10_000;
const MAX_CAPACITY = 5000;
/** What the price of a web ACL includes. Source: AWS WAF Developer Guide, "Web ACL capacity units". */
const INCLUDED_CAPACITY = 1500;

/** Source: AWS WAF Developer Guide, pages of the IP set and the rate-based statement. */
const CAPACITY = { addresses: 1, rateLimit: 2 } as const;

const GROUP_NAME = /^[\w-]{1,128}$/;
const UNKNOWN_GROUP_PRIORITY = 1000;

/** One rule of a web ACL. Its priority depends on what it is, not on its neighbours. */
export type WebAclRule = { readonly name: string; readonly priority: number; readonly capacity: number } & (
  | { readonly kind: "addresses"; readonly list: AddressList; readonly family: IpFamily; readonly addresses: string[] }
  | { readonly kind: "rateLimit"; readonly limit: RateLimit }
  | { readonly kind: "managed"; readonly group: string; readonly options: ManagedRuleGroupOptions }
);

export type AddressList = "allow" | "block";

/** The rules of a web ACL in the order in which it asks them. */
export function webAclRules(options: WebAclOptions): WebAclRule[] {
  const { managedRules = DEFAULT_MANAGED_RULES, rateLimit = DEFAULT_RATE_LIMIT } = options;
  return [
    ...addressRules("allow", 0, options.allowAddresses),
    ...addressRules("block", 10, options.blockAddresses),
    ...(rateLimit === false
      ? []
      : [
          {
            kind: "rateLimit" as const,
            name: "rate-limit",
            priority: 20,
            capacity: CAPACITY.rateLimit,
            limit: rateLimit,
          },
        ]),
    ...managedGroupRules(managedRules),
  ];
}

function addressRules(list: AddressList, priority: number, addresses: readonly string[] = []): WebAclRule[] {
  return (["ipv4", "ipv6"] as const).flatMap((family, index) => {
    const own = addresses.filter((address) => ipFamilyOf(address) === family).sort(compareText);
    return own.length === 0
      ? []
      : [
          {
            kind: "addresses",
            name: `${list}-${family}`,
            priority: priority + index,
            capacity: CAPACITY.addresses,
            list,
            family,
            addresses: own,
          },
        ];
  });
}

function managedGroupRules(managedRules: Readonly<Record<string, ManagedRuleGroupOptions>>): WebAclRule[] {
  const unknown = Object.keys(managedRules)
    .filter((group) => knownGroup(group) === undefined)
    .sort(compareText);
  return Object.entries(managedRules)
    .map(([group, options]): WebAclRule => {
      const known = knownGroup(group);
      return {
        kind: "managed",
        name: group,
        priority: known?.priority ?? UNKNOWN_GROUP_PRIORITY + unknown.indexOf(group),
        capacity: known?.capacity ?? options.capacity ?? 0,
        group,
        options,
      };
    })
    .sort((a, b) => a.priority - b.priority);
}

function knownGroup(group: string): ManagedRuleGroup | undefined {
  return Object.hasOwn(MANAGED_RULE_GROUPS, group) ? MANAGED_RULE_GROUPS[group] : undefined;
}

/** Why AWS WAF would refuse the name of a web ACL, or those of its sets of addresses. */
export function webAclNameProblems(name: string, options: WebAclOptions): string[] {
  const problem = nameProblem("webAcl", name, "choose another 'name'");
  return problem === undefined
    ? webAclRules(options)
        .filter(({ kind }) => kind === "addresses")
        .flatMap(
          (rule) => nameProblem("ipSet", names.webAclAddresses(name, rule.name), "choose a shorter 'name'") ?? [],
        )
    : [problem];
}

/** What is wrong with the rules of a web ACL. */
export function webAclProblems(options: WebAclOptions): Problem[] {
  const { managedRules = DEFAULT_MANAGED_RULES, rateLimit = DEFAULT_RATE_LIMIT } = options;
  const capacity = capacityOf(options);
  return [
    ...Object.entries(managedRules).flatMap(([group, choice]) =>
      under(["managedRules", group], managedGroupProblems(group, choice)),
    ),
    ...(rateLimit === false ? [] : under("rateLimit", rateLimitProblems(rateLimit))),
    ...addressProblems("allowAddresses", options.allowAddresses),
    ...addressProblems("blockAddresses", options.blockAddresses),
    ...bothListsProblems(options),
    ...(options.defaultAction === "block" && (options.allowAddresses ?? []).length === 0
      ? [
          {
            at: ["defaultAction"],
            message: `'defaultAction' "block" without 'allowAddresses' would block every request; name who may pass`,
          },
        ]
      : []),
    ...(capacity > MAX_CAPACITY
      ? [
          {
            at: ["managedRules"],
            message: `the rules of a web ACL must need at most ${MAX_CAPACITY} capacity units (WCU), these need ${capacity}; leave a rule group out`,
          },
        ]
      : []),
  ];
}

function managedGroupProblems(group: string, { mode, ruleActions = {}, capacity }: ManagedRuleGroupOptions): Problem[] {
  if (!GROUP_NAME.test(group)) {
    return [
      {
        at: [],
        message: `'managedRules' must hold names of rule groups, like "AWSManagedRulesCommonRuleSet", got ${quote(group)}`,
      },
    ];
  }
  const meant = Object.keys(MANAGED_RULE_GROUPS).find((known) => known.toLowerCase() === group.toLowerCase());
  if (meant !== undefined && meant !== group) {
    return [
      {
        at: [],
        message: `'managedRules' must hold names of rule groups as AWS writes them, got ${quote(group)}; did you mean ${quote(meant)}?`,
      },
    ];
  }
  if (CONFIGURED_RULE_GROUPS.has(group)) {
    return [
      {
        at: [],
        message: `rule group ${quote(group)} is charged for by request and must be told about the pages of the application, which 'managedRules' cannot do; leave it out`,
      },
    ];
  }
  return [
    ...(mode === undefined || mode === "block" || mode === "count"
      ? []
      : [
          {
            at: ["mode"],
            message: `'mode' of rule group ${quote(group)} must be "block" or "count", got ${quote(mode)}`,
          },
        ]),
    ...Object.entries(ruleActions)
      .filter(([, action]) => !RULE_ACTIONS.includes(action))
      .map(([rule, action]) => ({
        at: ["ruleActions", rule],
        message: `the action of rule ${quote(rule)} must be one of ${quoteAll(RULE_ACTIONS)}, got ${quote(action)}`,
      })),
    ...capacityProblems(group, capacity),
  ];
}

function capacityProblems(group: string, capacity: number | undefined): Problem[] {
  if (capacity === undefined) {
    return [];
  }
  const known = knownGroup(group);
  if (known !== undefined) {
    return [
      {
        at: ["capacity"],
        message: `'capacity' of rule group ${quote(group)} is known to be ${known.capacity}, got ${quote(capacity)}; leave it out`,
      },
    ];
  }
  return Number.isInteger(capacity) && capacity >= 1
    ? []
    : [
        {
          at: ["capacity"],
          message: `'capacity' of rule group ${quote(group)} must be a whole number of at least 1, got ${quote(capacity)}`,
        },
      ];
}

function rateLimitProblems({ requests, windowInSeconds, mode }: RateLimit): Problem[] {
  return [
    ...(Number.isInteger(requests) && requests >= RATE.min && requests <= RATE.max
      ? []
      : [
          {
            at: ["requests"],
            message: `'requests' of 'rateLimit' must be ${RATE.min} to ${RATE.max}, got ${quote(requests)}`,
          },
        ]),
    ...(windowInSeconds === undefined || RATE.windows.some((window) => window === windowInSeconds)
      ? []
      : [
          {
            at: ["windowInSeconds"],
            message: `'windowInSeconds' of 'rateLimit' must be one of ${RATE.windows.join(", ")}, got ${quote(windowInSeconds)}`,
          },
        ]),
    ...(mode === undefined || mode === "block" || mode === "count"
      ? []
      : [{ at: ["mode"], message: `'mode' of 'rateLimit' must be "block" or "count", got ${quote(mode)}` }]),
  ];
}

function addressProblems(property: "allowAddresses" | "blockAddresses", addresses: readonly string[] = []): Problem[] {
  return [
    ...addresses.flatMap((address, index) => {
      const message = ipNetworkProblem(address) ?? everywhereProblem(address);
      return message === undefined ? [] : [{ at: [property, index], message: `'${property}' ${message}` }];
    }),
    ...addresses.flatMap((address, index) =>
      addresses.indexOf(address) === index
        ? []
        : [
            {
              at: [property, index],
              message: `'${property}' must hold ${quote(address)} once, got it twice; remove one`,
            },
          ],
    ),
    ...(addresses.length <= MAX_ADDRESSES_PER_SET
      ? []
      : [
          {
            at: [property],
            message: `'${property}' must hold at most ${MAX_ADDRESSES_PER_SET} networks, got ${addresses.length}; merge them into larger ones`,
          },
        ]),
  ];
}

function everywhereProblem(address: string): string | undefined {
  return address.endsWith("/0")
    ? `must name networks smaller than all addresses, got ${quote(address)}; use 'defaultAction' for everybody else`
    : undefined;
}

function bothListsProblems({ allowAddresses = [], blockAddresses = [] }: WebAclOptions): Problem[] {
  return blockAddresses.flatMap((address, index) =>
    allowAddresses.includes(address)
      ? [
          {
            at: ["blockAddresses", index],
            message: `${quote(address)} is in 'allowAddresses' too, which is asked first, so that it would never be blocked; remove it from one of the two`,
          },
        ]
      : [],
  );
}

/** Web ACL capacity units that the rules need. */
export function capacityOf(options: WebAclOptions): number {
  return webAclRules(options).reduce((sum, { capacity }) => sum + capacity, 0);
}

/** What to know about the rules of a web ACL. */
export function webAclWarnings(options: WebAclOptions): string[] {
  const { managedRules = DEFAULT_MANAGED_RULES } = options;
  const capacity = capacityOf(options);
  return [
    ...(capacity > INCLUDED_CAPACITY && capacity <= MAX_CAPACITY
      ? [
          `the rules need ${capacity} capacity units (WCU), and AWS charges each request more beyond ${INCLUDED_CAPACITY}; leave a rule group out, or accept it`,
        ]
      : []),
    ...Object.entries(managedRules).flatMap(([group, { ruleActions = {}, capacity: given }]) => {
      const known = knownGroup(group);
      return known === undefined
        ? [unknownGroupWarning(group, given)]
        : unknownRuleWarnings(group, known, Object.keys(ruleActions));
    }),
  ];
}

function unknownGroupWarning(group: string, capacity: number | undefined): string {
  return `rule group ${quote(group)} is not among those known as of ${MANAGED_RULE_GROUPS_AS_OF}; check its name${capacity === undefined ? ", and give its 'capacity'" : ""}`;
}

function unknownRuleWarnings(group: string, { rules }: ManagedRuleGroup, overridden: readonly string[]): string[] {
  return overridden
    .filter((rule) => !rules.includes(rule))
    .map(
      (rule) =>
        `rule group ${quote(group)} had no rule ${quote(rule)} on ${MANAGED_RULE_GROUPS_AS_OF}, and AWS WAF ignores the action of a rule that is not there; it had ${quoteAll(rules)}`,
    );
}
