import fc from "fast-check";
import { CONFIGURED_RULE_GROUPS, MANAGED_RULE_GROUPS } from "../../src/model/managed-rule-groups";
import { capacityOf, type WebAclOptions, webAclProblems, webAclRules, webAclWarnings } from "../../src/model/web-acl";

const groups = Object.keys(MANAGED_RULE_GROUPS);
const chosen = fc
  .subarray(groups)
  .map((names): WebAclOptions => ({ managedRules: Object.fromEntries(names.map((name) => [name, {}])) }));

describe("the rules of a web ACL", () => {
  test("are IP reputation, known bad inputs, common rules, SQL injection and a limit when nothing is said", () => {
    expect(webAclRules({}).map(({ name, priority }) => [name, priority])).toEqual([
      ["rate-limit", 20],
      ["AWSManagedRulesAmazonIpReputationList", 100],
      ["AWSManagedRulesKnownBadInputsRuleSet", 120],
      ["AWSManagedRulesCommonRuleSet", 130],
      ["AWSManagedRulesSQLiRuleSet", 140],
    ]);
    expect(webAclProblems({})).toEqual([]);
    expect(webAclWarnings({})).toEqual([]);
    expect(capacityOf({})).toBe(25 + 200 + 700 + 200 + 2);
  });

  test("ask allowed addresses first, then blocked ones, each family by itself", () => {
    const options: WebAclOptions = {
      allowAddresses: ["192.0.2.0/24", "2001:db8::/32", "10.0.0.0/8"],
      blockAddresses: ["2001:db8:1::/48"],
      managedRules: {},
      rateLimit: false,
    };
    expect(webAclRules(options)).toEqual([
      expect.objectContaining({ name: "allow-ipv4", priority: 0, addresses: ["10.0.0.0/8", "192.0.2.0/24"] }),
      expect.objectContaining({ name: "allow-ipv6", priority: 1, addresses: ["2001:db8::/32"] }),
      expect.objectContaining({ name: "block-ipv6", priority: 11, addresses: ["2001:db8:1::/48"] }),
    ]);
    expect(capacityOf(options)).toBe(3);
  });

  test("have priorities of their own that no other group moves, and in which they stand", () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom(...groups), (options, added) => {
        const places = (given: WebAclOptions) =>
          new Map(webAclRules(given).map(({ name, priority }) => [name, priority]));
        const before = places(options);
        const after = places({ managedRules: { ...options.managedRules, [added]: {} } });
        for (const [name, priority] of before) {
          expect(after.get(name)).toBe(priority);
        }
        const order = [...after.values()];
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
      }),
    );
  });

  test("need the sum of what each needs", () => {
    fc.assert(
      fc.property(chosen, fc.integer({ min: 1, max: 9000 }), (options, capacity) => {
        const managedRules = { ...options.managedRules, TeamRules: { capacity } };
        const known = Object.keys(options.managedRules ?? {}).map((name) => MANAGED_RULE_GROUPS[name]?.capacity ?? 0);
        const sum = known.reduce((a, b) => a + b, 0) + capacity + 2;
        expect(capacityOf({ managedRules })).toBe(sum);
        expect(webAclProblems({ managedRules }).map(({ message }) => message)).toEqual(
          sum > 5000
            ? [
                `the rules of a web ACL must need at most 5000 capacity units (WCU), these need ${sum}; leave a rule group out`,
              ]
            : [],
        );
        const costs = webAclWarnings({ managedRules }).filter((warning) =>
          warning.includes("charges each request more"),
        );
        expect(costs).toHaveLength(sum > 1500 && sum <= 5000 ? 1 : 0);
      }),
    );
  });

  test("may be of a group that is not known, with a warning", () => {
    const options: WebAclOptions = { managedRules: { AWSManagedRulesNewRuleSet: { ruleActions: { Any: "count" } } } };
    expect(webAclProblems(options)).toEqual([]);
    expect(webAclWarnings(options)).toEqual([
      `rule group "AWSManagedRulesNewRuleSet" is not among those known as of 2026-09-05; check its name, and give its 'capacity'`,
    ]);
    expect(webAclWarnings({ managedRules: { AWSManagedRulesNewRuleSet: { capacity: 50 } } })).toEqual([
      'rule group "AWSManagedRulesNewRuleSet" is not among those known as of 2026-09-05; check its name',
    ]);
    expect(webAclRules(options).at(-1)?.priority).toBe(1000);
  });

  test("warn of an action for a rule that is not there, which AWS WAF ignores", () => {
    const managedRules = { AWSManagedRulesAnonymousIpList: { ruleActions: { AnonymousIpList: "count" as const } } };
    expect(webAclWarnings({ managedRules })).toEqual([
      `rule group "AWSManagedRulesAnonymousIpList" had no rule "AnonymousIpList" on 2026-09-05, and AWS WAF ignores the action of a rule that is not there; it had "AnonymousIPList", "HostingProviderIPList"`,
    ]);
  });
});

describe("refused is", () => {
  const refused = (options: WebAclOptions) => webAclProblems(options);

  test.each([...CONFIGURED_RULE_GROUPS])("%s, which has to be configured", (group) => {
    expect(refused({ managedRules: { [group]: {} } })).toEqual([
      {
        at: ["managedRules", group],
        message: `rule group "${group}" is charged for by request and must be told about the pages of the application, which 'managedRules' cannot do; leave it out`,
      },
    ]);
  });

  test("a name that is a rule group's but for its capital letters", () => {
    expect(webAclProblems({ managedRules: { AWSManagedRulesCommonRuleset: {} } })).toEqual([
      {
        at: ["managedRules", "AWSManagedRulesCommonRuleset"],
        message: `'managedRules' must hold names of rule groups as AWS writes them, got "AWSManagedRulesCommonRuleset"; did you mean "AWSManagedRulesCommonRuleSet"?`,
      },
    ]);
  });

  test("a name that cannot be a rule group's", () => {
    expect(refused({ managedRules: { "arn:aws:x": {} } })).toEqual([
      {
        at: ["managedRules", "arn:aws:x"],
        message: `'managedRules' must hold names of rule groups, like "AWSManagedRulesCommonRuleSet", got "arn:aws:x"`,
      },
    ]);
  });

  test("a capacity of a group whose capacity is known, and one that is no number", () => {
    expect(refused({ managedRules: { AWSManagedRulesCommonRuleSet: { capacity: 1 } } })[0]).toEqual({
      at: ["managedRules", "AWSManagedRulesCommonRuleSet", "capacity"],
      message: `'capacity' of rule group "AWSManagedRulesCommonRuleSet" is known to be 700, got 1; leave it out`,
    });
    expect(refused({ managedRules: { TeamRules: { capacity: 0 } } })[0]?.message).toBe(
      `'capacity' of rule group "TeamRules" must be a whole number of at least 1, got 0`,
    );
  });

  test("an unknown mode or action", () => {
    const group = { mode: "off", ruleActions: { SizeRestrictions_BODY: "ignore" } } as never;
    expect(refused({ managedRules: { AWSManagedRulesCommonRuleSet: group } })).toEqual([
      {
        at: ["managedRules", "AWSManagedRulesCommonRuleSet", "mode"],
        message: `'mode' of rule group "AWSManagedRulesCommonRuleSet" must be "block" or "count", got "off"`,
      },
      {
        at: ["managedRules", "AWSManagedRulesCommonRuleSet", "ruleActions", "SizeRestrictions_BODY"],
        message: `the action of rule "SizeRestrictions_BODY" must be one of "allow", "block", "captcha", "challenge", "count", got "ignore"`,
      },
    ]);
  });

  test.each([9, 2_000_000_001, 100.5, Number.NaN])("a limit of %p requests", (requests) => {
    expect(refused({ rateLimit: { requests } })).toEqual([
      {
        at: ["rateLimit", "requests"],
        message: `'requests' of 'rateLimit' must be 10 to 2000000000, got ${requests}`,
      },
    ]);
  });

  test("a window that AWS WAF does not know", () => {
    expect(refused({ rateLimit: { requests: 10, windowInSeconds: 30, mode: "off" as never } })).toEqual([
      {
        at: ["rateLimit", "windowInSeconds"],
        message: "'windowInSeconds' of 'rateLimit' must be one of 60, 120, 300, 600, got 30",
      },
      { at: ["rateLimit", "mode"], message: `'mode' of 'rateLimit' must be "block" or "count", got "off"` },
    ]);
    for (const windowInSeconds of [60, 120, 300, 600]) {
      expect(refused({ rateLimit: { requests: 2_000_000_000, windowInSeconds } })).toEqual([]);
    }
  });

  test("an address that is none, or all, or there twice, or in both lists", () => {
    expect(refused({ allowAddresses: ["192.0.2.1"] })[0]).toEqual({
      at: ["allowAddresses", 0],
      message: `'allowAddresses' "192.0.2.1" is not an IPv4 network; write it as four decimals and a prefix length, like "10.0.0.0/16"`,
    });
    expect(refused({ blockAddresses: ["::/0"] })[0]?.message).toBe(
      `'blockAddresses' must name networks smaller than all addresses, got "::/0"; use 'defaultAction' for everybody else`,
    );
    expect(refused({ allowAddresses: ["10.0.0.0/8", "10.0.0.0/8"] })).toEqual([
      { at: ["allowAddresses", 1], message: `'allowAddresses' must hold "10.0.0.0/8" once, got it twice; remove one` },
    ]);
    expect(refused({ allowAddresses: ["10.0.0.0/8"], blockAddresses: ["10.0.0.0/8"] })).toEqual([
      {
        at: ["blockAddresses", 0],
        message: `"10.0.0.0/8" is in 'allowAddresses' too, which is asked first, so that it would never be blocked; remove it from one of the two`,
      },
    ]);
  });

  test("more addresses than a set holds", () => {
    const of = (count: number) =>
      Array.from({ length: count }, (_, index) => `10.${Math.floor(index / 256)}.${index % 256}.0/24`);
    expect(refused({ blockAddresses: of(10_000) })).toEqual([]);
    expect(refused({ blockAddresses: of(10_001) })[0]?.message).toMatch(/at most 10000 networks, got 10001/);
  });

  test("a web ACL that lets nobody through", () => {
    expect(refused({ defaultAction: "block" })).toEqual([
      {
        at: ["defaultAction"],
        message: `'defaultAction' "block" without 'allowAddresses' would block every request; name who may pass`,
      },
    ]);
    expect(refused({ defaultAction: "block", allowAddresses: ["192.0.2.0/24"] })).toEqual([]);
  });
});
