import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ClusterAutoscaler, type ClusterAutoscalerProps } from "../../../src/constructs/addons/cluster-autoscaler";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, addresses, refusal, resource, stackFor, statements, synth, warnings } from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const oidcProvider = { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer };
const SYSTEM = [{ key: "system", name: "system", hashed: false, selectors: [{ namespace: "kube-system" }] }];

function build(
  options: Partial<ClusterAutoscalerProps> = {},
  attributes: Parameters<typeof importedClusterIn>[1] = { nodes: true, fargateProfiles: SYSTEM },
) {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  new ClusterAutoscaler(stack, "autoscaler", {
    cluster: importedClusterIn(stack, attributes),
    oidcProvider,
    kubernetesVersion: "1.36",
    ...options,
  });
  return { stack, text: synth(stack) };
}

function values(options: Partial<ClusterAutoscalerProps> = {}): Readonly<Record<string, unknown>> {
  const [text = ""] = resource(build(options).text, Release).values as string[];
  return JSON.parse(text);
}

describe("ClusterAutoscaler", () => {
  test("finds the node groups by their tags, in its Region", () => {
    expect(values()).toMatchObject({
      cloudProvider: "aws",
      awsRegion: "eu-west-1",
      autoDiscovery: { clusterName: "platform" },
      fullnameOverride: "cluster-autoscaler",
    });
  });

  test.each([
    ["1.36", "v1.36.1"],
    ["1.35", "v1.35.2"],
    ["1.31", "v1.31.5"],
  ])("is on Kubernetes %s the release %s, which simulates that very scheduler", (kubernetesVersion, tag) => {
    expect(values({ kubernetesVersion })).toMatchObject({
      image: { repository: "mirror.example.com/autoscaling/cluster-autoscaler", tag },
    });
  });

  test("takes the release that is named, also for a version that is not known", () => {
    expect(values({ kubernetesVersion: "1.40", image: { tag: "v1.40.0" } })).toMatchObject({
      image: { tag: "v1.40.0" },
    });
  });

  test("may look at all groups, and change those that carry the cluster's tag", () => {
    const [look, lookAtGroups, change] = statements(resource(build().text, IamRolePolicy).policy);
    expect([look?.Action].flat().filter((action) => !/:(Describe|Get)/.test(String(action)))).toEqual([]);
    expect(lookAtGroups).toMatchObject({
      Action: "eks:DescribeNodegroup",
      Resource: expect.stringMatching(/^arn:aws:eks:eu-west-1:.+:nodegroup\/platform\/\*\/\*$/),
    });
    expect(change).toEqual({
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/platform": "owned" } },
    });
  });

  test("has a role for its service account, which it waits for", () => {
    const { text } = build();
    expect(resource(text, IamRole)).toMatchObject({
      name: "platform-cluster-autoscaler",
      assume_role_policy: expect.stringContaining("system:serviceaccount:kube-system:cluster-autoscaler"),
    });
    expect(values().rbac).toEqual({
      serviceAccount: {
        create: true,
        name: "cluster-autoscaler",
        annotations: { "eks.amazonaws.com/role-arn": "${aws_iam_role.autoscaler_irsa_role.arn}" },
      },
    });
    expect(resource(text, Release).depends_on).toEqual(["aws_iam_role_policy.autoscaler_irsa_policy"]);
  });

  test("is one pod without rights on its node, which fills 0.25 vCPU and 1 GB, limits equal to requests", () => {
    const size = { cpu: "250m", memory: "768Mi" };
    expect(values()).toMatchObject({
      replicaCount: 1,
      resources: { requests: size, limits: size },
      securityContext: { runAsNonRoot: true, runAsUser: 65_534 },
      containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    });
  });

  test("chooses the group that wastes least and takes hardly used nodes away after ten minutes", () => {
    expect(values().extraArgs).toEqual({
      expander: "least-waste",
      "balance-similar-node-groups": true,
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
      "scale-down-unneeded-time": "10m",
      "scale-down-delay-after-add": "10m",
      "scale-down-utilization-threshold": 0.5,
    });
  });

  test("takes every option at once", () => {
    expect(
      values({
        expander: "most-pods",
        balanceSimilarNodeGroups: false,
        scaleDown: { unneededMinutes: 20, delayAfterAddMinutes: 30, utilizationThreshold: 0.7 },
      }).extraArgs,
    ).toMatchObject({
      expander: "most-pods",
      "balance-similar-node-groups": false,
      "scale-down-unneeded-time": "20m",
      "scale-down-delay-after-add": "30m",
      "scale-down-utilization-threshold": 0.7,
    });
    expect(values({ scaleDown: { enabled: false } }).extraArgs).toMatchObject({ "scale-down-enabled": false });
  });

  test("on the very nodes that it scales is warned of", () => {
    expect(warnings(build({}, { nodes: true, fargateProfiles: [] }).stack)).toEqual([
      `[test/autoscaler] no Fargate profile takes the Cluster Autoscaler, so it runs on the nodes that it scales and may wait for one itself; add a selector { namespace: "kube-system" } to a profile`,
    ]);
    expect(warnings(build().stack)).toEqual([]);
    expect(warnings(build({}, { nodes: true }).stack)).toEqual([]);
  });

  test("has these addresses", () => {
    expect(addresses(build().text)).toEqual([
      "aws_iam_role.autoscaler_irsa_role",
      "aws_iam_role_policy.autoscaler_irsa_policy",
      "helm_release.autoscaler_chart_release",
    ]);
  });

  test("is refused without node groups", () => {
    expect(refusal(() => build({}, { fargateProfiles: SYSTEM }))).toBe(
      "[test/autoscaler] the Cluster Autoscaler has nothing to scale on a cluster without node groups, as Fargate gives each pod its own capacity; add a node group, or leave the autoscaler out",
    );
  });

  test.each<[Partial<ClusterAutoscalerProps>, string]>([
    [
      { kubernetesVersion: "1.40" },
      `no release of the Cluster Autoscaler is known for Kubernetes "1.40", only for "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36"; name one with 'image.tag'`,
    ],
    [
      { expander: "price" as never },
      `'expander' must be one of "least-nodes", "least-waste", "most-pods", "random", got "price"`,
    ],
    [{ scaleDown: { unneededMinutes: 0 } }, "'unneededMinutes' must be a whole number of at least 1, got 0"],
    [
      { scaleDown: { delayAfterAddMinutes: 1.5 } },
      "'delayAfterAddMinutes' must be a whole number of at least 1, got 1.5",
    ],
    [{ scaleDown: { utilizationThreshold: 50 } }, "'utilizationThreshold' must be a number between 0 and 1, got 50"],
    [
      { scaleDown: { enabled: false, unneededMinutes: 5 } },
      "'enabled' false leaves all nodes, so nothing else of 'scaleDown' has an effect; remove the rest",
    ],
  ])("is refused with %j", (options, message) => {
    expect(refusal(() => build(options))).toBe(`[test/autoscaler] ${message}`);
  });
});
