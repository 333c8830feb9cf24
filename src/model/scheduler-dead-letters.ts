import type { Known } from "./container-spec";
import { kmsKeyArnProblem } from "./kms-key";
import { type Problem, problemAt, quote } from "./problem";
import { queueOfArn } from "./queue";
import { wholeProblems } from "./whole-number";

/** A queue of its own for what could not be started. */
export interface DeadLetterQueueOptions {
  /** Days to keep messages, 1 to 14. @default 14 */
  readonly retentionInDays?: number;
  /** ARN of the KMS key that encrypts messages, whose policy lets EventBridge use it. @default - a key of SQS */
  readonly kmsKeyArn?: string;
  /** ARNs of SNS topics that are told when a message comes. @default - no alarm */
  readonly topicArns?: readonly string[];
}

/** A queue that is there already, whose policy lets EventBridge send to it. */
export interface ExistingDeadLetterQueue {
  /** ARN of the queue. */
  readonly queueArn: string;
  /** ARN of the KMS key that encrypts the queue's messages, which a schedule's role uses. @default - a key of SQS */
  readonly kmsKeyArn?: string;
}

/** Where goes what could not be started, or `false` for nowhere. */
export type DeadLetters = DeadLetterQueueOptions | ExistingDeadLetterQueue | false;

/** Source: API model of SQS, MessageRetentionPeriod, 2026-11-17. */
const RETENTION_DAYS = [1, 14] as const;

const OF_EXISTING: readonly string[] = ["queueArn", "kmsKeyArn"];

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
  const others = Object.keys(deadLetters).filter((property) => !OF_EXISTING.includes(property));
  return [
    ...problemAt(
      ["queueArn"],
      !known(queueArn) || queueOfArn(queueArn)?.queueName.endsWith(".fifo") === false
        ? undefined
        : `'queueArn' must be the ARN of a standard SQS queue, like "arn:aws:sqs:eu-west-1:111122223333:dead-letters", got ${quote(queueArn)}`,
    ),
    ...keyProblems(deadLetters, known),
    ...others.map((property) => ({
      at: [property],
      message: `'${property}' is for a new queue, and 'queueArn' names one that is there; keep one of them`,
    })),
  ];
}

/** What is wrong with a queue of its own. */
export function deadLetterQueueProblems(options: DeadLetterQueueOptions, known: Known = () => true): Problem[] {
  const { retentionInDays, topicArns = [] } = options;
  return [
    ...wholeProblems("retentionInDays", retentionInDays, RETENTION_DAYS),
    ...keyProblems(options, known),
    ...topicArns.flatMap((arn, index) =>
      problemAt(
        ["topicArns", index],
        !known(arn) || ACTION_ARN.test(arn)
          ? undefined
          : `'topicArns' must hold ARNs of SNS topics, like "arn:aws:sns:eu-west-1:111122223333:alarms", got ${quote(arn)}`,
      ),
    ),
  ];
}

function keyProblems({ kmsKeyArn }: { readonly kmsKeyArn?: string }, known: Known): Problem[] {
  return problemAt(
    ["kmsKeyArn"],
    kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn),
  );
}

/**
 * What is wrong with where a rule of EventBridge sends what it could not start. It sends as a service and not with a
 * role, so that policies of the queue and of its key have to let it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function ruleDeadLettersProblems(deadLetters: DeadLetters, known: Known = () => true): Problem[] {
  return [
    ...deadLettersProblems(deadLetters, known),
    ...problemAt(
      ["kmsKeyArn"],
      deadLetters !== false && "queueArn" in deadLetters && deadLetters.kmsKeyArn !== undefined
        ? "'kmsKeyArn' beside 'queueArn' is for schedules, whose roles use the key, and a rule has none for that; let events.amazonaws.com use kms:Decrypt and kms:GenerateDataKey by the key's policy, and leave it out"
        : undefined,
    ),
  ];
}
