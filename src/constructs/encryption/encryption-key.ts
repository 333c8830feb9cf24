import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import { type PolicyStatement, policyJson } from "../iam/policy-document";

/** What an `EncryptionKey` is told. */
export interface EncryptionKeyProps {
  /** Alias without the `alias/` in front. */
  readonly alias: string;
  readonly description: string;
  /** CloudWatch log groups that the key may encrypt, by name. @default - none */
  readonly logGroupNames?: readonly string[];
  /** ARNs of roles that may use the key and grant its use to AWS services, as EKS does. @default - none */
  readonly grantableTo?: readonly string[];
  /** Days between the key's deletion and its end, 7 to 30. @default 30 */
  readonly deletionWindowInDays?: number;
}

/**
 * A symmetric KMS key that AWS rotates every year, with an alias. Its policy leaves access to the account's IAM
 * policies and lets CloudWatch Logs use it for the named log groups only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowInDays ?? 30,
      policy: policyJson(keyPolicy(AwsEnvironment.of(this), props)),
    });
    new KmsAlias(this, "alias", { name: `alias/${props.alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

function keyPolicy(environment: AwsEnvironment, props: EncryptionKeyProps): PolicyStatement[] {
  const { logGroupNames = [], grantableTo = [] } = props;
  return [
    {
      sid: "AccountPolicies",
      actions: ["kms:*"],
      resources: ["*"],
      principal: { aws: environment.iamArn("root") },
    },
    ...(logGroupNames.length === 0 ? [] : [logStatement(environment, logGroupNames)]),
    ...grantableTo.flatMap(roleStatements),
  ];
}

function logStatement(environment: AwsEnvironment, logGroupNames: readonly string[]): PolicyStatement {
  return {
    sid: "CloudWatchLogs",
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    principal: { service: `logs.${environment.region}.${environment.partition.dnsSuffix}` },
    conditions: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": logGroupNames.map((name) => environment.arn("logs", `log-group:${name}`)),
      },
    },
  };
}

function roleStatements(roleArn: string): PolicyStatement[] {
  const principal = { aws: roleArn };
  return [
    { actions: ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants"], resources: ["*"], principal },
    {
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      principal,
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
