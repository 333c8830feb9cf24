import type { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import type { PolicyStatement } from "../iam/policy-document";
import { runTaskStatements } from "./run-task-policy";
import { LOG_DELIVERY } from "./task-workflow-logs";

export interface TaskWorkflowRoleOptions {
  readonly stateMachineArn: string;
  readonly logs: boolean;
  readonly tracing: boolean;
  readonly kmsKeyArn: string | undefined;
}

/**
 * What the role of a workflow needs: to run its tasks on the cluster and stop them, to hear of their end, and to write
 * records and traces.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function workflowStatements(
  scope: Construct,
  cluster: IEcsCluster,
  taskDefinitions: readonly ITaskDefinition[],
  { stateMachineArn, logs, tracing, kmsKeyArn }: TaskWorkflowRoleOptions,
): PolicyStatement[] {
  const environment = AwsEnvironment.of(scope);
  return [
    ...runTaskStatements(scope, cluster, taskDefinitions),
    {
      sid: "WatchAndStopTasks",
      actions: ["ecs:DescribeTasks", "ecs:StopTask"],
      resources: [environment.arn("ecs", `task/${cluster.clusterName}/*`)],
      conditions: { ArnEquals: { "ecs:cluster": cluster.clusterArn } },
    },
    {
      // A rule that Step Functions keeps in the account, by which it hears of the end of all tasks it has run.
      sid: "HearOfTheEndOfTasks",
      actions: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      resources: [environment.arn("events", "rule/StepFunctionsGetEventsForECSTaskRule")],
    },
    ...(logs ? [LOG_DELIVERY] : []),
    ...(tracing ? [TRACES] : []),
    ...(kmsKeyArn === undefined ? [] : keyStatements(environment, stateMachineArn, kmsKeyArn, logs)),
  ];
}

/** None of them can be narrowed to a resource. */
const TRACES: PolicyStatement = {
  sid: "SendTraces",
  actions: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resources: ["*"],
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html */
function keyStatements(
  environment: AwsEnvironment,
  stateMachineArn: string,
  kmsKeyArn: string,
  logs: boolean,
): PolicyStatement[] {
  const resources = [kmsKeyArn];
  return [
    {
      sid: "EncryptExecutions",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources,
      conditions: { StringEquals: { "kms:EncryptionContext:aws:states:stateMachineArn": stateMachineArn } },
    },
    ...(logs
      ? [
          {
            sid: "EncryptLogsOnTheirWay",
            actions: ["kms:GenerateDataKey"],
            resources,
            conditions: { StringEquals: { "kms:EncryptionContext:SourceArn": environment.arn("logs", "*") } },
          },
        ]
      : []),
  ];
}
