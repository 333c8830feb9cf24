import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IEksCluster } from "../../../src/constructs/cluster/ieks-cluster";
import { FargateProfile, type FargateProfileProps } from "../../../src/constructs/fargate/fargate-profile";
import { PodExecutionRole } from "../../../src/constructs/fargate/pod-execution-role";
import type { FargateSelector } from "../../../src/model/fargate-selector";
import { clusterIn, importedClusterIn } from "../../support/constructs";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";

type Options = Partial<Omit<FargateProfileProps, "cluster">>;
type ClusterOptions = Parameters<typeof importedClusterIn>[1];

/** A profile "web" that takes namespace "web", unless told otherwise. */
function profileOf(cluster: IEksCluster, options: Options = {}): FargateProfile {
  const { key = "web" } = options;
  return new FargateProfile(cluster.node.scope as never, key, {
    cluster,
    key,
    selectors: [{ namespace: key }],
    ...options,
  });
}

function build(options: Options = {}, cluster: ClusterOptions = {}) {
  const stack = stackFor();
  const profile = profileOf(importedClusterIn(stack, cluster), options);
  return { profile, text: synth(stack) };
}

function refused(options: Options, cluster: ClusterOptions = {}): string {
  return refusal(() => profileOf(importedClusterIn(stackFor(), cluster), options));
}

const labelled = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`label-${index}`, "on"]));
const namespaces = (count: number): FargateSelector[] =>
  Array.from({ length: count }, (_, index) => ({ namespace: `team-${index}` }));

describe("FargateProfile", () => {
  test("stands in every private subnet of the VPC and in no other, and waits for its role's policy", () => {
    expect(resource(build().text, EksFargateProfile)).toEqual({
      cluster_name: "platform",
      fargate_profile_name: "platform-fargate-web",
      pod_execution_role_arn: "${aws_iam_role.web_pod-execution-role_role.arn}",
      subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      selector: [{ namespace: "web" }],
      depends_on: ["aws_iam_role_policy_attachment.web_pod-execution-role_policy"],
    });
  });

  test("is called default when it has no key", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const { profileName, spec } = new FargateProfile(stack, "p", { cluster, selectors: [{ namespace: "default" }] });
    expect(profileName).toBe("platform-fargate-default");
    expect(spec).toEqual({ key: "default", selectors: [{ namespace: "default" }] });
  });

  test("waits for a cluster of ours, by its id", () => {
    const stack = stackFor();
    profileOf(clusterIn(stack));
    expect(synth(stack)).toHaveResourceWithProperties(EksFargateProfile, {
      cluster_name: "${aws_eks_cluster.cluster_cluster.id}",
    });
  });

  test("takes every option at once", () => {
    const { text, profile } = build({
      selectors: [{ namespace: "web-*", labels: { tier: "front", "example.com/team": "w?b" } }, { namespace: "api" }],
      zones: ["eu-west-1c", "eu-west-1a"],
      replacement: "create-before-destroy",
      profileName: "front",
    });
    expect(text).toHaveResourceWithProperties(EksFargateProfile, {
      fargate_profile_name: profile.profileName,
      subnet_ids: ["subnet-private-a", "subnet-private-c"],
      selector: [{ namespace: "api" }, { namespace: "web-*", labels: { "example.com/team": "w?b", tier: "front" } }],
      lifecycle: { create_before_destroy: true },
    });
    expect(profile.profileName).toMatch(/^front-[0-9a-f]{8}$/);
  });

  test("has a role of its own, named after it, unless one is shared", () => {
    const { text, profile } = build();
    expect(text).toHaveResourceWithProperties(IamRole, { name: "platform-fargate-web" });
    expect(profile.podExecutionRole.roleName).toBe("platform-fargate-web");
  });

  test("shares the role that it is given", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const podExecutionRole = new PodExecutionRole(stack, "role", { cluster });
    profileOf(cluster, { key: "a", podExecutionRole });
    profileOf(cluster, { key: "b", podExecutionRole });
    const text = synth(stack);
    expect(Object.keys(resources(text, IamRole))).toEqual(["role_role"]);
    const profiles = Object.values(resources(text, EksFargateProfile));
    expect(profiles.map(({ pod_execution_role_arn }) => pod_execution_role_arn)).toEqual([
      "${aws_iam_role.role_role.arn}",
      "${aws_iam_role.role_role.arn}",
    ]);
    expect(profiles[0]?.depends_on).toEqual(["aws_iam_role_policy_attachment.role_policy"]);
  });

  test("is the same to the byte in whatever order selectors, labels and zones are given", () => {
    const front = { tier: "front", app: "a" };
    const one = build({
      selectors: [{ namespace: "b" }, { namespace: "a", labels: front }],
      zones: ["eu-west-1a", "eu-west-1b"],
      replacement: "create-before-destroy",
    });
    const other = build({
      selectors: [
        { namespace: "a", labels: { app: "a", tier: "front" } },
        { namespace: "b", labels: {} },
      ],
      zones: ["eu-west-1b", "eu-west-1a"],
      replacement: "create-before-destroy",
    });
    expect(other.text).toBe(one.text);
  });
});

describe("replacement", () => {
  const name = (options: Options, cluster: ClusterOptions = {}) =>
    build({ replacement: "create-before-destroy", ...options }, cluster).profile.profileName;

  test("recreates the profile under the same name when nothing else is said", () => {
    const { text, profile } = build({ selectors: [{ namespace: "other" }] });
    expect(profile.profileName).toBe("platform-fargate-web");
    expect(resource(text, EksFargateProfile).lifecycle).toBeUndefined();
  });

  test("before destruction gives the new profile another name, as two cannot have the same", () => {
    const { text, profile } = build({ replacement: "create-before-destroy" });
    expect(profile.profileName).toMatch(/^platform-fargate-web-[0-9a-f]{8}$/);
    expect(text).toHaveResourceWithProperties(EksFargateProfile, { lifecycle: { create_before_destroy: true } });
  });

  test.each<[string, Options]>([
    ["a namespace", { selectors: [{ namespace: "web2" }] }],
    ["a label", { selectors: [{ namespace: "web", labels: { tier: "front" } }] }],
    ["a further selector", { selectors: [{ namespace: "web" }, { namespace: "api" }] }],
    ["its zones", { zones: ["eu-west-1a"] }],
  ])("changes the name with %s", (_, options) => {
    expect(name(options)).not.toBe(name({}));
  });

  test("changes the name with the role", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const podExecutionRole = new PodExecutionRole(stack, "role", { cluster });
    const shared = profileOf(cluster, { podExecutionRole, replacement: "create-before-destroy" });
    expect(shared.profileName).not.toBe(name({}));
  });

  test("changes a name of the user's too, as the new profile could not have it beside the old one", () => {
    const own = { profileName: "front" };
    expect(name(own)).not.toBe(name({ ...own, zones: ["eu-west-1a"] }));
    expect(build(own).profile.profileName).toBe("front");
  });

  test("keeps the name for the same content", () => {
    expect(name({ zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] })).toBe(name({}));
  });
});

describe("refused is a profile", () => {
  test.each<[string, Options, string]>([
    [
      "without a selector",
      { selectors: [] },
      `[test/web] 'selectors' of Fargate profile "web" must hold 1 to 5 entries, got 0; select at least one namespace, like { namespace: "default" }`,
    ],
    [
      "of six selectors",
      { selectors: namespaces(6) },
      `[test/web] 'selectors' of Fargate profile "web" must hold 1 to 5 entries, got 6; split it into two profiles, or raise 'selectorsPerProfile' when AWS has raised your quota L-D78D8AF8`,
    ],
    [
      "of six labels",
      { selectors: [{ namespace: "web", labels: labelled(6) }] },
      "[test/web] 'labels' must hold at most 5 entries, got 6; select by fewer labels, or raise 'labelsPerSelector' when AWS has raised your quota L-23414FF3",
    ],
    [
      "of an empty namespace",
      { selectors: [{ namespace: "" }] },
      `[test/web] 'namespace' must be a Kubernetes namespace (1 to 63 of a-z, 0-9 and "-", the wildcards "*" and "?" allowed), got ""; write "*" for every namespace`,
    ],
    [
      "of a malformed namespace",
      { selectors: [{ namespace: "Web_1" }] },
      `[test/web] 'namespace' must be a Kubernetes namespace (1 to 63 of a-z, 0-9 and "-", the wildcards "*" and "?" allowed), got "Web_1"`,
    ],
    [
      "of a malformed label key",
      { selectors: [{ namespace: "web", labels: { "-a": "on" } }] },
      `[test/web] label key "-a" must be a Kubernetes label key of 1 to 127 characters, like "app" or "example.com/team" ("*" and "?" allowed)`,
    ],
    [
      "of an empty label value",
      { selectors: [{ namespace: "web", labels: { app: "" } }] },
      `[test/web] label "app" must have a Kubernetes label value of 1 to 63 characters (letters, digits, "-", "_", ".", and the wildcards "*" and "?"), got ""`,
    ],
    [
      "whose name EKS keeps for itself",
      { profileName: "eks-web" },
      `[test/web] the name of a Fargate profile must not begin with "eks-", which EKS keeps for itself, got "eks-web"; give another 'profileName'`,
    ],
    [
      "whose name cannot be a pod's label",
      { profileName: "web/1" },
      `[test/web] the name of a Fargate profile must be 1 to 63 letters, digits, "-" and "_", beginning and ending with a letter or digit, got "web/1"`,
    ],
    [
      "in a zone where the VPC has no private subnet",
      { zones: ["eu-west-1a", "eu-west-1d"] },
      `[test/web] 'zones' names "eu-west-1d", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b", "eu-west-1c"`,
    ],
  ])("%s", (_, options, message) => {
    expect(refused(options)).toContain(message);
  });

  test("of no zone", () => {
    expect(refused({ zones: [] })).toMatch(/^\[test\/web\] 'zones' must .*leave it out/);
  });

  test("whose derived name would be too long, before its role is", () => {
    const key = "k".repeat(50);
    expect(refused({ key, selectors: [{ namespace: "web" }] })).toContain(
      `[test/${key}] the name of a Fargate profile must be 1 to 63 letters`,
    );
  });

  test("with all of its problems at once", () => {
    expect(refused({ selectors: [{ namespace: "" }, { namespace: "web", labels: { app: "", "-a": "on" } }] })).toMatch(
      /^\[test\/web\] .*\n\[test\/web\] .*\n\[test\/web\] .*$/,
    );
  });

  test("whose refusal leaves the cluster's profiles as they were", () => {
    const cluster = importedClusterIn(stackFor());
    refusal(() => profileOf(cluster, { selectors: [] }));
    refusal(() => profileOf(cluster, { key: "eks", profileName: "eks-web" }));
    expect(cluster.fargateProfiles.specs).toEqual([]);
  });
});

describe("raised quotas", () => {
  test("accept more selectors and labels", () => {
    const limits = { selectorsPerProfile: 6, labelsPerSelector: 7 };
    const selectors = [...namespaces(5), { namespace: "web", labels: labelled(7) }];
    const { text } = build({ selectors }, { fargate: { limits } });
    expect((resource(text, EksFargateProfile).selector as unknown[]).length).toBe(6);
  });

  test("still have an end", () => {
    expect(refused({ selectors: namespaces(7) }, { fargate: { limits: { selectorsPerProfile: 6 } } })).toContain(
      `'selectors' of Fargate profile "web" must hold 1 to 6 entries, got 7`,
    );
  });
});
