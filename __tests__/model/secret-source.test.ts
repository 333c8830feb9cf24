import type { SecretSource } from "../../src/model/container-spec";
import { awsSecretProblems, secretArnProblem, sourceArn, valueFrom } from "../../src/model/secret-source";
import { PARAMETER_ARN, SECRET_ARN, told } from "../support/tasks";

const problems = (source: SecretSource) => told(awsSecretProblems(source, `secret "A"`, "which is elsewhere"));

describe("a secret that AWS keeps", () => {
  test.each<SecretSource>([
    { secretArn: SECRET_ARN },
    { secretArn: SECRET_ARN, jsonKey: "password", versionStage: "AWSPREVIOUS" },
    { secretArn: "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:a-AbCdEf" },
    {
      secretArn:
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-01234567-89ab-cdef-0123-456789abcdef-AbCdEf",
    },
    {
      secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-01234567-89ab-AbCdEf",
      jsonKey: "password",
    },
    { parameterArn: PARAMETER_ARN },
  ])("is %j", (source) => {
    expect(problems(source)).toEqual([]);
  });

  test("is not a Kubernetes Secret, with its reason and what to do", () => {
    expect(problems({ secretName: "a", key: "b" })).toEqual([
      [
        "secretName",
        `secret "A" is a Kubernetes Secret, which is elsewhere; copy it to AWS Secrets Manager and give its 'secretArn'`,
      ],
    ]);
  });

  test("is in one place", () => {
    expect(problems({} as SecretSource)).toEqual([
      ["", `secret "A" must be kept in one place, by 'secretArn' or 'parameterArn', got none`],
    ]);
    expect(problems({ secretArn: SECRET_ARN, parameterArn: PARAMETER_ARN })).toEqual([
      ["", `secret "A" must be kept in one place, by 'secretArn' or 'parameterArn', got "parameterArn", "secretArn"`],
    ]);
  });

  test.each(["web/password", SECRET_ARN.replace("-AbCdEf", ""), SECRET_ARN.replace("secretsmanager", "ssm")])(
    "has its whole ARN, and not %j",
    (arn) => {
      expect(secretArnProblem("'secretArn'", arn)).toBe(
        `'secretArn' must be the whole ARN of a secret, with the six characters that AWS puts behind its name, like "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf", got "${arn}"`,
      );
    },
  );

  test.each<[string, SecretSource]>([
    ["parameterArn", { parameterArn: "/web/url" }],
    ["jsonKey", { secretArn: SECRET_ARN, jsonKey: "a:b" }],
    ["versionStage", { secretArn: SECRET_ARN, versionStage: "a:b" }],
  ])("has a '%s' that AWS takes", (property, source) => {
    expect(problems(source).map(([at]) => at)).toEqual([property]);
  });

  test("is read whole and as it is when it is a parameter", () => {
    const source: SecretSource = { parameterArn: PARAMETER_ARN };
    expect(problems({ ...source, jsonKey: "url", versionStage: "AWSPREVIOUS" } as SecretSource)).toEqual([
      [
        "jsonKey",
        `'jsonKey' of secret "A" is for a secret of AWS Secrets Manager, and a parameter is read whole and as it is, got "url"; leave it out, or keep the value as 'secretArn'`,
      ],
      [
        "versionStage",
        `'versionStage' of secret "A" is for a secret of AWS Secrets Manager, and a parameter is read whole and as it is, got "AWSPREVIOUS"; leave it out, or keep the value as 'secretArn'`,
      ],
    ]);
  });

  test("is not asked for what Terraform alone knows", () => {
    const source = { secretArn: "${aws_secretsmanager_secret.a.arn}" };
    expect(awsSecretProblems(source, "it", "", () => false)).toEqual([]);
  });
});

test.each<[string | undefined, SecretSource]>([
  [SECRET_ARN, { secretArn: SECRET_ARN }],
  [`${SECRET_ARN}:url::`, { secretArn: SECRET_ARN, jsonKey: "url" }],
  [`${SECRET_ARN}::AWSPREVIOUS:`, { secretArn: SECRET_ARN, versionStage: "AWSPREVIOUS" }],
  [`${SECRET_ARN}:url:AWSPREVIOUS:`, { secretArn: SECRET_ARN, jsonKey: "url", versionStage: "AWSPREVIOUS" }],
  [PARAMETER_ARN, { parameterArn: PARAMETER_ARN }],
  [undefined, { secretName: "a", key: "b" }],
])("ECS reads it by %s", (expected, source) => {
  expect(valueFrom(source)).toBe(expected);
  expect(sourceArn(source)).toBe("secretArn" in source ? SECRET_ARN : expected);
});
