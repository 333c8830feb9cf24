import fc from "fast-check";
import {
  ALL_TAGS,
  CONTAINER_TAGS,
  haveCommonTag,
  matchPattern,
  rewrittenPattern,
} from "../../src/model/fargate-logging-tags";

fc.configureGlobal({ seed: 20261121 });

const meets = (left: string, right: string) => haveCommonTag(matchPattern(left), matchPattern(right));
const takesContainers = (...matches: string[]) => haveCommonTag(CONTAINER_TAGS, ...matches.map(matchPattern));

describe("two patterns", () => {
  test.each([
    ["kube.*", "kube.*", true],
    ["*", "anything", true],
    ["a*", "*b", true],
    ["kube.*", "to.*", false],
    ["a*b", "a*c", false],
    ["kube.web", "kube.web.*", false],
    ["*", "*", true],
  ])("%s and %s have a common tag: %s", (left, right, expected) => {
    expect(meets(left, right)).toBe(expected);
    expect(meets(right, left)).toBe(expected);
  });

  test("hold `?` and brackets as they stand", () => {
    expect(meets("a?", "ab")).toBe(false);
    expect(meets("a?", "a?")).toBe(true);
  });

  test("have a common tag whenever a tag follows both", () => {
    const literal = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 6 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "_", "*"), maxLength: 6 });
    const follows = (tag: string, match: string) => new RegExp(`^${match.replaceAll("*", ".*")}$`).test(tag);
    fc.assert(
      fc.property(literal, pattern, pattern, (tag, left, right) => {
        fc.pre(follows(tag, left) && follows(tag, right));
        expect(meets(left, right)).toBe(true);
      }),
    );
  });

  test("have a common tag of at most as many characters as both have, or none", () => {
    const alphabet = ["a", "b"];
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 4 });
    const all = (length: number): string[] =>
      length === 0 ? [""] : all(length - 1).flatMap((text) => [text, ...alphabet.map((character) => text + character)]);
    const tags = [...new Set(all(8))];
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const [l, r] = [left, right].map((match) => new RegExp(`^${match.replaceAll("*", ".*")}$`));
        expect(meets(left, right)).toBe(tags.some((tag) => l?.test(tag) && r?.test(tag)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("tags of containers", () => {
  test("are taken by what Fargate's own examples match", () => {
    expect(["*", "kube.*", "kube.var.log.containers.*"].map((match) => takesContainers(match))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("are not taken by a name of a pod alone", () => {
    expect(takesContainers("web.*")).toBe(false);
  });

  test("name one pod, one namespace and one container, so that two namespaces exclude each other", () => {
    expect(takesContainers("*_web_*")).toBe(true);
    expect(takesContainers("*_web_*", "*_api_*")).toBe(false);
    expect(takesContainers("*_web_*", "*.web-*_web_*")).toBe(true);
  });
});

describe("tags that a rule makes", () => {
  const meetsRule = (template: string, match: string, variables?: "any" | "none") =>
    haveCommonTag(rewrittenPattern(template, variables), matchPattern(match));

  test("hold the old tag, or a part of it", () => {
    expect(meetsRule("errors.$TAG", "errors.kube.*")).toBe(true);
    expect(meetsRule("errors.$TAG[1]", "errors.var")).toBe(true);
    expect(meetsRule("errors.$TAG", "kube.*")).toBe(false);
  });

  test("hold keys of the line, which may be anything or are left out", () => {
    expect(meetsRule("$kubernetes['labels']['app'].x", "web.x")).toBe(true);
    expect(meetsRule("$1.x", "kube.x")).toBe(true);
    expect(meetsRule("$1.x", "kube.x", "none")).toBe(false);
  });
});

test("every tag is among all tags", () => {
  expect(haveCommonTag(ALL_TAGS, matchPattern("anything"))).toBe(true);
});
