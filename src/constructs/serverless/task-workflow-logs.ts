import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { nameProblem, names } from "../../model/names";
import { quote } from "../../model/problem";
import { ifKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";

/** Which records of its executions a workflow keeps, and how long. */
export interface TaskWorkflowLogsOptions {
  /** What is recorded. @default "ALL" */
  readonly level?: "ALL" | "ERROR" | "FATAL";
  /** Whether the records hold what steps get and give. @default false */
  readonly includeExecutionData?: boolean;
  /** Days to keep the records. @default 365 */
  readonly retentionInDays?: number;
  /** ARN of the KMS key that encrypts them, whose policy lets CloudWatch Logs use it. @default - a key of CloudWatch Logs */
  readonly kmsKeyArn?: string;
}

export interface TaskWorkflowLogsProps extends TaskWorkflowLogsOptions {
  readonly stateMachineName: string;
}

const LEVELS = ["ALL", "ERROR", "FATAL"] as const;

/**
 * Records of a workflow's executions. The name of the log group begins with `/aws/vendedlogs/`: Step Functions lets
 * itself write by a policy of the account with 5,120 characters of room, and has one entry for all such groups.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export class TaskWorkflowLogs extends Construct {
  readonly logGroupName: string;
  /** How a state machine is told of them. */
  readonly configuration: { logDestination: string; level: string; includeExecutionData: boolean };

  constructor(scope: Construct, id: string, props: TaskWorkflowLogsProps) {
    super(scope, id);
    const { retentionInDays = DEFAULT_RETENTION_DAYS, level = "ALL", kmsKeyArn } = props;
    this.logGroupName = names.workflowLogGroup(props.stateMachineName);
    refuse(this, [
      ifKnown(this.logGroupName, (name) => nameProblem("logGroup", name, "choose another 'stateMachineName'")),
      retentionProblem("retentionInDays", retentionInDays),
      LEVELS.includes(level)
        ? undefined
        : `'level' must be one of ${LEVELS.map(quote).join(", ")}, got ${quote(level)}; for none say logs: false`,
      kmsKeyArn === undefined ? undefined : ifKnown(kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
    ]);
    const group = new CloudwatchLogGroup(this, "log-group", {
      name: this.logGroupName,
      retentionInDays,
      ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
    });
    this.configuration = {
      logDestination: `${group.arn}:*`,
      level,
      includeExecutionData: props.includeExecutionData ?? false,
    };
  }
}

/** What the role of a state machine needs for records: none of these can be narrowed to a log group. */
export const LOG_DELIVERY: PolicyStatement = {
  sid: "DeliverLogs",
  actions: [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
  ],
  resources: ["*"],
};
