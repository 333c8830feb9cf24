import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { PodExecutionRole } from "../../../src/constructs/fargate/pod-execution-role";
import { importedClusterIn } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  stackFor,
  statements,
  synth,
} from "../../support/stack";

function build(region = "eu-west-1", roleName?: string) {
  const stack = stackFor(region);
  const cluster = importedClusterIn(stack);
  const role = new PodExecutionRole(stack, "role", { cluster, ...(roleName === undefined ? {} : { roleName }) });
  return { stack, role, text: synth(stack) };
}

describe("PodExecutionRole", () => {
  test.each(PARTITIONS)("in $region is assumed for pods of profiles of its cluster only", ({ region, partition }) => {
    expect(statements(resource(build(region).text, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:${ACCOUNT}:fargateprofile/platform/*` },
        },
      },
    ]);
  });

  test.each(PARTITIONS)(
    "in $region may do what AWS's own policy for it allows, and no more",
    ({ region, partition }) => {
      const { text } = build(region);
      expect(addresses(text)).toEqual(["aws_iam_role.role_role", "aws_iam_role_policy_attachment.role_policy"]);
      expect(resource(text, IamRolePolicyAttachment)).toEqual({
        role: "${aws_iam_role.role_role.name}",
        policy_arn: `arn:${partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy`,
      });
    },
  );

  test("is called after the cluster, or as it is told", () => {
    expect(build().text).toHaveResourceWithProperties(IamRole, { name: "platform-pod-execution" });
    const { stack, role } = build("eu-west-1", "pods");
    expect(synth(stack)).toHaveResourceWithProperties(IamRole, { name: "pods" });
    expect(role.roleName).toBe("pods");
    expect(resolved(stack, role.roleArn)).toBe("${aws_iam_role.role_role.arn}");
  });

  test("is refused under a name that IAM does not take", () => {
    expect(refusal(() => build("eu-west-1", "p".repeat(65)))).toBe(
      `[test/role] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${"p".repeat(65)}" (65); give 'roleName'`,
    );
  });
});
