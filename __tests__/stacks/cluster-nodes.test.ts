import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, Testing } from "cdktf";
import { parseSettings } from "../../src/settings/load";
import { ClusterStack } from "../../src/stacks/cluster-stack";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { addresses, resource, resources } from "../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "cluster-nodes-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const FARGATE = `name: platform
region: eu-west-1
tags: { team: platform }
network: { zones: [eu-west-1a, eu-west-1b] }
access:
  admins:
    principal: arn:aws:iam::111122223333:role/platform-admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate: { profiles: { web: { selectors: [{ namespace: web }] } } }
`;

const HYBRID = `${FARGATE}nodeGroups:
  groups:
    windows: { os: windows-core-2022, instanceTypes: [m6i.xlarge], minSize: 1, maxSize: 2 }
    general: { instanceTypes: [m6i.large], minSize: 2, maxSize: 4 }
    arm: { os: bottlerocket, instanceTypes: [m7g.large, m6g.large], spot: true, minSize: 0, maxSize: 9 }
ebsCsiDriver: {}
`;

const synthSettings = (yaml: string) =>
  withoutStackTraces(() =>
    Testing.synth(new ClusterStack(new App({ outdir }), "test", parseSettings(yaml, "test.yaml")), true),
  );

const hybrid = synthSettings(HYBRID);
const ofNodes = (text: string) => addresses(text).filter((address) => /node|ebs|vpc-cni|kube-proxy/.test(address));

test("a cluster of Fargate alone has nothing of nodes", () => {
  const text = synthSettings(FARGATE.replace("namespace: web", 'namespace: "*"'));
  expect(ofNodes(text)).toEqual([]);
  expect(text).not.toContain("node_group_names");
});

test("node groups make these Terraform addresses, whose change would replace nodes", () => {
  expect(ofNodes(hybrid)).toEqual([
    "aws_eks_addon.ebs-csi-driver_addon",
    "aws_eks_addon.node-networking_kube-proxy",
    "aws_eks_addon.node-networking_vpc-cni",
    "aws_eks_node_group.nodes-arm_node-group",
    "aws_eks_node_group.nodes-general_node-group",
    "aws_eks_node_group.nodes-windows_node-group",
    "aws_iam_role.ebs-csi-driver_role",
    "aws_iam_role.node-networking_vpc-cni-role_role",
    "aws_iam_role.node-role-windows_role",
    "aws_iam_role.node-role_role",
    "aws_iam_role_policy_attachment.ebs-csi-driver_role_policy-volumes",
    "aws_iam_role_policy_attachment.node-networking_vpc-cni-role_policy-cni",
    "aws_iam_role_policy_attachment.node-networking_windows-ipam",
    "aws_iam_role_policy_attachment.node-role-windows_AmazonEC2ContainerRegistryPullOnly",
    "aws_iam_role_policy_attachment.node-role-windows_AmazonEKSWorkerNodePolicy",
    "aws_iam_role_policy_attachment.node-role_AmazonEC2ContainerRegistryPullOnly",
    "aws_iam_role_policy_attachment.node-role_AmazonEKSWorkerNodePolicy",
    "aws_launch_template.nodes-arm_launch-template",
    "aws_launch_template.nodes-general_launch-template",
    "aws_launch_template.nodes-windows_launch-template",
    "data.aws_default_tags.nodes-arm_launch-template_default-tags",
    "data.aws_default_tags.nodes-general_launch-template_default-tags",
    "data.aws_default_tags.nodes-windows_launch-template_default-tags",
  ]);
});

test("node groups of an operating system share a role", () => {
  const roles = Object.entries(resources(hybrid, EksNodeGroup)).map(([name, { node_role_arn: arn }]) => [name, arn]);
  expect(Object.fromEntries(roles)).toEqual({
    "nodes-arm_node-group": "${aws_iam_role.node-role_role.arn}",
    "nodes-general_node-group": "${aws_iam_role.node-role_role.arn}",
    "nodes-windows_node-group": "${aws_iam_role.node-role-windows_role.arn}",
  });
});

test("node groups have a role each where that is asked for, with a shell for people", () => {
  const text = synthSettings(HYBRID.replace("nodeGroups:\n", "nodeGroups:\n  nodeRole: own\n  sessionManager: true\n"));
  expect(Object.keys(resources(text, IamRole)).filter((name) => name.startsWith("nodes-"))).toEqual([
    "nodes-arm_role",
    "nodes-general_role",
    "nodes-windows_role",
  ]);
  expect(addresses(text).filter((address) => address.endsWith("_AmazonSSMManagedInstanceCore"))).toHaveLength(3);
});

test("Windows IPAM is on where there are Windows nodes, and off where there are none", () => {
  const ipam = (text: string) =>
    JSON.parse(String(resource(text, EksAddon, "node-networking_vpc-cni").configuration_values)).enableWindowsIpam;
  expect(ipam(hybrid)).toBe("true");
  expect(ipam(synthSettings(HYBRID.replace(/^ {4}windows: .*\n/m, "")))).toBe("false");
});

test("CoreDNS waits for the nodes that have room for it", () => {
  expect(resource(hybrid, EksAddon, "coredns_addon").depends_on).toEqual([
    "aws_eks_node_group.nodes-general_node-group",
  ]);
});

test("the order of groups in the file leaves no trace", () => {
  const lines = HYBRID.split("\n");
  const reordered = [...lines.slice(0, 11), ...lines.slice(11, 14).reverse(), ...lines.slice(14)].join("\n");
  expect(reordered).not.toBe(HYBRID);
  expect(synthSettings(reordered)).toBe(hybrid);
});

test("outputs name the groups, their Auto Scaling groups and the driver's role", () => {
  const { output } = JSON.parse(hybrid) as { output: Record<string, { value: unknown }> };
  expect(output.node_group_names?.value).toEqual({
    arm: "platform-nodes-arm",
    general: "platform-nodes-general",
    windows: "platform-nodes-windows",
  });
  expect(output.node_auto_scaling_group_names?.value).toMatchObject({
    arm: "${aws_eks_node_group.nodes-arm_node-group.resources[0].autoscaling_groups[0].name}",
  });
  expect(output.ebs_csi_driver_role_arn?.value).toBe("${aws_iam_role.ebs-csi-driver_role.arn}");
});

test("workloads that no profile takes have a place on Linux nodes, and are checked no further", () => {
  const workloads = (yaml: string) => synthSettings(`${yaml}workloads: [examples/shop/manifests]\n`);
  expect(() => workloads(FARGATE.replace("namespace: web", "namespace: kube-system"))).toThrow("stay Pending");
  expect(() => workloads(HYBRID)).not.toThrow();
});
