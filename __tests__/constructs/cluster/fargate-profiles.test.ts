import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import type { FargateProfilesOptions } from "../../../src/constructs/cluster/fargate-profiles";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import type { FargateSelector } from "../../../src/model/fargate-selector";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resources, stackFor, synth, warnings } from "../../support/stack";

function clusterWith(fargate: FargateProfilesOptions = {}) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, { fargate });
  const add = (key: string, ...selectors: FargateSelector[]) =>
    new FargateProfile(stack, `profile-${key}`, { cluster, key, selectors });
  return { stack, cluster, add };
}

describe("the Fargate profiles of a cluster", () => {
  test("are known by their names and what they select, in the order in which they were added", () => {
    const { cluster, add } = clusterWith();
    add("web", { namespace: "web" });
    add("api", { namespace: "api" });
    expect(cluster.fargateProfiles.specs).toEqual([
      { key: "web", name: "platform-fargate-web", hashed: false, selectors: [{ namespace: "web" }] },
      { key: "api", name: "platform-fargate-api", hashed: false, selectors: [{ namespace: "api" }] },
    ]);
  });

  test("cannot be changed through the list that is handed out", () => {
    const { cluster, add } = clusterWith();
    add("web", { namespace: "web" });
    cluster.fargateProfiles.specs.pop();
    expect(cluster.fargateProfiles.specs).toHaveLength(1);
  });

  test("are ten at most by AWS's default quota", () => {
    const { stack, add } = clusterWith();
    for (let index = 1; index <= 10; index++) {
      add(`team-${index}`, { namespace: `team-${index}` });
    }
    expect(refusal(() => add("team-11", { namespace: "team-11" }))).toBe(
      `[test/profile-team-11] a cluster must have at most 10 Fargate profiles, "team-11" would be number 11; merge profiles (each takes 5 selectors), or raise 'profilesPerCluster' when AWS has raised your quota L-33415657`,
    );
    expect(Object.keys(resources(synth(stack), EksFargateProfile))).toHaveLength(10);
  });

  test("are as many as a raised quota allows", () => {
    const { cluster, add } = clusterWith({ limits: { profilesPerCluster: 11 } });
    for (let index = 1; index <= 11; index++) {
      add(`team-${index}`, { namespace: `team-${index}` });
    }
    expect(cluster.fargateProfiles.specs).toHaveLength(11);
  });

  test("have a key each", () => {
    const { stack, cluster, add } = clusterWith();
    add("web", { namespace: "web" });
    expect(
      refusal(() => new FargateProfile(stack, "other", { cluster, key: "web", selectors: [{ namespace: "api" }] })),
    ).toBe(`[test/other] Fargate profile "web" is there already; give each profile a name of its own`);
  });

  test.each<[string, FargateSelector, FargateSelector, string]>([
    ["the same namespace", { namespace: "web" }, { namespace: "web" }, `namespace "web"`],
    ["a wildcard", { namespace: "web" }, { namespace: "w*" }, `namespace "web"`],
    [
      "labels that one pod can have",
      { namespace: "web", labels: { tier: "front" } },
      { namespace: "web", labels: { team: "red" } },
      `namespace "web" with labels team=red,tier=front`,
    ],
  ])("that share a pod by %s are refused, and the pod is named", (_, first, second, pod) => {
    const { add } = clusterWith();
    add("first", first);
    expect(refusal(() => add("second", second))).toBe(
      `[test/profile-second] Fargate profiles "first" and "second" both take a pod in ${pod}, and EKS would pick one of them by name; make the selectors exclude each other (a label with another value in each does), or set 'allowOverlap'`,
    );
  });

  test("that exclude each other by the value of a label get along", () => {
    const { stack, add } = clusterWith();
    add("front", { namespace: "web", labels: { tier: "front" } });
    add("back", { namespace: "web", labels: { tier: "back" } });
    expect(warnings(stack)).toEqual([]);
  });

  test("that share a pod because that is allowed are a warning", () => {
    const { stack, cluster, add } = clusterWith({ allowOverlap: true });
    add("all", { namespace: "*" });
    add("web", { namespace: "web" });
    expect(cluster.fargateProfiles.specs).toHaveLength(2);
    expect(warnings(stack)).toEqual([
      expect.stringContaining(`[test/profile-web] Fargate profiles "all" and "web" both take a pod in namespace "web"`),
    ]);
  });
});
