import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { DEAD_LETTER_ARNS } from "../../model/arn-places";
import { nameProblem } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import {
  type DeadLetterQueueOptions,
  type DeadLetters,
  deadLetterQueueProblems,
} from "../../model/scheduler-dead-letters";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import { denyWithoutTls, type PolicyStatement, policyJson } from "../iam/policy-document";

export interface DeadLetterQueueProps extends DeadLetterQueueOptions {
  readonly queueName: string;
  /** ARN of the EventBridge rule that alone may send to it as a service. @default - none: senders have roles */
  readonly ruleArn?: string;
}

/** Where something goes that could not be started. */
export interface DeadLetterTarget {
  /** Nothing when that is nowhere. */
  readonly queueArn: string | undefined;
  /** Nothing unless it is a queue of its own. */
  readonly queueUrl: string | undefined;
}

const SECONDS_PER_DAY = 86_400;
const DEFAULT_RETENTION_DAYS = 14;

/**
 * An encrypted SQS queue for what EventBridge could not deliver, which takes messages over TLS alone. Whoever looks
 * after the system reads it, and sends again what was lost.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 * @example
 * new DeadLetterQueue(this, "dead-letters", { queueName: "shop-nightly-schedule-dead-letters" });
 */
export class DeadLetterQueue extends Construct {
  readonly queueArn: string;
  readonly queueUrl: string;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const { queueName, kmsKeyArn, retentionInDays = DEFAULT_RETENTION_DAYS } = props;
    refuse(this, [
      ifKnown(queueName, (name) => nameProblem("queue", name, "choose another name of what sends to it")),
      ...deadLetterQueueProblems(props, isKnown),
      ...arnPlaceProblems(props, DEAD_LETTER_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    const environment = AwsEnvironment.of(this);
    const queue = new SqsQueue(this, "queue", {
      name: queueName,
      messageRetentionSeconds: retentionInDays * SECONDS_PER_DAY,
      policy: policyJson(queueStatements(environment.arn("sqs", queueName), environment.account, props.ruleArn)),
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
    });
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.createAlarm(props);
  }

  /** Tells people when a message has come: nobody looks into a queue that is always empty. */
  private createAlarm({ queueName, topicArns }: DeadLetterQueueProps): void {
    if (topicArns === undefined) {
      return;
    }
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: queueName,
      alarmDescription: `Something could not be delivered and lies in queue ${queueName}`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      // A queue that nobody has used for a while reports nothing.
      treatMissingData: "notBreaching",
      alarmActions: [...topicArns],
    });
  }
}

/** Only over TLS; and where a rule sends, which has no role for that, from this rule alone. */
function queueStatements(queueArn: string, account: string, ruleArn: string | undefined): PolicyStatement[] {
  const resources = [queueArn];
  return [
    denyWithoutTls("sqs:*", resources),
    ...(ruleArn === undefined
      ? []
      : [
          {
            sid: "UndeliveredEvents",
            actions: ["sqs:SendMessage"],
            resources,
            principal: { service: "events.amazonaws.com" },
            conditions: { ArnEquals: { "aws:SourceArn": ruleArn }, StringEquals: { "aws:SourceAccount": account } },
          },
        ]),
  ];
}

/** The queue that was given, one of its own below `scope`, or none. */
export function deadLetterTarget(
  scope: Construct,
  deadLetters: DeadLetters = {},
  own: Pick<DeadLetterQueueProps, "queueName" | "ruleArn">,
): DeadLetterTarget {
  if (deadLetters === false) {
    return { queueArn: undefined, queueUrl: undefined };
  }
  return "queueArn" in deadLetters
    ? { queueArn: deadLetters.queueArn, queueUrl: undefined }
    : new DeadLetterQueue(scope, "dead-letters", { ...deadLetters, ...own });
}
