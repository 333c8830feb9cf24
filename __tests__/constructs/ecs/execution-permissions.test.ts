import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import type { TerraformStack } from "cdktf";
import { Ec2TaskDefinition, type Ec2TaskDefinitionProps } from "../../../src/constructs/ecs/ec2-task-definition";
import { build, policy } from "../../support/fargate-tasks";
import { PARTITIONS, type Statement, stackFor, synth } from "../../support/stack";
import { ecsClusterIn, KEY_ARN, PARAMETER_ARN, SECRET_ARN, taskContainer } from "../../support/tasks";

function onInstances(
  options: (stack: TerraformStack) => Partial<Ec2TaskDefinitionProps>,
  region = "eu-west-1",
): Statement[] {
  const stack = stackFor(region);
  new Ec2TaskDefinition(stack, "web", {
    cluster: ecsClusterIn(stack),
    containers: [taskContainer()],
    ...options(stack),
  });
  return policy(synth(stack), "web_execution-policy-start");
}

const routedBy = (s3Arn: string) => ({ outputs: { web: {} }, configuration: { s3Arn } });

describe("ECS, when it starts a task", () => {
  test.each(PARTITIONS)("fetches the log router's configuration from S3 in $region", ({ region, partition }) => {
    const s3Arn = `arn:${partition}:s3:::shop-configuration/fluent/bit.conf`;
    expect(onInstances(() => ({ fireLens: routedBy(s3Arn) }), region).slice(1)).toEqual([
      { Sid: "FireLensFile", Effect: "Allow", Action: "s3:GetObject", Resource: s3Arn },
      {
        Sid: "FireLensBucket",
        Effect: "Allow",
        Action: "s3:GetBucketLocation",
        Resource: `arn:${partition}:s3:::shop-configuration`,
      },
    ]);
  });

  test("fetches a configuration that Terraform alone knows", () => {
    const given = (stack: TerraformStack) => {
      const { arn } = new S3Object(stack, "file", { bucket: "shop", key: "fluent-bit.conf" });
      return { fireLens: routedBy(arn) };
    };
    expect(onInstances(given).slice(1)).toMatchObject([
      { Resource: "${aws_s3_object.file.arn}" },
      { Resource: '${element(split("/", aws_s3_object.file.arn), 0)}' },
    ]);
  });

  test("fetches nothing from S3 where the configuration is a file of the image", () => {
    const { text } = build({ fireLens: { outputs: { web: {} }, configuration: { file: "/more.conf" } } });
    expect(policy(text, "web_execution-policy-start").map(({ Sid }) => Sid)).toEqual(["Logs"]);
  });

  test("decrypts secrets in the Regions in which they are, by way of the stores that hold them", () => {
    const decrypting = (secrets: Record<string, { secretArn: string } | { parameterArn: string }>) =>
      policy(
        build({ containers: [taskContainer({ secrets })], secretKeyArns: [KEY_ARN] }).text,
        "web_execution-policy-start",
      ).at(-1)?.Condition;
    const via = (...stores: string[]) => ({ StringEquals: { "kms:ViaService": stores } });
    const abroad = SECRET_ARN.replace("eu-west-1", "eu-central-1");
    expect(decrypting({ A: { secretArn: abroad } })).toEqual(via("secretsmanager.eu-central-1.amazonaws.com"));
    expect(
      decrypting({
        A: { secretArn: abroad },
        B: { secretArn: SECRET_ARN },
        C: { parameterArn: PARAMETER_ARN.replace("eu-west-1", "us-east-1") },
      }),
    ).toEqual(
      via(
        "secretsmanager.eu-central-1.amazonaws.com",
        "secretsmanager.eu-west-1.amazonaws.com",
        "ssm.us-east-1.amazonaws.com",
      ),
    );
  });

  test("decrypts a secret that Terraform alone knows in the stack's own Region", () => {
    const { text } = build((stack) => {
      const { arn } = new SecretsmanagerSecret(stack, "secret", { name: "password" });
      return { containers: [taskContainer({ secrets: { A: { secretArn: arn } } })], secretKeyArns: [KEY_ARN] };
    });
    expect(policy(text, "web_execution-policy-start").at(-1)?.Condition).toEqual({
      StringEquals: { "kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com"] },
    });
  });
});
