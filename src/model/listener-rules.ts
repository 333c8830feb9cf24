import { Cidr } from "../units/cidr";
import { ipFamilyOf } from "../units/ip-network";
import { globMatches, hasWildcard } from "./glob";
import { compareText } from "./order";
import { type Problem, quote } from "./problem";
import { stableHash } from "./stable-hash";

/**
 * Which requests a rule of an Application Load Balancer takes: those that match each kind of condition that is given, by
 * any of its values. `*` is any run of characters, `?` exactly one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface RuleConditions {
  /** Host names, such as `api.example.com` or `*.example.com`. @default - any */
  readonly hosts?: readonly string[];
  /** Paths, such as `/api/*`, in which upper and lower case differ. @default - any */
  readonly paths?: readonly string[];
  /** Methods, such as `GET`. @default - any */
  readonly methods?: readonly string[];
  /** Values by the name of the header. @default - any */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** Values by the key in the query string. @default - any */
  readonly queryStrings?: Readonly<Record<string, readonly string[]>>;
  /** Networks of the clients, IPv4 or IPv6. @default - any */
  readonly sourceIps?: readonly string[];
}

/** A rule among those of one listener. */
export interface ListenerRuleSpec {
  /** Unique on the load balancer; the priority is derived from it. */
  readonly name: string;
  readonly conditions: RuleConditions;
  /** @default - derived: the fewer requests a rule means, the earlier it is asked */
  readonly priority?: number;
}

/** One condition, in the form in which two rules can be compared. */
export interface PlannedCondition {
  /** `hosts`, `paths`, `methods`, `sourceIps`, `headers <name>` or `queryStrings <key>`. */
  readonly field: string;
  readonly kind: keyof RuleConditions;
  /** Name of the header or key of the query string. */
  readonly key: string | undefined;
  readonly values: readonly string[];
}

/** Every path, which stands for a rule without conditions: AWS wants one at least. */
const ANY_PATH = "/*";

/** Source: API reference of Elastic Load Balancing, CreateRule. */
export const PRIORITY = { min: 1, max: 50_000 } as const;

/** The conditions that a rule is made with, in a fixed order and with values in alphabetical order. */
export function plannedConditions(conditions: RuleConditions): PlannedCondition[] {
  const { headers = {}, queryStrings = {} } = conditions;
  const lists = (["hosts", "methods", "paths", "sourceIps"] as const).flatMap((kind) =>
    conditions[kind] === undefined ? [] : [plan(kind, undefined, conditions[kind])],
  );
  const all = [
    ...lists,
    ...Object.entries(headers).map(([key, values]) => plan("headers", key, values)),
    ...Object.entries(queryStrings).map(([key, values]) => plan("queryStrings", key, values)),
  ].sort((a, b) => compareText(a.field, b.field));
  return all.length === 0 ? [plan("paths", undefined, [ANY_PATH])] : all;
}

function plan(kind: keyof RuleConditions, key: string | undefined, values: readonly string[]): PlannedCondition {
  const field = key === undefined ? kind : `${kind} ${kind === "headers" ? key.toLowerCase() : key}`;
  return { field, kind, key, values: [...new Set(values)].sort(compareText) };
}

/** Rules in as many groups, the narrowest first, and a place by the name in each. */
const GROUPS = 50;
const PLACES = PRIORITY.max / GROUPS;

/** Beyond it, the length of a pattern says no more. */
const MAX_LITERALS = 24;

/**
 * The priority of a rule: as given, or by how few requests it means, and among such by its name. It depends on the
 * rule alone, so that a rule that is added moves no other.
 */
export function priorityOf({ name, conditions, priority }: ListenerRuleSpec): number {
  const group = GROUPS - 1 - Math.min(GROUPS - 1, narrowness(conditions));
  return priority ?? group * PLACES + (stableHash(name) % PLACES) + 1;
}

/** Never less for a rule whose requests another one takes too. */
function narrowness(conditions: RuleConditions): number {
  return plannedConditions(conditions)
    .filter(({ kind, values }) => !values.some((value) => meansAny(kind, value)))
    .reduce((sum, { kind, values }) => sum + 1 + Math.min(...values.map((value) => literalsOf(kind, value))), 0);
}

function meansAny(kind: keyof RuleConditions, value: string): boolean {
  return value === "*" || (kind === "paths" && value === ANY_PATH);
}

function literalsOf(kind: keyof RuleConditions, value: string): number {
  if (kind === "sourceIps") {
    return Math.floor(Number(value.slice(value.indexOf("/") + 1)) / 8) || 0;
  }
  return kind === "methods" ? 0 : Math.min(MAX_LITERALS, value.replaceAll(/[*?]/g, "").length);
}

/** What is wrong with rules of one listener beside each other, each at its name. */
export function ruleOrderProblems(rules: readonly ListenerRuleSpec[]): Problem[] {
  const ordered = rules
    .map((rule) => ({ rule, priority: priorityOf(rule), conditions: plannedConditions(rule.conditions) }))
    .sort((a, b) => a.priority - b.priority || compareText(a.rule.name, b.rule.name));
  return ordered.flatMap((later, index) => {
    const { name, priority: given } = later.rule;
    const before = ordered.slice(0, index);
    const same = before.find(({ conditions }) => JSON.stringify(conditions) === JSON.stringify(later.conditions));
    const beside = before.find(({ priority }) => priority === later.priority);
    const above = before.find(({ conditions }) => covers(conditions, later.conditions));
    const message =
      same !== undefined
        ? `rules ${quote(same.rule.name)} and ${quote(name)} have the same conditions, so that ${quote(name)} would get no request; change the 'conditions' of one`
        : beside !== undefined
          ? `rules ${quote(beside.rule.name)} and ${quote(name)} both have priority ${later.priority}${given === undefined ? ", by their names" : ""}; give one a 'priority' of its own`
          : above !== undefined
            ? `rule ${quote(name)} (priority ${later.priority}) would get no request, because rule ${quote(above.rule.name)} (priority ${above.priority}) is asked first and takes them all; give ${quote(name)} a lower 'priority', or narrow the 'conditions' of ${quote(above.rule.name)}`
            : undefined;
    return message === undefined ? [] : [{ at: [name], message }];
  });
}

/** Whether every request that matches `narrow` matches `wide` too. */
function covers(wide: readonly PlannedCondition[], narrow: readonly PlannedCondition[]): boolean {
  return wide.every(({ field, kind, values }) => {
    const other = narrow.find((condition) => condition.field === field);
    return other === undefined
      ? (kind === "paths" || kind === "hosts") && values.some((value) => meansAny(kind, value))
      : other.values.every((value) => values.some((pattern) => valueCovers(kind, pattern, value)));
  });
}

function valueCovers(kind: keyof RuleConditions, wide: string, narrow: string): boolean {
  switch (kind) {
    case "sourceIps":
      return wide === narrow || networkCovers(wide, narrow);
    case "methods":
      return wide === narrow;
    case "paths":
      return patternCovers(wide, narrow);
    default:
      return patternCovers(wide.toLowerCase(), narrow.toLowerCase());
  }
}

function networkCovers(wide: string, narrow: string): boolean {
  const known = [wide, narrow].every((cidr) => ipFamilyOf(cidr) === "ipv4" && Cidr.problemOf(cidr) === undefined);
  return known && Cidr.parse(wide).contains(Cidr.parse(narrow));
}

/**
 * Whether all that `narrow` matches is matched by `wide`: its wildcards become characters that no pattern has, `*` once
 * nothing and once more of them than `?` in `wide` could take.
 */
function patternCovers(wide: string, narrow: string): boolean {
  if (!hasWildcard(narrow)) {
    return globMatches(wide, narrow);
  }
  const single = narrow.replaceAll("?", "\u0001");
  return [single.replaceAll("*", ""), single.replaceAll("*", "\u0002".repeat(wide.length + 1))].every((text) =>
    globMatches(wide, text),
  );
}
