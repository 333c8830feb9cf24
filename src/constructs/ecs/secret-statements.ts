import { arnRegion } from "../../model/secret-source";
import type { AwsEnvironment } from "../aws-environment";
import { isKnown } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";

/** What is read, and the keys that encrypt it. */
export interface ReadSecrets {
  /** ARNs of secrets of Secrets Manager. */
  readonly secretArns: readonly string[];
  /** ARNs of parameters of Parameter Store. */
  readonly parameterArns: readonly string[];
  /** ARNs of KMS keys, where they are not AWS's own. */
  readonly keyArns: readonly string[];
}

/** What a role needs to read secrets and no others: to decrypt by way of the stores alone that hold them. */
export function secretStatements(
  { secretArns, parameterArns, keyArns }: ReadSecrets,
  environment: AwsEnvironment,
): PolicyStatement[] {
  const stores = [
    ...storesOf("secretsmanager", secretArns, environment),
    ...storesOf("ssm", parameterArns, environment),
  ];
  return [
    { sid: "Secrets", actions: ["secretsmanager:GetSecretValue"], resources: [...new Set(secretArns)] },
    { sid: "Parameters", actions: ["ssm:GetParameters"], resources: [...new Set(parameterArns)] },
    {
      sid: "SecretKeys",
      actions: ["kms:Decrypt"],
      resources: stores.length === 0 ? [] : [...new Set(keyArns)],
      conditions: { StringEquals: { "kms:ViaService": stores } },
    },
  ].filter(({ resources }) => resources.length > 0);
}

/** A store as KMS knows it: that of each Region. One that Terraform alone knows is taken for the stack's. */
function storesOf(
  service: "secretsmanager" | "ssm",
  arns: readonly string[],
  { region, partition }: AwsEnvironment,
): string[] {
  const regions = new Set(arns.map((arn) => (isKnown(arn) ? (arnRegion(arn) ?? region) : region)));
  return [...regions].map((each) => `${service}.${each}.${partition.dnsSuffix}`);
}
