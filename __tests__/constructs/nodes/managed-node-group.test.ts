import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Fn, Testing, Token } from "cdktf";
import { PodExecutionRole } from "../../../src/constructs/fargate/pod-execution-role";
import type { ManagedNodeGroupProps } from "../../../src/constructs/nodes/managed-node-group";
import { NodeLaunchTemplate } from "../../../src/constructs/nodes/node-launch-template";
import { NodeRole } from "../../../src/constructs/nodes/node-role";
import { clusterIn, importedClusterIn } from "../../support/constructs";
import { GROUP, groupIn, networkingIn } from "../../support/nodes";
import { addresses, refusal, resolved, resource, resources, stackFor, synth, warnings } from "../../support/stack";

/** A cluster with what its nodes need, and in it one group for each of the props. */
function build(...groups: Partial<ManagedNodeGroupProps>[]) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, { roleName: "platform-cluster" });
  networkingIn(stack, cluster, { windows: true });
  const made = groups.map((props) => groupIn(stack, cluster, props));
  const text = synth(stack);
  return {
    stack,
    cluster,
    text,
    group: made[0],
    properties: resources(text, EksNodeGroup)["nodes-general_node-group"],
  };
}

const nameOf = (props: Partial<ManagedNodeGroupProps>) =>
  build({ replacement: "create-before-destroy", ...props }).group?.nodeGroupName;

const WINDOWS = { key: "windows", os: "windows-core-2022" } as const;

describe("ManagedNodeGroup", () => {
  test("is a group of Amazon Linux nodes in all private subnets", () => {
    expect(build({}).properties).toMatchObject({
      cluster_name: "platform",
      node_group_name: "platform-nodes-general",
      node_role_arn: "${aws_iam_role.nodes-general_role_role.arn}",
      ami_type: "AL2023_x86_64_STANDARD",
      capacity_type: "ON_DEMAND",
      instance_types: ["m6i.large"],
      subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      scaling_config: { min_size: 1, max_size: 3, desired_size: 1 },
      update_config: { max_unavailable_percentage: 33 },
      launch_template: {
        id: "${aws_launch_template.nodes-general_launch-template.id}",
        version: "${aws_launch_template.nodes-general_launch-template.latest_version}",
      },
    });
  });

  test("leaves out what nobody asked for, and SSH in any case", () => {
    expect(Object.keys(build({}).properties ?? {})).toEqual(
      expect.not.arrayContaining([
        "labels",
        "taint",
        "tags",
        "remote_access",
        "disk_size",
        "release_version",
        "version",
      ]),
    );
  });

  test("is all that is asked for", () => {
    const { properties } = build({
      os: "bottlerocket",
      instanceTypes: ["m7g.large", "m6g.large"],
      spot: true,
      minSize: 0,
      maxSize: 9,
      desiredSize: 2,
      zones: ["eu-west-1b"],
      labels: { team: "web", app: "shop" },
      taints: [
        { key: "spot", effect: "NO_SCHEDULE" },
        { key: "arm", value: "64", effect: "PREFER_NO_SCHEDULE" },
      ],
      tags: { team: "web" },
      maxUnavailablePercentage: 50,
      releaseVersion: "1.36.0-20261101",
      forceUpdate: true,
      nodeGroupName: "mine",
    });
    expect(properties).toMatchObject({
      node_group_name: "mine",
      ami_type: "BOTTLEROCKET_ARM_64",
      capacity_type: "SPOT",
      instance_types: ["m6g.large", "m7g.large"],
      subnet_ids: ["subnet-private-b"],
      scaling_config: { min_size: 0, max_size: 9, desired_size: 2 },
      labels: { app: "shop", team: "web" },
      taint: [
        { key: "arm", value: "64", effect: "PREFER_NO_SCHEDULE" },
        { key: "spot", effect: "NO_SCHEDULE" },
      ],
      tags: { team: "web" },
      update_config: { max_unavailable_percentage: 50 },
      release_version: "1.36.0-20261101",
      force_update_version: true,
    });
  });

  test("keeps the order of On-Demand instance types, in which EKS tries them", () => {
    expect(build({ instanceTypes: ["m6i.large", "m5.large"] }).properties?.instance_types).toEqual([
      "m6i.large",
      "m5.large",
    ]);
  });

  test("leaves the number of nodes to what scales them", () => {
    expect(build({}).properties?.lifecycle).toEqual({ ignore_changes: ["scaling_config[0].desired_size"] });
  });

  test("waits for its role's policies and for the network of its pods", () => {
    expect(build({}).properties?.depends_on).toEqual([
      "aws_iam_role_policy_attachment.nodes-general_role_AmazonEKSWorkerNodePolicy",
      "aws_iam_role_policy_attachment.nodes-general_role_AmazonEC2ContainerRegistryPullOnly",
      "aws_eks_addon.node-networking_vpc-cni",
      "aws_eks_addon.node-networking_kube-proxy",
    ]);
  });

  test("follows the Kubernetes version of a cluster of this app", () => {
    const stack = stackFor();
    const cluster = clusterIn(stack, { version: "1.35" });
    networkingIn(stack, cluster);
    groupIn(stack, cluster);
    expect(resource(synth(stack), EksNodeGroup).version).toBe("1.35");
  });

  test("is known by the name of its Auto Scaling group", () => {
    const { stack, group } = build({});
    expect(resolved(stack, group?.autoScalingGroupName)).toBe(
      "${aws_eks_node_group.nodes-general_node-group.resources[0].autoscaling_groups[0].name}",
    );
  });

  test("makes these Terraform addresses, whose change would replace the nodes", () => {
    expect(addresses(build({}).text).filter((address) => address.includes("nodes-general"))).toEqual([
      "aws_eks_node_group.nodes-general_node-group",
      "aws_iam_role.nodes-general_role_role",
      "aws_iam_role_policy_attachment.nodes-general_role_AmazonEC2ContainerRegistryPullOnly",
      "aws_iam_role_policy_attachment.nodes-general_role_AmazonEKSWorkerNodePolicy",
      "aws_launch_template.nodes-general_launch-template",
      "data.aws_default_tags.nodes-general_launch-template_default-tags",
    ]);
  });

  test("enters itself into the cluster's groups", () => {
    const { cluster } = build({}, { ...WINDOWS });
    expect(cluster.nodeGroups.specs).toEqual([GROUP, { ...GROUP, ...WINDOWS }]);
  });
});

describe("the role of a node group", () => {
  test("is one of its own, with its key", () => {
    const { text } = build({}, { ...WINDOWS });
    expect(resources(text, IamRole)["nodes-general_role_role"]?.name).toBe("platform-nodes-general");
    expect(resources(text, IamRole)["nodes-windows_role_role"]?.name).toBe("platform-nodes-windows");
  });

  test("may be shared", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    networkingIn(stack, cluster);
    const role = new NodeRole(stack, "node-role", { cluster });
    groupIn(stack, cluster, { role });
    groupIn(stack, cluster, { key: "other", role });
    const text = synth(stack);
    expect(Object.values(resources(text, EksNodeGroup)).map(({ node_role_arn: arn }) => arn)).toEqual([
      "${aws_iam_role.node-role_role.arn}",
      "${aws_iam_role.node-role_role.arn}",
    ]);
  });

  test("is refused where it is for another operating system", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    networkingIn(stack, cluster);
    const role = new NodeRole(stack, "node-role", { cluster, windows: true });
    expect(refusal(() => groupIn(stack, cluster, { role }))).toBe(
      `[test/nodes-general] 'role' of node group "general" is for Windows nodes, and EKS gives a role access for one operating system; give a NodeRole with 'windows' false`,
    );
  });

  test("cannot be that of pods on Fargate, to the compiler", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    // @ts-expect-error a pod execution role is none of nodes, and EKS refuses to use one for both
    const role: NodeRole = new PodExecutionRole(stack, "pod-execution-role", { cluster });
    expect(role.roleName).toBe("platform-pod-execution");
  });
});

describe("the replacement of a node group", () => {
  test("before the old one goes gives it a name with a hash", () => {
    const { properties, group } = build({ replacement: "create-before-destroy" });
    expect(group?.nodeGroupName).toMatch(/^platform-nodes-general-[0-9a-f]{8}$/);
    expect(properties).toMatchObject({
      node_group_name: group?.nodeGroupName,
      lifecycle: { create_before_destroy: true },
    });
  });

  test("leaves the name of the launch template, of which both groups use a version", () => {
    const { text } = build({ replacement: "create-before-destroy" });
    expect(resource(text, NodeLaunchTemplate).name).toBe("platform-nodes-general");
  });

  test.each<[string, Partial<ManagedNodeGroupProps>]>([
    ["operating system", { os: "bottlerocket" }],
    ["instance types", { instanceTypes: ["m5.large"] }],
    ["order of On-Demand instance types", { instanceTypes: ["m5.large", "m6i.large"] }],
    ["accelerator", { accelerator: "nvidia" }],
    ["zones", { zones: ["eu-west-1a"] }],
  ])("comes with another %s", (_, change) => {
    const before = nameOf({ instanceTypes: ["m6i.large", "m5.large"] });
    expect(nameOf({ instanceTypes: ["m6i.large", "m5.large"], ...change })).not.toBe(before);
  });

  test.each<[string, Partial<ManagedNodeGroupProps>]>([
    ["sizes", { minSize: 2, maxSize: 9, desiredSize: 5 }],
    ["labels", { labels: { a: "b" } }],
    ["taints", { taints: [{ key: "a", effect: "NO_SCHEDULE" }] }],
    ["tags", { tags: { a: "b" } }],
    ["volume", { volumeSizeInGib: 100 }],
    ["AMI", { releaseVersion: "1.36.0-20261101" }],
    ["pace of updates", { maxUnavailablePercentage: 10, forceUpdate: true }],
  ])("does not come with other %s, which AWS changes in place", (_, change) => {
    expect(nameOf(change)).toBe(nameOf({}));
  });

  test("comes with another capacity type, even of one instance type", () => {
    expect(nameOf({ spot: true })).not.toBe(nameOf({}));
  });

  test("comes with a shared role instead of one's own", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    networkingIn(stack, cluster);
    const role = new NodeRole(stack, "node-role", { cluster });
    const shared = groupIn(stack, cluster, { role, replacement: "create-before-destroy" });
    expect(shared.nodeGroupName).not.toBe(nameOf({}));
  });

  test("does not come with another order of what has none", () => {
    const spot = { spot: true } as const;
    expect(nameOf({ ...spot, instanceTypes: ["m5.large", "m6i.large"] })).toBe(
      nameOf({ ...spot, instanceTypes: ["m6i.large", "m5.large"] }),
    );
  });
});

describe("a node group is refused", () => {
  test("with every problem at once", () => {
    expect(refusal(() => build({ minSize: 4, volumeSizeInGib: 1 }))).toBe(
      [
        `[test/nodes-general] 'minSize' of node group "general" must be at most 'maxSize' 3, got 4`,
        `[test/nodes-general] 'volumeSizeInGib' of node group "general" must be a whole number of at least 20, which the AMI of "al2023" needs, got 1`,
      ].join("\n"),
    );
  });

  test("where the cluster has nothing that makes its nodes ready", () => {
    const stack = stackFor();
    expect(refusal(() => groupIn(stack, importedClusterIn(stack)))).toBe(
      `[test/nodes-general] node group "general" needs the VPC CNI and kube-proxy, without which its nodes would never be ready; define NodeNetworking before it`,
    );
  });

  test("not where the cluster has nodes already, for which somebody saw to that", () => {
    const stack = stackFor();
    groupIn(stack, importedClusterIn(stack, { nodes: true }));
    expect(resource(synth(stack), EksNodeGroup).depends_on).toHaveLength(2);
  });

  test("with Windows nodes without Windows IPAM", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    networkingIn(stack, cluster);
    expect(refusal(() => groupIn(stack, cluster, WINDOWS))).toBe(
      `[test/nodes-windows] node group "windows" has Windows nodes, whose pods get no addresses without Windows IPAM; define NodeNetworking with 'windows' true before it`,
    );
  });

  test("with Windows nodes without Linux ones, wherever those are defined", () => {
    const alone = build(WINDOWS);
    expect(refusal(() => Testing.synth(alone.stack, true))).toContain(
      `[test/nodes-windows] node group "windows" has Windows nodes, and the cluster has no Linux ones`,
    );
    const both = build(WINDOWS, {});
    expect(() => Testing.synth(both.stack, true)).not.toThrow();
  });

  test("with Windows nodes where EKS does not offer them", () => {
    const stack = stackFor("cn-north-1");
    const cluster = importedClusterIn(stack, { roleName: "platform-cluster" });
    networkingIn(stack, cluster, { windows: true });
    expect(refusal(() => groupIn(stack, cluster, WINDOWS))).toContain("in the commercial Regions of AWS only");
  });

  test("in a zone where the VPC has no private subnet", () => {
    expect(refusal(() => build({ zones: ["eu-west-1d"] }))).toBe(
      `[test/nodes-general] 'zones' names "eu-west-1d", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b", "eu-west-1c"`,
    );
  });

  test("in no zone at all", () => {
    expect(refusal(() => build({ zones: [] }))).toContain(`'zones' must name at least 1 of the VPC's zones`);
  });

  test("with a name that EKS refuses", () => {
    expect(refusal(() => build({ nodeGroupName: "n".repeat(55), replacement: "create-before-destroy" }))).toMatch(
      /must be 1 to 54 characters .* \(55\); give another 'nodeGroupName'$/,
    );
  });

  test("with a key that another one has", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack, { nodes: true });
    groupIn(stack, cluster);
    cluster.nodeGroups.validate(stack, { ...GROUP, key: "other" });
    expect(refusal(() => cluster.nodeGroups.validate(stack, GROUP))).toBe(
      `[test] node group "general" is there already; give each group a name of its own`,
    );
  });
});

test("values that Terraform alone knows are left to AWS", () => {
  const label = Token.asString(Fn.upper("x"));
  const type = Token.asString(Fn.lower("M6I.large"));
  const { properties } = build({ instanceTypes: [type], labels: { team: label } });
  expect(properties).toMatchObject({ instance_types: ['${lower("M6I.large")}'], labels: { team: '${upper("x")}' } });
});

test("what AWS does not refuse but one should know is a warning", () => {
  expect(warnings(build({ spot: true }).stack)).toEqual([
    expect.stringMatching(
      /^\[test\/nodes-general\] node group "general" asks for Spot Instances of one type, "m6i.large"/,
    ),
  ]);
});
