import { ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../src/constructs/serverless/app-runner-service";
import { resource, stackFor, statements, synth } from "../../support/stack";
import { KEY_ARN as KEY, PARAMETER_ARN as PARAMETER, SECRET_ARN as SECRET, taskContainer } from "../../support/tasks";

const WEB = taskContainer({ image: "public.ecr.aws/nginx/nginx:1.29", ports: { http: 8080 } });

function build(props: Partial<AppRunnerServiceProps> = {}) {
  const stack = stackFor();
  new AppRunnerService(stack, "web", { serviceName: "shop-web", container: WEB, ...props });
  return { text: synth(stack) };
}

const policy = (text: string, name: string) => statements(resource(text, IamRolePolicy, name).policy);

describe("secrets of an AppRunnerService", () => {
  test("are read by the instance role, and no others, with their keys", () => {
    const secrets = {
      A: { secretArn: SECRET, jsonKey: "a" },
      B: { secretArn: SECRET, jsonKey: "b" },
      C: { parameterArn: PARAMETER },
    };
    const { text } = build({ container: { ...WEB, secrets }, secretKeyArns: [KEY] });
    expect(policy(text, "web_roles_instance-policy-secrets")).toEqual([
      { Sid: "Secrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET },
      { Sid: "Parameters", Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER },
      {
        Sid: "SecretKeys",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY,
        Condition: {
          StringEquals: {
            "kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"],
          },
        },
      },
    ]);
    expect(resource(text, ApprunnerService).depends_on).toContain(
      "aws_iam_role_policy.web_roles_instance-policy-secrets",
    );
  });

  test("of another Region are decrypted there", () => {
    const secrets = { A: { secretArn: SECRET.replace("eu-west-1", "eu-central-1") } };
    const { text } = build({ container: { ...WEB, secrets }, secretKeyArns: [KEY] });
    expect(policy(text, "web_roles_instance-policy-secrets")[1]?.Condition).toEqual({
      StringEquals: { "kms:ViaService": ["secretsmanager.eu-central-1.amazonaws.com"] },
    });
  });
});
