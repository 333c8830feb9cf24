import type { Known, SecretSource, SecretsManagerSecret, SsmParameter } from "./container-spec";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/**
 * Source: API model of Secrets Manager; AWS puts "-" and six characters behind the name. In names of secrets that another
 * service of AWS manages, such as "rds!db-…", there is a "!".
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/;
const PARAMETER_ARN = /^arn:[\w-]+:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+$/;
const JSON_KEY = /^[^:\s]+$/;
const VERSION_STAGE = /^[\w+=,.@-]{1,256}$/;

const STORES = ["parameterArn", "secretArn", "secretName"] as const;

/**
 * What is wrong with a secret that AWS keeps.
 *
 * @param called how messages call it, such as `secret "PASSWORD" of container "web"`
 * @param why not from a Kubernetes Secret here
 */
export function awsSecretProblems(
  source: SecretSource,
  called: string,
  why: string,
  known: Known = () => true,
): Problem[] {
  const stores = STORES.filter((store) => Object.hasOwn(source, store));
  if (stores.length !== 1) {
    return [
      {
        at: [],
        message: `${called} must be kept in one place, by 'secretArn' or 'parameterArn', got ${stores.length === 0 ? "none" : quoteAll(stores)}`,
      },
    ];
  }
  if ("secretName" in source) {
    return [
      {
        at: ["secretName"],
        message: `${called} is a Kubernetes Secret, ${why}; copy it to AWS Secrets Manager and give its 'secretArn'`,
      },
    ];
  }
  if ("parameterArn" in source) {
    return parameterProblems(source, called, known);
  }
  const { secretArn, jsonKey, versionStage } = source;
  return [
    ...problemAt(["secretArn"], known(secretArn) ? secretArnProblem(`'secretArn' of ${called}`, secretArn) : undefined),
    ...problemAt(
      ["jsonKey"],
      jsonKey === undefined || !known(jsonKey) || JSON_KEY.test(jsonKey)
        ? undefined
        : `'jsonKey' of ${called} must be a key without ":" and spaces, got ${quote(jsonKey)}`,
    ),
    ...problemAt(
      ["versionStage"],
      versionStage === undefined || !known(versionStage) || VERSION_STAGE.test(versionStage)
        ? undefined
        : `'versionStage' of ${called} must be a staging label, like "AWSPREVIOUS", got ${quote(versionStage)}`,
    ),
  ];
}

function parameterProblems(source: SsmParameter & Partial<SecretsManagerSecret>, called: string, known: Known) {
  const { parameterArn } = source;
  return [
    ...problemAt(
      ["parameterArn"],
      !known(parameterArn) || PARAMETER_ARN.test(parameterArn)
        ? undefined
        : `'parameterArn' of ${called} must be the ARN of a parameter, like "arn:aws:ssm:eu-west-1:111122223333:parameter/web/password", got ${quote(parameterArn)}`,
    ),
    ...(["jsonKey", "versionStage"] as const).flatMap((property) =>
      problemAt(
        [property],
        source[property] === undefined
          ? undefined
          : `'${property}' of ${called} is for a secret of AWS Secrets Manager, and a parameter is read whole and as it is, got ${quote(source[property])}; leave it out, or keep the value as 'secretArn'`,
      ),
    ),
  ];
}

/** Why it is not the whole ARN of a secret, or `undefined`. */
export function secretArnProblem(property: string, arn: string): string | undefined {
  return SECRET_ARN.test(arn)
    ? undefined
    : `${property} must be the whole ARN of a secret, with the six characters that AWS puts behind its name, like "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf", got ${quote(arn)}`;
}

/** The ARN that permission is needed for; nothing of a Kubernetes Secret. */
export function sourceArn(source: SecretSource): string | undefined {
  return "secretArn" in source ? source.secretArn : "parameterArn" in source ? source.parameterArn : undefined;
}

/** The Region that an ARN names, or `undefined`. */
export function arnRegion(arn: string): string | undefined {
  return /^arn:[\w-]+:[\w-]+:([a-z0-9-]+):/.exec(arn)?.[1];
}

/**
 * What ECS and App Runner read the secret by: its ARN, and key, stage and version behind it where they are chosen.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function valueFrom(source: SecretSource): string | undefined {
  if (!("secretArn" in source)) {
    return sourceArn(source);
  }
  const { secretArn, jsonKey = "", versionStage = "" } = source;
  return jsonKey === "" && versionStage === "" ? secretArn : `${secretArn}:${jsonKey}:${versionStage}:`;
}
