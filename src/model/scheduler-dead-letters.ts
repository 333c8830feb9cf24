import type { Known } from "./container-spec";
import { kmsKeyArnProblem } from "./kms-key";
import { type Problem, problemAt, quote } from "./problem";
import { wholeProblem } from "./scheduler-schedule";

/** A queue of its own for what could not be started. */
export interface DeadLetterQueueOptions {
  /** Days to keep messages, 1 to 14. @default 14 */
  readonly retentionInDays?: number;
  /** ARN of the KMS key that encrypts messages, whose policy lets EventBridge use it. @default - a key of SQS */
  readonly kmsKeyArn?: string;
  /** ARNs of SNS topics that are told when a message comes. @default - no alarm */
  readonly alarmActions?: readonly string[];
}

/** A queue that is there already, whose policy lets EventBridge send to it. */
export interface ExistingDeadLetterQueue {
  /** ARN of the queue. */
  readonly queueArn: string;
}

/** Where goes what could not be started, or `false` for nowhere. */
export type DeadLetters = DeadLetterQueueOptions | ExistingDeadLetterQueue | false;

/** Source: API model of SQS, MessageRetentionPeriod, 2026-11-17. */
const RETENTION_DAYS = [1, 14] as const;

const QUEUE_ARN = /^arn:[\w-]+:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/;
const ACTION_ARN = /^arn:[\w-]+:[a-z0-9-]+:[a-z0-9-]*:\d{12}:\S+$/;

/** What is wrong with where undelivered messages go. */
export function deadLettersProblems(deadLetters: DeadLetters, known: Known = () => true): Problem[] {
  if (deadLetters === false) {
    return [];
  }
  if (!("queueArn" in deadLetters)) {
    return deadLetterQueueProblems(deadLetters, known);
  }
  const { queueArn } = deadLetters;
  const others = Object.keys(deadLetters).filter((property) => property !== "queueArn");
  return [
    ...problemAt(
      ["queueArn"],
      !known(queueArn) || QUEUE_ARN.test(queueArn)
        ? undefined
        : `'queueArn' must be the ARN of a standard SQS queue, like "arn:aws:sqs:eu-west-1:111122223333:dead-letters", got ${quote(queueArn)}`,
    ),
    ...others.map((property) => ({
      at: [property],
      message: `'${property}' is for a new queue, and 'queueArn' names one that is there; keep one of them`,
    })),
  ];
}

/** What is wrong with a queue of its own. */
export function deadLetterQueueProblems(options: DeadLetterQueueOptions, known: Known = () => true): Problem[] {
  const { retentionInDays, kmsKeyArn, alarmActions = [] } = options;
  return [
    ...problemAt(["retentionInDays"], wholeProblem("retentionInDays", retentionInDays, RETENTION_DAYS)),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn),
    ),
    ...alarmActions.flatMap((arn, index) =>
      problemAt(
        ["alarmActions", index],
        !known(arn) || ACTION_ARN.test(arn)
          ? undefined
          : `'alarmActions' must hold ARNs of SNS topics, like "arn:aws:sns:eu-west-1:111122223333:alarms", got ${quote(arn)}`,
      ),
    ),
  ];
}
