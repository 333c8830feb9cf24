import { kmsKeyArnProblem } from "./kms-key";
import { nameProblem } from "./names";
import { type Problem, problemAt, quote, under } from "./problem";
import { wholeProblems } from "./whole-number";

/** A queue that keeps the order of messages, within a group of them. */
export interface FifoOptions {
  /** Whether two messages with the same content are one. @default false: senders give each a deduplication id */
  readonly contentBasedDeduplication?: boolean;
  /** Whether limits count for each message group, so that thousands a second go through. @default true */
  readonly highThroughput?: boolean;
}

/** Where messages go that nobody could work off. */
export interface DeadLetterOptions {
  /** How often a message is received before it is given up, 1 to 1000. @default 5 */
  readonly maxReceiveCount?: number;
  /** How long they are kept, 60 to 1209600 seconds. @default 1209600: 14 days */
  readonly retentionInSeconds?: number;
}

/** A queue of Amazon SQS. */
export interface QueueOptions {
  /** Name, without the `.fifo` that AWS wants behind that of a FIFO queue. @default - derived */
  readonly queueName?: string;
  /** Seconds for which a message that was received is hidden from others, 0 to 43200. @default 300 */
  readonly visibilityTimeoutInSeconds?: number;
  /** How long messages are kept that nobody works off, 60 to 1209600 seconds. @default 345600: 4 days */
  readonly retentionInSeconds?: number;
  /** Seconds for which new messages are hidden, 0 to 900. @default 0 */
  readonly delayInSeconds?: number;
  /** Bytes that a message may have, 1024 to 1048576. @default 1048576: 1 MiB */
  readonly maxMessageSizeInBytes?: number;
  /** Seconds that a request for messages waits for one, 0 to 20. @default 20 */
  readonly receiveWaitInSeconds?: number;
  /** `{}` for a queue that keeps the order of messages. @default - a standard queue */
  readonly fifo?: FifoOptions;
  /** Where messages go that nobody could work off; `false` for none. @default - a queue of its own */
  readonly deadLetter?: DeadLetterOptions | false;
  /** ARN of the KMS key that encrypts the messages. @default - a key of SQS's own, which costs nothing (SSE-SQS) */
  readonly kmsKeyArn?: string;
  /** Whether Terraform refuses to delete the queues, and the messages with them. @default true */
  readonly deletionProtection?: boolean;
}

const DAY_IN_SECONDS = 86_400;

export const QUEUE_DEFAULTS = {
  visibilityTimeoutInSeconds: 300,
  retentionInSeconds: 4 * DAY_IN_SECONDS,
  delayInSeconds: 0,
  maxMessageSizeInBytes: 1_048_576,
  receiveWaitInSeconds: 20,
} as const;

export const DEAD_LETTER_DEFAULTS = { maxReceiveCount: 5, retentionInSeconds: 14 * DAY_IN_SECONDS } as const;

/**
 * As of 2026-11-21. Source: API reference of Amazon SQS, SetQueueAttributes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const RANGES = {
  visibilityTimeoutInSeconds: [0, 43_200],
  retentionInSeconds: [60, 1_209_600],
  delayInSeconds: [0, 900],
  maxMessageSizeInBytes: [1024, 1_048_576],
  receiveWaitInSeconds: [0, 20],
  maxReceiveCount: [1, 1000],
} as const;

const QUEUE_ARN = /^arn:[\w-]+:sqs:([a-z0-9-]+):(\d{12}):([\w-]{1,80}(?:\.fifo)?)$/;

const FIFO_SUFFIX = ".fifo";
const DEAD_LETTER = "-dead-letters";

/** The names that AWS knows the queue and its dead-letter queue by. */
export function queueNames(
  base: string,
  { fifo }: QueueOptions,
): { readonly queue: string; readonly deadLetter: string } {
  const suffix = fifo === undefined ? "" : FIFO_SUFFIX;
  return { queue: `${base}${suffix}`, deadLetter: `${base}${DEAD_LETTER}${suffix}` };
}

/** What the ARN of a queue tells of it, or `undefined` where it is none. */
export function queueOfArn(
  queueArn: string,
): { readonly region: string; readonly account: string; readonly queueName: string } | undefined {
  const [, region = "", account = "", queueName] = QUEUE_ARN.exec(queueArn) ?? [];
  return queueName === undefined ? undefined : { region, account, queueName };
}

/** Why it is no ARN of a queue, or `undefined`. */
export function queueArnProblem(queueArn: string): string | undefined {
  return QUEUE_ARN.test(queueArn)
    ? undefined
    : `'queueArn' must be the ARN of an SQS queue, like "arn:aws:sqs:eu-west-1:111122223333:shop-orders", got ${quote(queueArn)}`;
}

/** Why AWS would refuse the names of the queue or of its dead-letter queue, which has more behind it. */
export function queueNameProblem(base: string, { fifo, deadLetter }: QueueOptions, fix: string): string | undefined {
  const behind = (deadLetter === false ? 0 : DEAD_LETTER.length) + (fifo === undefined ? 0 : FIFO_SUFFIX.length);
  return nameProblem("queue", base, fix, behind);
}

/**
 * What is wrong with a queue.
 *
 * @param isKnown whether a value is known at synth; what is not is left to AWS
 */
export function queueProblems(options: QueueOptions, isKnown: (value: string) => boolean = () => true): Problem[] {
  const { deadLetter = {}, kmsKeyArn } = options;
  return [
    ...(Object.keys(QUEUE_DEFAULTS) as (keyof typeof QUEUE_DEFAULTS)[]).flatMap((property) =>
      wholeProblems(property, options[property], RANGES[property], "of the queue"),
    ),
    ...(deadLetter === false ? [] : under("deadLetter", deadLetterProblems(deadLetter, options))),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn !== undefined && isKnown(kmsKeyArn) ? kmsKeyArnProblem("kmsKeyArn", kmsKeyArn) : undefined,
    ),
  ];
}

function deadLetterProblems(options: DeadLetterOptions, queue: QueueOptions): Problem[] {
  const ranges = (["maxReceiveCount", "retentionInSeconds"] as const).flatMap((property) =>
    wholeProblems(property, options[property], RANGES[property], "of 'deadLetter'"),
  );
  const kept = options.retentionInSeconds ?? DEAD_LETTER_DEFAULTS.retentionInSeconds;
  const before = queue.retentionInSeconds ?? QUEUE_DEFAULTS.retentionInSeconds;
  // Of a FIFO queue a message begins a new life there.
  return ranges.length > 0 || queue.fifo !== undefined || kept > before
    ? ranges
    : problemAt(
        ["retentionInSeconds"],
        `'retentionInSeconds' of 'deadLetter' must be longer than the queue's (${before}), as a message keeps its age when it goes there, got ${kept}; ${
          before < RANGES.retentionInSeconds[1] ? "raise it" : "lower 'retentionInSeconds' of the queue"
        }`,
      );
}

/**
 * Why the URL is not that of the queue, or `undefined`. Hosts differ, as there are older ones and those of endpoints;
 * what stands behind them does not.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function existingQueueUrlProblem(queueArn: string, queueUrl: string): string | undefined {
  const [account, name] = queueArn.split(":").slice(4);
  const end = `/${account}/${name}`;
  return /^https?:\/\/[^/]/.test(queueUrl) && queueUrl.endsWith(end)
    ? undefined
    : `'queueUrl' must be the URL of the queue of 'queueArn', which ends with ${quote(end)}, got ${quote(queueUrl)}; correct one of the two, or leave 'queueUrl' out`;
}
