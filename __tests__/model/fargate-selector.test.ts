import fc from "fast-check";
import {
  describeSelector,
  type FargateSelector,
  type PodIdentity,
  selectorMatches,
  selectorOverlap,
  selectorProblems,
} from "../../src/model/fargate-selector";
import { DEFAULT_FARGATE_LIMITS } from "../../src/model/limits";

fc.configureGlobal({ seed: 20261121, numRuns: 400 });

const messages = (selector: FargateSelector) =>
  selectorProblems(selector, DEFAULT_FARGATE_LIMITS).map(({ message }) => message);

const namePattern = fc.constantFrom("web", "api", "web-*", "*-prod", "w?b", "*", "a*", "??");
const keyPattern = fc.constantFrom("app", "tier", "constructor", "example.com/team", "a*", "ap?", "*", "*/team");
const valuePattern = fc.constantFrom("a", "b", "a*", "*b", "?", "*");
const labelsOf = (value: fc.Arbitrary<string>, key: fc.Arbitrary<string>) => fc.dictionary(key, value, { maxKeys: 3 });
const selector: fc.Arbitrary<FargateSelector> = fc.record(
  { namespace: namePattern, labels: labelsOf(valuePattern, keyPattern) },
  { requiredKeys: ["namespace"] },
);
const pod: fc.Arbitrary<PodIdentity> = fc.record({
  namespace: fc.constantFrom("web", "api", "web-prod", "ab", "web-a"),
  labels: labelsOf(fc.constantFrom("a", "b", "ab"), fc.constantFrom("app", "apa", "tier", "constructor", "x/team")),
});

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

describe("selectorMatches", () => {
  test("a selector without labels takes every pod of its namespace", () => {
    expect(selectorMatches({ namespace: "web" }, { namespace: "web", labels: { app: "x" } })).toBe(true);
  });

  test("a selector takes no pod of another namespace", () => {
    expect(selectorMatches({ namespace: "web" }, { namespace: "webs", labels: {} })).toBe(false);
  });

  test("a pod must have all of the labels", () => {
    const both = { namespace: "web", labels: { app: "a", tier: "b" } };
    expect(selectorMatches(both, { namespace: "web", labels: { app: "a" } })).toBe(false);
    expect(selectorMatches(both, { namespace: "web", labels: { app: "a", tier: "b", more: "c" } })).toBe(true);
  });

  test("a label with another value does not count", () => {
    expect(
      selectorMatches({ namespace: "web", labels: { app: "a" } }, { namespace: "web", labels: { app: "b" } }),
    ).toBe(false);
  });

  test("wildcards stand in the namespace, in label keys and in label values", () => {
    const wild = { namespace: "web-*", labels: { "ap?": "v*" } };
    expect(selectorMatches(wild, { namespace: "web-1", labels: { app: "v2" } })).toBe(true);
    expect(selectorMatches(wild, { namespace: "web-1", labels: { app: "w2" } })).toBe(false);
  });

  test("a key with a wildcard needs one label that has both the key and the value", () => {
    expect(
      selectorMatches({ namespace: "*", labels: { "a*": "x" } }, { namespace: "web", labels: { app: "y", b: "x" } }),
    ).toBe(false);
  });

  test("a label named like something that every object inherits is not there unless the pod has it", () => {
    const inherited = { namespace: "web", labels: { constructor: "*" } };
    expect(selectorMatches(inherited, { namespace: "web", labels: {} })).toBe(false);
    expect(selectorMatches(inherited, { namespace: "web", labels: { constructor: "x" } })).toBe(true);
  });
});

describe("selectorOverlap", () => {
  test("the same namespace overlaps", () => {
    expect(selectorOverlap({ namespace: "web" }, { namespace: "web" })).toEqual({ namespace: "web", labels: {} });
  });

  test("namespaces that exclude each other do not overlap", () => {
    expect(selectorOverlap({ namespace: "web-*" }, { namespace: "api-*" })).toBeUndefined();
  });

  test("other values of one label do not overlap", () => {
    expect(
      selectorOverlap({ namespace: "web", labels: { app: "a" } }, { namespace: "web", labels: { app: "b" } }),
    ).toBeUndefined();
  });

  test("different labels overlap, because a pod may carry both", () => {
    expect(
      selectorOverlap({ namespace: "web", labels: { app: "a" } }, { namespace: "web", labels: { tier: "b" } }),
    ).toEqual({ namespace: "web", labels: { app: "a", tier: "b" } });
  });

  test("a key with a wildcard gets a label of its own beside those that are there", () => {
    expect(
      selectorOverlap({ namespace: "web", labels: { a: "x" } }, { namespace: "web", labels: { "*": "y" } }),
    ).toEqual({ namespace: "web", labels: { a: "x", b: "y" } });
  });

  test("a label named like something that every object inherits overlaps like any other", () => {
    expect(selectorOverlap({ namespace: "web", labels: { constructor: "x" } }, { namespace: "web" })).toEqual({
      namespace: "web",
      labels: { constructor: "x" },
    });
  });

  test("the pod is taken by both selectors and made of valid Kubernetes names", () => {
    fc.assert(
      fc.property(selector, selector, (left, right) => {
        const found = selectorOverlap(left, right);
        if (found !== undefined) {
          expect(selectorMatches(left, found)).toBe(true);
          expect(selectorMatches(right, found)).toBe(true);
          expect(found.namespace).toMatch(NAMESPACE);
          for (const [key, value] of Object.entries(found.labels)) {
            expect(key).toMatch(LABEL_KEY);
            expect(value).toMatch(LABEL_VALUE);
          }
        }
      }),
    );
  });

  test("whenever a pod is taken by both selectors, an overlap is found", () => {
    let taken = 0;
    fc.assert(
      fc.property(selector, selector, pod, (left, right, candidate) => {
        if (selectorMatches(left, candidate) && selectorMatches(right, candidate)) {
          taken++;
          expect(selectorOverlap(left, right)).toBeDefined();
        }
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  test("the order of the selectors does not matter", () => {
    fc.assert(
      fc.property(
        selector,
        selector,
        (left, right) => (selectorOverlap(left, right) === undefined) === (selectorOverlap(right, left) === undefined),
      ),
    );
  });

  test("a selector that takes any pod overlaps itself", () => {
    fc.assert(fc.property(selector, (one) => selectorOverlap(one, one) !== undefined));
  });
});

describe("selectorProblems", () => {
  test("a namespace is enough", () => {
    expect(messages({ namespace: "a" })).toEqual([]);
  });

  test("names at their longest are accepted", () => {
    const labels = { [`example.com/${"k".repeat(63)}`]: "v".repeat(63) };
    expect(messages({ namespace: "n".repeat(63), labels })).toEqual([]);
  });

  test("names of two characters are accepted", () => {
    expect(messages({ namespace: "ab", labels: { ab: "ab", "ab/ab": "ab" } })).toEqual([]);
  });

  test("wildcards are accepted everywhere", () => {
    expect(messages({ namespace: "*-?", labels: { "*": "*", "exa*/te?m": "a*" } })).toEqual([]);
  });

  test.each(["Web", "web_1", "-web", "web-", "n".repeat(64)])("namespace %j is refused", (namespace) => {
    expect(messages({ namespace })).toEqual([
      `'namespace' must be a Kubernetes namespace (1 to 63 of a-z, 0-9 and "-", the wildcards "*" and "?" allowed), got "${namespace}"`,
    ]);
  });

  test("an empty namespace is refused with the way to say every namespace", () => {
    expect(messages({ namespace: "" })[0]).toMatch(/got ""; write "\*" for every namespace$/);
  });

  test("five labels are accepted and six refused, unless the quota was raised", () => {
    const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`label-${n}`, "x"]));
    expect(messages({ namespace: "web", labels: labels(5) })).toEqual([]);
    expect(messages({ namespace: "web", labels: labels(6) })).toEqual([
      "'labels' must hold at most 5 entries, got 6; select by fewer labels, or raise 'labelsPerSelector' when AWS has raised your quota L-23414FF3",
    ]);
    const raised = { ...DEFAULT_FARGATE_LIMITS, labelsPerSelector: 6 };
    expect(selectorProblems({ namespace: "web", labels: labels(6) }, raised)).toEqual([]);
  });

  test.each(["", "-a", "a-", "a b", "/a", "a/", "a/b/c", "Example.com/a", "k".repeat(64), `${"p".repeat(126)}/k`])(
    "label key %j is refused",
    (key) => {
      expect(selectorProblems({ namespace: "web", labels: { [key]: "x" } }, DEFAULT_FARGATE_LIMITS)).toEqual([
        {
          at: ["labels", key],
          message: `label key "${key}" must be a Kubernetes label key of 1 to 127 characters, like "app" or "example.com/team" ("*" and "?" allowed)`,
        },
      ]);
    },
  );

  test.each(["", "-a", "a-", "a b", "v".repeat(64)])("label value %j is refused", (value) => {
    expect(selectorProblems({ namespace: "web", labels: { app: value } }, DEFAULT_FARGATE_LIMITS)).toEqual([
      {
        at: ["labels", "app"],
        message: `label "app" must have a Kubernetes label value of 1 to 63 characters (letters, digits, "-", "_", ".", and the wildcards "*" and "?"), got "${value}"`,
      },
    ]);
  });

  test("a key and its value are both refused", () => {
    expect(messages({ namespace: "web", labels: { "-": "-" } })).toHaveLength(2);
  });
});

describe("describeSelector", () => {
  test("a selector without labels is its namespace", () => {
    expect(describeSelector({ namespace: "web" })).toBe('namespace "web"');
  });

  test("labels follow the namespace", () => {
    expect(describeSelector({ namespace: "web", labels: { app: "api", tier: "x" } })).toBe(
      'namespace "web" with labels app=api,tier=x',
    );
  });
});
