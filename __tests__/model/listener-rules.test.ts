import fc from "fast-check";
import {
  type ListenerRuleSpec,
  plannedConditions,
  priorityOf,
  type RuleConditions,
  ruleOrderProblems,
} from "../../src/model/listener-rules";
import { conditionProblems, conditionWarnings, priorityProblem } from "../../src/model/rule-conditions";

const rule = (name: string, conditions: RuleConditions = {}, priority?: number): ListenerRuleSpec => ({
  name,
  conditions,
  ...(priority === undefined ? {} : { priority }),
});
const refused = (...rules: ListenerRuleSpec[]) => ruleOrderProblems(rules).map(({ message }) => message);

describe("the conditions of a rule", () => {
  test("are every path when none is given, because AWS wants one", () => {
    expect(plannedConditions({})).toEqual([{ field: "paths", kind: "paths", key: undefined, values: ["/*"] }]);
  });

  test("are in one order with values in one order, whatever the order of the input", () => {
    expect(
      plannedConditions({ paths: ["/b", "/a", "/a"], headers: { "X-Kind": ["b", "a"] }, hosts: ["a.example.com"] }),
    ).toEqual([
      { field: "headers x-kind", kind: "headers", key: "X-Kind", values: ["a", "b"] },
      { field: "hosts", kind: "hosts", key: undefined, values: ["a.example.com"] },
      { field: "paths", kind: "paths", key: undefined, values: ["/a", "/b"] },
    ]);
  });

  test("are accepted with everything in them", () => {
    expect(
      conditionProblems({
        hosts: ["*.example.com"],
        paths: ["/api/*"],
        methods: ["GET"],
        headers: { "X-Kind": ["a"] },
        queryStrings: { q: ["1"] },
      }),
    ).toEqual([]);
    expect(conditionProblems({ sourceIps: ["10.0.0.0/8", "2001:db8::/32"], hosts: ["*"] })).toEqual([]);
  });

  test.each<[RuleConditions, string]>([
    [{ paths: [] }, "'paths' must hold at least one value, got none; leave it out for any"],
    [{ headers: { a: [] } }, `'headers' must hold at least one value for "a", got none; leave it out for any`],
    [
      { paths: ["api/*"] },
      `'paths' must hold paths of at most 128 characters that begin with "/", like "/api/*", without query string and spaces, got "api/*"`,
    ],
    [
      { hosts: ["localhost"] },
      `'hosts' must hold host names of at most 128 characters with a dot, like "api.example.com" or "*.example.com", got "localhost"`,
    ],
    [{ methods: ["get"] }, `'methods' must hold HTTP methods in capitals, like "GET", without wildcards, got "get"`],
    [
      { headers: { Host: ["a.b"] } },
      `'headers' must not hold "Host", which rules know as a condition of its own; use 'hosts'`,
    ],
    [
      { headers: { "a b": ["x"] } },
      `'headers' must have names of headers of at most 40 characters, without wildcards, got "a b"`,
    ],
    [{ queryStrings: { q: [""] } }, `'queryStrings' must hold values of 1 to 128 characters, got "" (0)`],
    [
      { sourceIps: ["10.0.0.1/8"] },
      `'sourceIps': "10.0.0.1/8" is not how this network is written, with its first address; write it "10.0.0.0/8"`,
    ],
    [
      { paths: ["/a", "/b", "/c"], hosts: ["a.b", "c.d", "e.f"] },
      "'conditions' must hold at most 5 values in all, which is what a rule takes, got 6; use wildcards, or split them into two targets",
    ],
  ])("are refused: %j", (conditions, message) => {
    expect(conditionProblems(conditions).map((problem) => problem.message)).toEqual([message]);
  });

  test("hold at most 6 wildcards, wherever they stand", () => {
    expect(conditionProblems({ paths: ["/*/a/?", "/*/b/?"], hosts: ["*.a.?.b"] })).toEqual([]);
    expect(
      conditionProblems({ paths: ["/*/a/?"], hosts: ["*.a.?.b"], headers: { a: ["*"] }, queryStrings: { q: ["*?"] } }),
    ).toEqual([
      {
        at: [],
        message:
          '\'conditions\' must hold at most 6 wildcards ("*" and "?") in all, which is what a rule takes, got 7; leave some out, or split them into two targets',
      },
    ]);
  });

  test("hold no wildcard where it stands for itself, behind a backslash in a query string", () => {
    expect(conditionProblems({ queryStrings: { q: ["\\*\\*\\?\\?", "*?*?", "*\\*?"] } })).toEqual([]);
  });

  test("bring a warning where AWS's pages disagree: at 6 wildcards, and at more than 3 values of one kind", () => {
    expect(conditionWarnings({ paths: ["/*/a/*", "/*/b/*", "/*"] })).toEqual([]);
    expect(conditionWarnings({ paths: ["/*/a/*", "/*/b/*", "/c/*/*"] })).toEqual([
      "'conditions' hold 6 wildcards, which AWS's page of quotas allows for a rule, and its page of condition types does not (5); leave one out to be on the safe side",
    ]);
    expect(conditionWarnings({ headers: { "X-Kind": ["a", "b", "c", "d"] } })).toEqual([
      "'conditions' hold 4 values for headers X-Kind, which AWS's page of quotas allows for a rule, and its page of condition types does not (3 for each condition); split them into two targets to be on the safe side",
    ]);
  });

  test("are refused with a key that is too long for a query string", () => {
    expect(conditionProblems({ queryStrings: { ["k".repeat(129)]: ["1"] } })[0]?.message).toContain("(129)");
  });
});

describe("the priority of a rule", () => {
  test("is what is given", () => {
    expect(priorityOf(rule("a", {}, 7))).toBe(7);
  });

  test.each([0, 50_001, 1.5])("is refused: %d", (priority) => {
    expect(priorityProblem(priority)).toBe(`'priority' must be a whole number from 1 to 50000, got ${priority}`);
  });

  test("does not change when other rules come or go, and is always one that AWS takes", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.stringMatching(/^\/[a-z/*?]{0,60}$/), { maxLength: 5 }), (name, paths) => {
        const priority = priorityOf(rule(name, paths.length === 0 ? {} : { paths }));
        expect(priorityProblem(priority)).toBeUndefined();
        expect(priorityOf(rule(name, paths.length === 0 ? {} : { paths: [...paths].reverse() }))).toBe(priority);
      }),
    );
  });

  test("is lower the fewer requests a rule means", () => {
    const ordered: RuleConditions[] = [
      { hosts: ["api.example.com"], paths: ["/v1/orders/*"] },
      { hosts: ["api.example.com"] },
      { paths: ["/api/v1/*"] },
      { paths: ["/api/*"] },
      { methods: ["GET"] },
      {},
    ];
    const priorities = ordered.map((conditions) => priorityOf(rule("same", conditions)));
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    expect(new Set(priorities).size).toBe(ordered.length);
  });

  test("never puts a rule behind one that takes its requests too, where the patterns differ in length", () => {
    const path = fc.stringMatching(/^\/[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.string(), fc.string(), path, path, (wide, narrow, beginning, end) => {
        expect(priorityOf(rule(narrow, { paths: [`${beginning}${end}/*`] }))).toBeLessThan(
          priorityOf(rule(wide, { paths: [`${beginning}/*`] })),
        );
      }),
    );
  });
});

describe("rules beside each other", () => {
  test("are accepted when each gets requests", () => {
    expect(
      refused(
        rule("web"),
        rule("api", { paths: ["/api/*"] }),
        rule("v1", { paths: ["/api/v1/*"] }),
        rule("host", { hosts: ["api.example.com"] }),
      ),
    ).toEqual([]);
  });

  test("are refused with the same conditions, in whatever order", () => {
    expect(refused(rule("a", { paths: ["/x", "/y"] }), rule("b", { paths: ["/y", "/x"] }))).toEqual([
      expect.stringMatching(/^rules "[ab]" and "[ab]" have the same conditions, so that "[ab]" would get no request;/),
    ]);
    expect(refused(rule("a"), rule("b", { paths: ["/*"] }))).toHaveLength(1);
  });

  test("are refused with the same priority", () => {
    expect(refused(rule("a", { paths: ["/a"] }, 5), rule("b", { paths: ["/b"] }, 5))).toEqual([
      `rules "a" and "b" both have priority 5; give one a 'priority' of its own`,
    ]);
  });

  test("are refused when names have led two to one priority", () => {
    const names = Array.from({ length: 200 }, (_, index) => `service-${index}`);
    const problems = refused(...names.map((name, index) => rule(name, { paths: [`/${100 + index}`] })));
    expect(problems[0]).toMatch(/both have priority \d+, by their names; give one a 'priority' of its own$/);
  });

  test.each<[string, RuleConditions, RuleConditions]>([
    ["every path", {}, { hosts: ["a.example.com"] }],
    ["a wider path", { paths: ["/api/*"] }, { paths: ["/api/v?/*"] }],
    ["a wider host", { hosts: ["*.Example.com"] }, { hosts: ["a.example.com"], paths: ["/x"] }],
    ["a wider network", { sourceIps: ["10.0.0.0/8"] }, { sourceIps: ["10.1.0.0/16"] }],
    ["more methods", { methods: ["GET", "PUT"] }, { methods: ["GET"] }],
    ["more values of a header", { headers: { A: ["x", "y*"] } }, { headers: { a: ["y1"] } }],
  ])("are refused behind one that takes all their requests: %s", (_, wide, narrow) => {
    expect(refused(rule("wide", wide, 1), rule("narrow", narrow, 2))).toEqual([
      `rule "narrow" (priority 2) would get no request, because rule "wide" (priority 1) is asked first and takes them all; give "narrow" a lower 'priority', or narrow the 'conditions' of "wide"`,
    ]);
    expect(refused(rule("wide", wide, 2), rule("narrow", narrow, 1))).toEqual([]);
  });

  test.each<[string, RuleConditions, RuleConditions]>([
    ["an exact path and a wildcard", { paths: ["/a"] }, { paths: ["/*"] }],
    ["one character and many", { paths: ["/?"] }, { paths: ["/*"] }],
    ["at least one character and none", { paths: ["/a?*"] }, { paths: ["/a*"] }],
    ["upper and lower case in paths", { paths: ["/A*"] }, { paths: ["/a1"] }],
    ["another network", { sourceIps: ["10.0.0.0/16"] }, { sourceIps: ["10.1.0.0/16"] }],
    ["another condition", { methods: ["GET"] }, { paths: ["/x"] }],
    ["one of two values", { hosts: ["a.example.com"] }, { hosts: ["a.example.com", "b.example.com"] }],
  ])("are accepted behind one that leaves some: %s", (_, first, second) => {
    expect(refused(rule("first", first, 1), rule("second", second, 2))).toEqual([]);
  });
});
