import fc from "fast-check";
import { globExample, globIntersection, globMatches, hasWildcard } from "../../src/model/glob";

fc.configureGlobal({ seed: 20261121, numRuns: 500 });

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "-", "*", "?"), maxLength: 6 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 });

/** A second implementation: the pattern as a regular expression. */
function matchesAsRegExp(glob: string, candidate: string): boolean {
  const source = glob.replaceAll(/[^*?]/g, "\\$&").replaceAll("*", "[^]*").replaceAll("?", "[^]");
  return new RegExp(`^${source.replaceAll(/\\([a-z-])/g, "$1")}$`).test(candidate);
}

const isName = (candidate: string) =>
  /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(candidate) && candidate.length <= 63;

/** Every name over a small alphabet up to a length, with which "none" can be proven by trying. */
const allNames = ["", ..."ab"].flatMap((a) =>
  ["", "a", "b", "-"].flatMap((b) => ["", "a", "b", "-"].flatMap((c) => ["", ..."ab"].map((d) => a + b + c + d))),
);

describe("globMatches", () => {
  test.each([
    ["", ""],
    ["web", "web"],
    ["*", ""],
    ["*", "anything"],
    ["?", "a"],
    ["web-*", "web-"],
    ["*-prod", "web-prod"],
    ["a*b*c", "axxbyybc"],
    ["a.b", "a.b"],
  ])("%j matches %j", (glob, candidate) => {
    expect(globMatches(glob, candidate)).toBe(true);
  });

  test.each([
    ["", "a"],
    ["web", "web2"],
    ["web", "Web"],
    ["?", ""],
    ["?", "ab"],
    ["web-*", "web"],
    ["a*b*c", "axxbyyb"],
    ["a.b*", "axb"],
    ["[ab]*", "a"],
    ["\\**", "*"],
  ])("%j does not match %j", (glob, candidate) => {
    expect(globMatches(glob, candidate)).toBe(false);
  });

  test("any pattern agrees with the same pattern as a regular expression", () => {
    fc.assert(fc.property(pattern, text, (glob, name) => globMatches(glob, name) === matchesAsRegExp(glob, name)));
  });

  test("many stars take no exponential time", () => {
    const started = performance.now();
    expect(globMatches("a*".repeat(30), `${"a".repeat(5000)}b`)).toBe(true);
    expect(globMatches(`${"*a".repeat(30)}c`, "a".repeat(5000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("globIntersection", () => {
  test.each([
    ["web", "web", "web"],
    ["*", "*", "a"],
    ["web-*", "*-prod", "web-prod"],
    ["web-*", "web-?", "web-a"],
    ["a*", "*b", "ab"],
    ["-*", "*-", undefined],
    ["web", "api", undefined],
    ["web-*", "api-*", undefined],
    ["??", "?", undefined],
    ["", "*", undefined],
    ["", "", undefined],
    ["*-", "*-", undefined],
    ["*-*", "*", "a-a"],
  ])("%j and %j share %j", (left, right, shared) => {
    expect(globIntersection(left, right)).toBe(shared);
  });

  test("a name of 63 characters, the longest, can be shared", () => {
    expect(globIntersection("?".repeat(63), "*")).toBe("a".repeat(63));
  });

  test("a name of 64 characters cannot be shared, as Kubernetes has none", () => {
    expect(globIntersection("?".repeat(64), "*")).toBeUndefined();
  });

  test("what is shared is a name that both patterns match", () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const shared = globIntersection(left, right);
        expect(
          shared === undefined || (globMatches(left, shared) && globMatches(right, shared) && isName(shared)),
        ).toBe(true);
      }),
    );
  });

  test("whenever some name matches both patterns, a name is found, and none is shorter", () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const both = allNames.filter((name) => isName(name) && globMatches(left, name) && globMatches(right, name));
        const shared = globIntersection(left, right);
        for (const name of both) {
          expect(shared?.length).toBeLessThanOrEqual(name.length);
        }
      }),
    );
  });

  test("the order of the patterns does not matter", () => {
    fc.assert(
      fc.property(
        pattern,
        pattern,
        (left, right) => globIntersection(left, right)?.length === globIntersection(right, left)?.length,
      ),
    );
  });
});

describe("globExample", () => {
  test("an example of a pattern matches it", () => {
    fc.assert(fc.property(pattern, (glob) => globMatches(glob, globExample(glob))));
  });

  test("the character for the wildcards can be chosen", () => {
    expect(globExample("web-?*", "x")).toBe("web-xx");
  });
});

describe("hasWildcard", () => {
  test.each([
    ["web", false],
    ["web-*", true],
    ["we?", true],
  ])("%j: %p", (glob, expected) => {
    expect(hasWildcard(glob)).toBe(expected);
  });
});
