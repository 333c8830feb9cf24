import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SsmActivation } from "@cdktf/provider-aws/lib/ssm-activation";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import type { ExternalInstancesOptions } from "../../../src/model/ecs-external";
import { vpcOf } from "../../support/constructs";
import { ACCOUNT, addresses, resolved, resource, resources, stackFor, statements, synth } from "../../support/stack";

function build(externalInstances: ExternalInstancesOptions = {}) {
  const stack = stackFor();
  const cluster = new EcsCluster(stack, "cluster", {
    clusterName: "shop",
    vpc: vpcOf(),
    exec: false,
    externalInstances,
  });
  return { stack, external: cluster.externalInstances, text: synth(stack) };
}

describe("ExternalInstances", () => {
  test("lets one server register for a day", () => {
    expect(resource(build().text, SsmActivation)).toEqual({
      name: "shop",
      description: "External instances of ECS cluster shop",
      iam_role: "${aws_iam_role.cluster_external_role.name}",
      registration_limit: 1,
      depends_on: [
        "aws_iam_role_policy_attachment.cluster_external_AmazonEC2ContainerServiceforEC2Role",
        "aws_iam_role_policy_attachment.cluster_external_AmazonSSMManagedInstanceCore",
      ],
    });
  });

  test("lets as many register as is said, until then", () => {
    expect(
      resource(build({ registrationLimit: 20, expiresAt: "2026-12-01T00:00:00Z" }).text, SsmActivation),
    ).toMatchObject({ registration_limit: 20, expiration_date: "2026-12-01T00:00:00Z" });
  });

  test("gives them a role that Systems Manager of this account and Region alone hands out", () => {
    const { text } = build();
    expect(resource(text, IamRole).name).toBe("shop-external-instances");
    expect(statements(resource(text, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ssm.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnEquals: { "aws:SourceArn": `arn:aws:ssm:eu-west-1:${ACCOUNT}:*` },
        },
      },
    ]);
    expect(Object.values(resources(text, IamRolePolicyAttachment)).map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ]);
  });

  test("says how a server joins", () => {
    const { stack, external } = build();
    expect(resolved(stack, external?.installCommand)).toBe(
      'curl --proto "https" -o "/tmp/ecs-anywhere-install.sh" "https://amazon-ecs-agent.s3.amazonaws.com/ecs-anywhere-install-latest.sh" && bash /tmp/ecs-anywhere-install.sh --region eu-west-1 --cluster ${aws_ecs_cluster.cluster_cluster.name} --activation-id ${aws_ssm_activation.cluster_external_activation.id} --activation-code ${aws_ssm_activation.cluster_external_activation.activation_code}',
    );
  });

  test("makes these Terraform addresses", () => {
    expect(addresses(build().text).filter((address) => address.includes("external"))).toEqual([
      "aws_iam_role.cluster_external_role",
      "aws_iam_role_policy_attachment.cluster_external_AmazonEC2ContainerServiceforEC2Role",
      "aws_iam_role_policy_attachment.cluster_external_AmazonSSMManagedInstanceCore",
      "aws_ssm_activation.cluster_external_activation",
    ]);
  });
});
