import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { EbsCsiDriver, type EbsCsiDriverOptions } from "../../../src/constructs/addons/ebs-csi-driver";
import type { ManagedNodeGroupProps } from "../../../src/constructs/nodes/managed-node-group";
import { importedClusterIn } from "../../support/constructs";
import { groupIn, networkingIn, OIDC_PROVIDER } from "../../support/nodes";
import { PARTITIONS, refusal, resource, stackFor, statements, synth } from "../../support/stack";

function build(options: EbsCsiDriverOptions = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  const cluster = importedClusterIn(stack, { nodes: true });
  new EbsCsiDriver(stack, "ebs-csi-driver", { cluster, oidcProvider: OIDC_PROVIDER, ...options });
  return synth(stack);
}

function withGroups(...groups: Partial<ManagedNodeGroupProps>[]) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack);
  networkingIn(stack, cluster);
  for (const props of groups) {
    groupIn(stack, cluster, props);
  }
  new EbsCsiDriver(stack, "ebs-csi-driver", { cluster, oidcProvider: OIDC_PROVIDER });
  return synth(stack);
}

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("EbsCsiDriver", () => {
  test("is AWS's add-on in the version that AWS chooses, with a role of its own before which it does not start", () => {
    const text = build();
    expect(resource(text, EksAddon)).toMatchObject({
      cluster_name: "platform",
      addon_name: "aws-ebs-csi-driver",
      service_account_role_arn: "${aws_iam_role.ebs-csi-driver_role_role.arn}",
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "OVERWRITE",
      depends_on: ["aws_iam_role_policy_attachment.ebs-csi-driver_role_policy-volumes"],
    });
    expect(resource(text, EksAddon).addon_version).toBeUndefined();
  });

  test("lets the driver's controller assume the role, and nobody else", () => {
    const role = resource(build(), IamRole);
    expect(role.name).toBe("platform-ebs-csi-driver");
    expect(statements(role.assume_role_policy)[0]?.Condition).toEqual({
      StringEquals: expect.objectContaining({
        [`${OIDC_PROVIDER.issuerHostPath}:sub`]: "system:serviceaccount:kube-system:ebs-csi-controller-sa",
      }),
    });
  });

  test.each(PARTITIONS)(
    "may manage volumes by the narrowest policy that $partition is known to have",
    ({ region, partition }) => {
      const name = partition === "aws" ? "AmazonEBSCSIDriverPolicyV2" : "service-role/AmazonEBSCSIDriverPolicy";
      expect(resource(build({}, region), IamRolePolicyAttachment).policy_arn).toBe(
        `arn:${partition}:iam::aws:policy/${name}`,
      );
    },
  );

  test("may use no KMS key unless one is named", () => {
    expect(build()).not.toHaveResource(IamRolePolicy);
  });

  test("may use the keys that are named, and grant them to EBS alone", () => {
    expect(statements(resource(build({ kmsKeyArns: [KEY] }), IamRolePolicy).policy)).toEqual([
      {
        Sid: "GrantKeysToEbs",
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        Resource: KEY,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
      {
        Sid: "UseKeys",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: KEY,
      },
    ]);
  });

  test("has the version and the role that are asked for", () => {
    const text = build({ addonVersion: "v1.50.1-eksbuild.1", roleName: "mine" });
    expect(resource(text, EksAddon).addon_version).toBe("v1.50.1-eksbuild.1");
    expect(resource(text, IamRole).name).toBe("mine");
  });

  test("waits for the groups whose nodes have room for its pods", () => {
    const text = withGroups({}, { key: "batch", taints: [{ key: "batch", effect: "NO_SCHEDULE" }] });
    expect(resource(text, EksAddon, "ebs-csi-driver_addon").depends_on).toEqual([
      "aws_iam_role_policy_attachment.ebs-csi-driver_role_policy-volumes",
      "aws_eks_node_group.nodes-general_node-group",
    ]);
  });

  test("is refused without nodes", () => {
    expect(refusal(() => withGroups())).toBe(
      "[test/ebs-csi-driver] the EBS CSI driver needs Linux nodes, as pods on Fargate cannot mount EBS volumes, and the cluster has none so far; define a node group that has room for its pods before it, or use EFS",
    );
  });

  test("is refused where no node has room for its pods", () => {
    expect(refusal(() => withGroups({ minSize: 0 }))).toBe(
      "[test/ebs-csi-driver] the EBS CSI driver needs Linux nodes, as pods on Fargate cannot mount EBS volumes, and no node group has room for them (a 'desiredSize' of Linux nodes of at least 1, and no taint that they do not tolerate); define a node group that has room for its pods before it, or use EFS",
    );
  });

  test("is refused with an alias of a key", () => {
    expect(refusal(() => build({ kmsKeyArns: ["alias/mine"] }))).toContain(
      `[test/ebs-csi-driver] 'kmsKeyArns' must hold ARNs of KMS keys, not of aliases`,
    );
  });
});
