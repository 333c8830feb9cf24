import { alarmsProblems } from "./alarms";
import { type Problem, problemAt, quote, under } from "./problem";
import type { BacklogScaling } from "./queue-worker";

/** Alarms of a queue that is worked off. */
export interface QueueAlarmsOptions {
  /** ARNs of the SNS topics that hear when an alarm goes off, and when it is over; five at most. @default - none */
  readonly topicArns?: readonly string[];
  /** Goes off when messages were given up; `false` for no alarm. @default - at the first one */
  readonly deadLetters?: { readonly messages?: number } | false;
  /** Goes off when a message waits too long; `false` for no alarm. @default - as `AgeAlarm` has it */
  readonly age?: AgeAlarm | false;
}

/** When somebody is told that the oldest message waits too long. */
export interface AgeAlarm {
  /** @default - twice the acceptable latency, 900 at least; 3600 where that is not known */
  readonly seconds?: number;
  /** For how many minutes. @default 5 */
  readonly minutes?: number;
}

/** An alarm as it is created. */
export interface PlannedQueueAlarm {
  /** As names and ids have it. */
  readonly key: "age" | "dead-letters";
  readonly description: string;
  readonly metric: "ApproximateAgeOfOldestMessage" | "ApproximateNumberOfMessagesVisible";
  readonly threshold: number;
  readonly minutes: number;
}

const DEFAULT_AGE = 3600;
/** A queue that was not used for six hours publishes metrics with a delay of up to 15 minutes. */
const LEAST_AGE = 900;
const DEFAULT_AGE_MINUTES = 5;
const DAY_IN_MINUTES = 1440;

/** The alarms that are wanted. */
export function plannedQueueAlarms(
  options: QueueAlarmsOptions,
  scaling: Pick<BacklogScaling, "acceptableLatencyInSeconds">,
  hasDeadLetters: boolean,
): PlannedQueueAlarm[] {
  const { age = {}, deadLetters = {} } = options;
  const { acceptableLatencyInSeconds: latency } = scaling;
  const defaultAge = latency === undefined ? DEFAULT_AGE : Math.max(LEAST_AGE, 2 * latency);
  return [
    ...(age === false
      ? []
      : [
          {
            key: "age" as const,
            description: "A message waits too long. The tasks are too few, or fail, or do not start",
            metric: "ApproximateAgeOfOldestMessage" as const,
            threshold: age.seconds ?? defaultAge,
            minutes: age.minutes ?? DEFAULT_AGE_MINUTES,
          },
        ]),
    ...(deadLetters === false || !hasDeadLetters
      ? []
      : [
          {
            key: "dead-letters" as const,
            description: "Messages were given up. Look at them, correct what fails, and move them back",
            metric: "ApproximateNumberOfMessagesVisible" as const,
            threshold: (deadLetters.messages ?? 1) - 1,
            minutes: 1,
          },
        ]),
  ];
}

/**
 * What is wrong with the alarms.
 *
 * @param isKnown whether a value is known at synth; what is not is left to AWS
 */
export function queueAlarmsProblems(
  { topicArns = [], age = {}, deadLetters = {} }: QueueAlarmsOptions,
  hasDeadLetters: boolean,
  isKnown: (value: string) => boolean = () => true,
): Problem[] {
  const whole = (value: number | undefined, max: number) =>
    value === undefined || (Number.isInteger(value) && value >= 1 && value <= max);
  const most = Number.MAX_SAFE_INTEGER;
  return [
    // Without a choice of alarms it is about the topics alone.
    ...alarmsProblems({ topicArns }, isKnown),
    ...(age === false
      ? []
      : under("age", [
          ...problemAt(
            ["seconds"],
            whole(age.seconds, most)
              ? undefined
              : `'seconds' of alarm "age" must be a whole number of at least 1, got ${quote(age.seconds)}`,
          ),
          ...problemAt(
            ["minutes"],
            whole(age.minutes, DAY_IN_MINUTES)
              ? undefined
              : `'minutes' of alarm "age" must be a whole number from 1 to ${DAY_IN_MINUTES}, got ${quote(age.minutes)}`,
          ),
        ])),
    ...(deadLetters === false
      ? []
      : under("deadLetters", [
          ...problemAt(
            ["messages"],
            whole(deadLetters.messages, most)
              ? undefined
              : `'messages' of alarm "deadLetters" must be a whole number of at least 1, got ${quote(deadLetters.messages)}`,
          ),
          ...problemAt(
            [],
            deadLetters.messages !== undefined && !hasDeadLetters
              ? `alarm "deadLetters" watches a dead-letter queue, and there is none; leave it out`
              : undefined,
          ),
        ])),
  ];
}
