import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { type PolicyConditions, type PolicyStatement, policyJson } from "../iam/policy-document";

/**
 * A KMS key that Fargate encrypts the ephemeral storage of one cluster's tasks with.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html
 */
export class FargateStorageKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, clusterName: string) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: `Ephemeral storage of Fargate tasks in ECS cluster ${clusterName}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyJson(statements(AwsEnvironment.of(this), clusterName)),
    });
    new KmsAlias(this, "alias", { name: `alias/${names.fargateStorageKey(clusterName)}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

function statements(environment: AwsEnvironment, clusterName: string): PolicyStatement[] {
  const principal = { service: "fargate.amazonaws.com" };
  // Fargate names the cluster in each request, and with it nobody else's tasks are encrypted.
  const ofTheCluster: PolicyConditions = {
    StringEquals: {
      "kms:EncryptionContext:aws:ecs:clusterAccount": environment.account,
      "kms:EncryptionContext:aws:ecs:clusterName": clusterName,
    },
  };
  return [
    {
      sid: "AccountPolicies",
      actions: ["kms:*"],
      resources: ["*"],
      principal: { aws: environment.iamArn("root") },
    },
    {
      sid: "FargateDataKeys",
      actions: ["kms:GenerateDataKeyWithoutPlaintext"],
      resources: ["*"],
      principal,
      conditions: ofTheCluster,
    },
    {
      sid: "FargateGrants",
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      principal,
      conditions: { ...ofTheCluster, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
    },
  ];
}
