import fc from "fast-check";
import type { NamedFargateProfile } from "../../src/model/fargate-profile";
import type { FargateSelector, PodIdentity } from "../../src/model/fargate-selector";
import { matchProfiles } from "../../src/placement/match";

const LABEL = "eks.amazonaws.com/fargate-profile";

const profile = (name: string, ...selectors: FargateSelector[]): NamedFargateProfile => ({
  key: name,
  name,
  hashed: false,
  selectors,
});
const web = profile("web", { namespace: "web" });
const front = profile("front", { namespace: "w*", labels: { tier: "front" } });

/** Names of the profiles that may take the pod. */
function taking(pod: PodIdentity, ...profiles: NamedFargateProfile[]): string | string[] {
  const match = matchProfiles(pod, profiles);
  switch (match.kind) {
    case "none":
      return "none";
    case "one":
      return match.chosen.profile.name;
    default:
      return match.candidates.map(({ profile: { name } }) => name);
  }
}

test("a pod goes to the one profile that has a selector for it", () => {
  expect(taking({ namespace: "web", labels: {} }, web, front)).toBe("web");
});

test("the first selector that matches is the one that is named", () => {
  const two = profile("two", { namespace: "data" }, { namespace: "web", labels: { app: "api" } }, { namespace: "*" });
  const match = matchProfiles({ namespace: "web", labels: { app: "api" } }, [two]);
  expect(match).toMatchObject({ kind: "one", chosen: { selector: { namespace: "web", labels: { app: "api" } } } });
});

test("a selector takes only pods that have all of its labels", () => {
  const both = profile("both", { namespace: "web", labels: { tier: "front", team: "a" } });
  expect(taking({ namespace: "web", labels: { tier: "front" } }, both)).toBe("none");
  expect(taking({ namespace: "web", labels: { tier: "front", team: "a", more: "x" } }, both)).toBe("both");
});

test("several profiles are candidates, in alphabetical order", () => {
  expect(taking({ namespace: "web", labels: { tier: "front" } }, web, front)).toEqual(["front", "web"]);
});

test("the pod's label decides between several", () => {
  expect(taking({ namespace: "web", labels: { tier: "front", [LABEL]: "web" } }, web, front)).toBe("web");
});

test("the pod's label decides nothing when the profile that it names does not match the pod, or is not there", () => {
  expect(taking({ namespace: "web", labels: { [LABEL]: "front" } }, web, front)).toBe("web");
  expect(taking({ namespace: "web", labels: { tier: "front", [LABEL]: "other" } }, web, front)).toEqual([
    "front",
    "web",
  ]);
  expect(taking({ namespace: "data", labels: { [LABEL]: "web" } }, web, front)).toBe("none");
});

test("a profile with a hash behind its name answers to that name with any hash, and to nothing else", () => {
  const hashed = { ...web, hashed: true };
  const asking = (value: string) =>
    taking({ namespace: "web", labels: { tier: "front", [LABEL]: value } }, hashed, front);
  expect(asking("web-0a1b2c3d")).toBe("web");
  expect(asking("web")).toEqual(["front", "web"]);
  expect(asking("web-0a1b2c3")).toEqual(["front", "web"]);
  expect(asking("web-0a1b2c3dx")).toEqual(["front", "web"]);
});

/** A pattern as the regular expression that AWS's words describe. */
function asRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\-]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

function slowly(pod: PodIdentity, profiles: readonly NamedFargateProfile[]): string[] {
  const names: string[] = [];
  for (const { name, selectors } of profiles) {
    let takes = false;
    for (const { namespace, labels = {} } of selectors) {
      let all = asRegExp(namespace).test(pod.namespace);
      for (const [key, value] of Object.entries(labels)) {
        let some = false;
        for (const [podKey, podValue] of Object.entries(pod.labels)) {
          some ||= asRegExp(key).test(podKey) && asRegExp(value).test(podValue);
        }
        all &&= some;
      }
      takes ||= all;
    }
    if (takes) {
      names.push(name);
    }
  }
  return names.sort();
}

test("the candidates are those that a reading of AWS's words, one regular expression at a time, finds", () => {
  const name = fc.stringMatching(/^[ab]{1,3}$/);
  const pattern = fc.stringMatching(/^[ab*?]{1,4}$/);
  const selector = fc.record({
    namespace: pattern,
    labels: fc.dictionary(pattern, pattern, { maxKeys: 2 }),
  });
  const profiles = fc
    .array(fc.array(selector, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
    .map((all) => all.map((selectors, index) => profile(`p${index}`, ...selectors)));
  const pod = fc.record({ namespace: name, labels: fc.dictionary(name, name, { maxKeys: 3 }) });
  fc.assert(
    fc.property(pod, profiles, (each, all) => {
      const found = taking(each, ...all);
      expect(found === "none" ? [] : [found].flat()).toEqual(slowly(each, all));
    }),
    { numRuns: 500 },
  );
});
