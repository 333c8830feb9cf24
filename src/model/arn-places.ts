import type { Agreement, ArnPlaces } from "./place";

/**
 * Where what is named by ARNs has to be.
 *
 * As of 2026-11-22. A KMS key works in its Region alone, for other accounts too ("Security of AWS KMS", keys are
 * regional). A role can be passed to a service of its own account alone (IAM, "Grant a user permissions to pass a role to
 * an AWS service"). An alarm of CloudWatch tells topics of its Region and partition alone (error of PutMetricAlarm:
 * "Invalid region … specified"). Secrets and parameters may be in another account or Region. Credentials of an ECR cache
 * are in its account and Region (ECR, "Creating a pull through cache rule").
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html
 */
const REGION: readonly Agreement[] = ["region"];
const ACCOUNT: readonly Agreement[] = ["account"];
const BOTH: readonly Agreement[] = ["region", "account"];
const PARTITION: readonly Agreement[] = [];

export const TASK_ARNS: ArnPlaces = {
  "logs.kmsKeyArn": REGION,
  taskRoleArn: ACCOUNT,
  executionRoleArn: ACCOUNT,
  "secretKeyArns.*": PARTITION,
  "containers.*.repositoryCredentials": PARTITION,
  "containers.*.secrets.*.secretArn": PARTITION,
  "containers.*.secrets.*.parameterArn": PARTITION,
  "fireLens.outputs.*.secrets.*.secretArn": PARTITION,
  "fireLens.outputs.*.secrets.*.parameterArn": PARTITION,
  "fireLens.configuration.s3Arn": PARTITION,
};

/** Where a function has to be that ECS calls is nowhere documented, and a warning. */
export const SERVICE_ARNS: ArnPlaces = {
  "deployment.hooks.*.lambdaArn": PARTITION,
  "deployment.hooks.*.roleArn": ACCOUNT,
};

export const CLUSTER_ARNS: ArnPlaces = {
  "exec.kmsKeyArn": REGION,
  "managedStorage.fargateKmsKeyArn": REGION,
  "managedStorage.ebsKmsKeyArn": REGION,
  serviceConnectNamespace: REGION,
};

export const REPOSITORY_ARNS: ArnPlaces = { kmsKeyArn: REGION };

export const CACHE_ARNS: ArnPlaces = { kmsKeyArn: REGION, credentialsArn: BOTH, upstreamRoleArn: ACCOUNT };

export const FILE_SYSTEM_ARNS: ArnPlaces = { kmsKeyArn: REGION };

/** Of a queue for what could not be started. */
export const DEAD_LETTER_ARNS: ArnPlaces = { kmsKeyArn: REGION, "topicArns.*": REGION };

export const SCHEDULE_ARNS: ArnPlaces = { kmsKeyArn: REGION };

export const WORKFLOW_ARNS: ArnPlaces = { kmsKeyArn: REGION, "logs.kmsKeyArn": REGION };

export const QUEUE_ARNS: ArnPlaces = { kmsKeyArn: REGION };

export const ALARM_ARNS: ArnPlaces = { "topicArns.*": REGION };

export const APP_RUNNER_ARNS: ArnPlaces = {
  kmsKeyArn: REGION,
  "secretKeyArns.*": PARTITION,
  "container.secrets.*.secretArn": PARTITION,
  "container.secrets.*.parameterArn": PARTITION,
};

export const BEANSTALK_ARNS: ArnPlaces = {
  certificateArn: REGION,
  "secretKeyArns.*": PARTITION,
  "containers.*.secrets.*.secretArn": PARTITION,
  "containers.*.secrets.*.parameterArn": PARTITION,
};
