import { SECONDS_PER_HOUR } from "../units/time";
import { isTimeZone } from "../units/time-zone";
import { type Problem, problemAt, quote } from "./problem";
import { readSchedule } from "./schedule";

/** How a Job runs its pods. */
export interface JobOptions {
  /** Seconds after its end when the Job and its pods are deleted, which Fargate bills until then. @default 3600 */
  readonly ttlSecondsAfterFinished?: number;
  /** Failures after which the Job has failed. @default 6 */
  readonly backoffLimit?: number;
  /** Seconds after which the Job has failed, however far it is. @default - none: a pod that hangs is billed on */
  readonly activeDeadlineSeconds?: number;
  /** Pods at once. @default 1 */
  readonly parallelism?: number;
  /** Pods that must succeed. @default 1 */
  readonly completions?: number;
  /** `Indexed` tells each pod by `JOB_COMPLETION_INDEX` which of the completions it is. @default "NonIndexed" */
  readonly completionMode?: "NonIndexed" | "Indexed";
  /** What happens when a container fails: another pod starts, or the container does again. @default "Never" */
  readonly restartPolicy?: "Never" | "OnFailure";
}

/** When a CronJob runs its Jobs, and which of them it keeps. */
export interface CronJobOptions extends JobOptions {
  /** The five fields of cron, or a word like `@daily`. */
  readonly schedule: string;
  /** Time zone of the schedule, such as `Europe/Berlin`. @default "Etc/UTC" */
  readonly timeZone?: string;
  /** What happens when it is time and the last run has not ended. @default "Forbid" */
  readonly concurrencyPolicy?: "Allow" | "Forbid" | "Replace";
  /** Seconds by which a run may begin late; later it is left out. @default - none: however late */
  readonly startingDeadlineSeconds?: number;
  /** Runs that succeeded and are kept until their time to live is over. @default 3 */
  readonly successfulJobsHistoryLimit?: number;
  /** Runs that failed and are kept until their time to live is over. @default 1 */
  readonly failedJobsHistoryLimit?: number;
  /** Whether no further run begins. @default false */
  readonly suspend?: boolean;
}

/** Time to read the logs of a pod that has finished; it is billed as long. */
export const DEFAULT_TTL_SECONDS = SECONDS_PER_HOUR;

/**
 * Characters that the name of a job may have: Kubernetes puts up to 11 behind that of a CronJob, and Helm takes 53 for
 * a release. Source: Kubernetes documentation, "CronJob"; Helm, `ValidateReleaseName`.
 */
const MAX_NAME = 52;

/** A run that may begin less late than this may never begin, as Kubernetes looks every ten seconds. */
const MIN_STARTING_DEADLINE = 10;

const TIME_ZONE_BEFORE = /^(CRON_)?TZ=/;

/** As the files of the time zone database are called: `Europe/Berlin`, `Etc/GMT+5`, `UTC`. */
const TIME_ZONE = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

/** Why a job could not be called so, or `undefined`. */
export function jobNameProblem(name: string): string | undefined {
  return name.length <= MAX_NAME
    ? undefined
    : `'name' of a job must be at most ${MAX_NAME} characters, got ${quote(name)} (${name.length}); Kubernetes makes longer names of it`;
}

/** What is wrong with a Job, apart from its pods. */
export function jobProblems(options: JobOptions): Problem[] {
  const { ttlSecondsAfterFinished, backoffLimit, activeDeadlineSeconds, parallelism, completions } = options;
  return [
    ...leastProblems(0, { ttlSecondsAfterFinished, backoffLimit }),
    ...leastProblems(1, { activeDeadlineSeconds, parallelism, completions }),
    ...(options.completionMode === "Indexed" && completions === undefined
      ? [
          {
            at: ["completionMode"],
            message: `'completionMode' "Indexed" must come with 'completions', which says how many indexes there are`,
          },
        ]
      : []),
  ];
}

/** What is wrong with a CronJob, apart from its pods. */
export function cronJobProblems(options: CronJobOptions): Problem[] {
  const { startingDeadlineSeconds, successfulJobsHistoryLimit, failedJobsHistoryLimit } = options;
  return [
    ...jobProblems(options),
    ...problemAt(["schedule"], scheduleProblem(options.schedule)),
    ...problemAt(["timeZone"], options.timeZone === undefined ? undefined : timeZoneProblem(options.timeZone)),
    ...leastProblems(MIN_STARTING_DEADLINE, { startingDeadlineSeconds }),
    ...leastProblems(0, { successfulJobsHistoryLimit, failedJobsHistoryLimit }),
  ];
}

/** What is worth a second look in a Job. */
export function jobWarnings({ ttlSecondsAfterFinished = DEFAULT_TTL_SECONDS }: JobOptions): string[] {
  return ttlSecondsAfterFinished > DEFAULT_TTL_SECONDS
    ? [
        `finished pods stay for ${ttlSecondsAfterFinished} s ('ttlSecondsAfterFinished'), and Fargate bills a pod until it is deleted; a few minutes are enough where logs are kept elsewhere`,
      ]
    : [];
}

function leastProblems(least: number, values: Readonly<Record<string, number | undefined>>): Problem[] {
  return Object.entries(values).flatMap(([property, value]) =>
    problemAt(
      [property],
      value === undefined || (Number.isInteger(value) && value >= least)
        ? undefined
        : `'${property}' must be a whole number of at least ${least}, got ${quote(value)}`,
    ),
  );
}

function scheduleProblem(schedule: string): string | undefined {
  if (TIME_ZONE_BEFORE.test(schedule)) {
    return `'schedule' must not begin with a time zone, which Kubernetes refuses there, got ${quote(schedule)}; give it as 'timeZone'`;
  }
  const read = readSchedule(schedule);
  return "problem" in read ? read.problem : undefined;
}

function timeZoneProblem(timeZone: string): string | undefined {
  return TIME_ZONE.test(timeZone) && isTimeZone(timeZone)
    ? undefined
    : `'timeZone' must be a name of the time zone database, like "Europe/Berlin" or "Etc/UTC", got ${quote(timeZone)}`;
}
