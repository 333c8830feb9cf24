import { isTimeZone } from "../units/time-zone";
import { EVENTBRIDGE_SCHEDULER, expressionProblem, runsOnce } from "./aws-schedule";
import { kmsKeyArnProblem } from "./kms-key";
import { nameProblem, names } from "./names";
import { type Problem, problemAt, quote, under } from "./problem";
import { wholeProblems } from "./whole-number";

/** How often and how long EventBridge tries again when what it starts cannot be started. */
export interface InvocationRetries {
  /** 0 to 185. @default 185 */
  readonly attempts?: number;
  /** Seconds after which it gives up, 60 to 86400. @default 86400 (a day) */
  readonly maximumAgeInSeconds?: number;
}

/** When something is started, and how. */
export interface ScheduleOptions {
  /**
   * `cron(…)` with six fields, `rate(…)` or `at(…)`.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  readonly schedule: string;
  /** Name of the time zone in which `cron` and `at` are meant. @default "UTC" */
  readonly timeZone?: string;
  /** Minutes within which AWS may choose the moment, 1 to 1440. @default - none: at the moment itself */
  readonly flexibleWindowInMinutes?: number;
  /** When it begins to count, as `2026-12-01T00:00:00Z`. Not for `at`. @default - at once */
  readonly start?: string;
  /** When it ends to count, as `2027-12-01T00:00:00Z`. Not for `at`. @default - never */
  readonly end?: string;
  /** @default true */
  readonly enabled?: boolean;
  /** Up to 512 characters. @default - what it starts */
  readonly description?: string;
  /** Tries of starting, when it cannot be started. @default - AWS's: 185 times within a day */
  readonly retries?: InvocationRetries;
  /** ARN of the KMS key that encrypts the schedule. @default - a key of AWS */
  readonly kmsKeyArn?: string;
}

/** What the service itself takes when nothing is said. Source: API models of EventBridge and its Scheduler, 2026-11-17. */
const DEFAULT_RETRIES: Required<InvocationRetries> = { attempts: 185, maximumAgeInSeconds: 86_400 };

const RETRIES = { attempts: [0, 185], maximumAgeInSeconds: [60, 86_400] } as const;
const WINDOW_MINUTES = [1, 1440] as const;
const MAX_DESCRIPTION = 512;
const MAX_TIME_ZONE = 50;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A name, and not a number of hours, which the Scheduler refuses. */
const TIME_ZONE = /^[A-Za-z]/;

/** What is wrong with a schedule. */
export function scheduleProblems(options: ScheduleOptions, known: (value: string) => boolean = () => true): Problem[] {
  const { schedule, timeZone, flexibleWindowInMinutes, description, kmsKeyArn } = options;
  return [
    ...problemAt(
      ["schedule"],
      known(schedule) ? expressionProblem("'schedule'", schedule, EVENTBRIDGE_SCHEDULER) : undefined,
    ),
    ...problemAt(["timeZone"], timeZone === undefined || !known(timeZone) ? undefined : timeZoneProblem(timeZone)),
    ...wholeProblems("flexibleWindowInMinutes", flexibleWindowInMinutes, WINDOW_MINUTES),
    ...periodProblems(options, known),
    ...descriptionProblems(description),
    ...under("retries", retriesProblems(options.retries)),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn),
    ),
  ];
}

/** Why AWS would refuse the name of a schedule, or those of what belongs to it, or `undefined`. */
export function scheduleNameProblem(name: string, fix: string): string | undefined {
  return (
    nameProblem("schedule", name, fix) ??
    nameProblem("role", names.scheduleRole(name), fix) ??
    nameProblem("queue", names.scheduleDeadLetters(name), fix)
  );
}

/** What is wrong with a description in EventBridge. */
export function descriptionProblems(description: string | undefined): Problem[] {
  return problemAt(
    ["description"],
    description === undefined || description.length <= MAX_DESCRIPTION
      ? undefined
      : `'description' must be at most ${MAX_DESCRIPTION} characters, got ${description.length}`,
  );
}

/** What is wrong with the tries of starting, seen from 'retries'. */
export function retriesProblems(retries: InvocationRetries = {}): Problem[] {
  return [
    ...wholeProblems("attempts", retries.attempts, RETRIES.attempts),
    ...wholeProblems("maximumAgeInSeconds", retries.maximumAgeInSeconds, RETRIES.maximumAgeInSeconds),
  ];
}

/** The tries of starting as EventBridge takes them. */
export function retryPolicyOf(retries: InvocationRetries = {}) {
  const { attempts, maximumAgeInSeconds } = { ...DEFAULT_RETRIES, ...retries };
  return { maximumRetryAttempts: attempts, maximumEventAgeInSeconds: maximumAgeInSeconds };
}

function timeZoneProblem(timeZone: string): string | undefined {
  if (TIME_ZONE.test(timeZone) && timeZone.length <= MAX_TIME_ZONE && isTimeZone(timeZone)) {
    const meant = Intl.supportedValuesOf("timeZone").find((name) => name.toLowerCase() === timeZone.toLowerCase());
    return meant === undefined || meant === timeZone
      ? undefined
      : `'timeZone' must be written as the time zone database writes it, got ${quote(timeZone)}; write ${quote(meant)}`;
  }
  return `'timeZone' must be a name of the time zone database, like "Europe/Berlin" or "UTC", got ${quote(timeZone)}`;
}

function periodProblems({ schedule, start, end }: ScheduleOptions, known: (value: string) => boolean): Problem[] {
  const given = Object.entries({ start, end }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (known(schedule) && runsOnce(schedule)) {
    return given.map(([property, value]) => ({
      at: [property],
      message: `'${property}' says when a schedule counts that runs again and again, got ${quote(value)} for ${quote(schedule)}, which runs once; leave it out`,
    }));
  }
  const malformed = given.flatMap(([property, value]) =>
    problemAt(
      [property],
      !known(value) || isInstant(value)
        ? undefined
        : `'${property}' must be a moment in UTC, like "2026-12-01T00:00:00Z", got ${quote(value)}`,
    ),
  );
  return malformed.length === 0 &&
    start !== undefined &&
    end !== undefined &&
    known(start) &&
    known(end) &&
    end <= start
    ? problemAt(["end"], `'end' must be later than 'start' ${quote(start)}, got ${quote(end)}`)
    : malformed;
}

function isInstant(text: string): boolean {
  return (
    INSTANT.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text.replace("Z", ".000Z")
  );
}
