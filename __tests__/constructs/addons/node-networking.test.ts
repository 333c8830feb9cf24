import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { NodeNetworking, type NodeNetworkingProps } from "../../../src/constructs/addons/node-networking";
import { clusterIn, importedClusterIn } from "../../support/constructs";
import { networkingIn, OIDC_PROVIDER } from "../../support/nodes";
import { addresses, refusal, resource, resources, stackFor, statements, synth } from "../../support/stack";

function build(props: Partial<NodeNetworkingProps> = {}) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, { roleName: "platform-cluster" });
  networkingIn(stack, cluster, props);
  return { stack, cluster, text: synth(stack) };
}

const addon = (text: string, name: string) => resource(text, EksAddon, `node-networking_${name}`);
const configuration = (text: string) => JSON.parse(String(addon(text, "vpc-cni").configuration_values));

describe("NodeNetworking", () => {
  test("is AWS's add-ons VPC CNI and kube-proxy in the versions that AWS chooses", () => {
    const { text } = build();
    for (const name of ["vpc-cni", "kube-proxy"]) {
      expect(addon(text, name)).toMatchObject({
        cluster_name: "platform",
        addon_name: name,
        resolve_conflicts_on_create: "OVERWRITE",
        resolve_conflicts_on_update: "OVERWRITE",
      });
      expect(addon(text, name).addon_version).toBeUndefined();
    }
  });

  test("gives the VPC CNI a role of its own, before which it does not start", () => {
    const { text } = build();
    expect(addon(text, "vpc-cni")).toMatchObject({
      service_account_role_arn: "${aws_iam_role.node-networking_vpc-cni-role_role.arn}",
      depends_on: ["aws_iam_role_policy_attachment.node-networking_vpc-cni-role_policy-cni"],
    });
    const role = resource(text, IamRole);
    expect(role.name).toBe("platform-vpc-cni");
    expect(statements(role.assume_role_policy)[0]?.Condition).toEqual({
      StringEquals: expect.objectContaining({
        [`${OIDC_PROVIDER.issuerHostPath}:sub`]: "system:serviceaccount:kube-system:aws-node",
      }),
    });
    expect(resource(text, IamRolePolicyAttachment).policy_arn).toBe("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
  });

  test("says what is off as well, so that turning it off changes something", () => {
    expect(configuration(build().text)).toEqual({ enableNetworkPolicy: "false", enableWindowsIpam: "false" });
  });

  test("enforces network policies, in the versions and with the role that are asked for", () => {
    const { text } = build({
      networkPolicy: true,
      vpcCniVersion: "v1.20.1-eksbuild.1",
      kubeProxyVersion: "v1.36.0-eksbuild.2",
      roleName: "mine",
    });
    expect(configuration(text)).toMatchObject({ enableNetworkPolicy: "true" });
    expect(addon(text, "vpc-cni").addon_version).toBe("v1.20.1-eksbuild.1");
    expect(addon(text, "kube-proxy").addon_version).toBe("v1.36.0-eksbuild.2");
    expect(resource(text, IamRole).name).toBe("mine");
  });

  test("makes these Terraform addresses", () => {
    expect(addresses(build({ windows: true }).text)).toEqual([
      "aws_eks_addon.node-networking_kube-proxy",
      "aws_eks_addon.node-networking_vpc-cni",
      "aws_iam_role.node-networking_vpc-cni-role_role",
      "aws_iam_role_policy_attachment.node-networking_vpc-cni-role_policy-cni",
      "aws_iam_role_policy_attachment.node-networking_windows-ipam",
    ]);
  });

  test("is there once for a cluster", () => {
    const { stack, cluster } = build();
    expect(refusal(() => new NodeNetworking(stack, "again", { cluster, oidcProvider: OIDC_PROVIDER }))).toBe(
      "[test/again] the cluster has the network add-ons of its nodes already, and takes each add-on once; make one NodeNetworking for all node groups",
    );
  });

  test("is refused with a role name that IAM refuses", () => {
    expect(refusal(() => build({ roleName: "a b" }))).toContain("the name of an IAM role must be 1 to 64 characters");
  });
});

describe("addresses for pods on Windows nodes", () => {
  test("are given by the control plane, whose role may do so before the add-on asks it to", () => {
    const { text } = build({ windows: true });
    expect(configuration(text)).toMatchObject({ enableWindowsIpam: "true" });
    expect(resources(text, IamRolePolicyAttachment)["node-networking_windows-ipam"]).toMatchObject({
      role: "platform-cluster",
      policy_arn: "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController",
    });
    expect(addon(text, "vpc-cni").depends_on).toContain("aws_iam_role_policy_attachment.node-networking_windows-ipam");
  });

  test("are given by the role of a cluster of this app", () => {
    const stack = stackFor();
    networkingIn(stack, clusterIn(stack), { windows: true });
    expect(resource(synth(stack), IamRolePolicyAttachment, "node-networking_windows-ipam").role).toBe(
      "${aws_iam_role.cluster_role.name}",
    );
  });

  test("are refused for an imported cluster whose role is not known", () => {
    const stack = stackFor();
    expect(refusal(() => networkingIn(stack, importedClusterIn(stack), { windows: true }))).toBe(
      `[test/node-networking] 'windows' needs the IAM role of the cluster, whose control plane gives Windows pods their addresses; give 'roleName' in EksCluster.fromAttributes`,
    );
  });
});
