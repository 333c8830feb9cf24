import {
  type CronJobOptions,
  cronJobProblems,
  type JobOptions,
  jobNameProblem,
  jobProblems,
  jobWarnings,
} from "../../src/model/batch";
import type { Problem } from "../../src/model/problem";

const shown = (problems: readonly Problem[]) => problems.map(({ at, message }) => [at.join("."), message]);
const ofJob = (options: JobOptions) => shown(jobProblems(options));
const ofCronJob = (options: Partial<CronJobOptions>) => shown(cronJobProblems({ schedule: "0 3 * * *", ...options }));

const FULL = {
  ttlSecondsAfterFinished: 0,
  backoffLimit: 0,
  activeDeadlineSeconds: 1,
  parallelism: 2,
  completions: 4,
  completionMode: "Indexed",
  restartPolicy: "OnFailure",
} as const satisfies JobOptions;

describe("a Job", () => {
  test("may say little or all", () => {
    expect(ofJob({})).toEqual([]);
    expect(ofJob(FULL)).toEqual([]);
  });

  test.each([
    ["ttlSecondsAfterFinished", -1, 0],
    ["backoffLimit", 0.5, 0],
    ["activeDeadlineSeconds", 0, 1],
    ["parallelism", 0, 1],
    ["completions", 0, 1],
  ])("may not have %s %p", (property, value, least) => {
    expect(ofJob({ [property]: value })).toEqual([
      [property, `'${property}' must be a whole number of at least ${least}, got ${value}`],
    ]);
  });

  test("with indexes says how many", () => {
    expect(ofJob({ completionMode: "Indexed" })).toEqual([
      [
        "completionMode",
        `'completionMode' "Indexed" must come with 'completions', which says how many indexes there are`,
      ],
    ]);
  });

  test("whose pods stay for long costs more than it must", () => {
    expect(jobWarnings({})).toEqual([]);
    expect(jobWarnings({ ttlSecondsAfterFinished: 3600 })).toEqual([]);
    expect(jobWarnings({ ttlSecondsAfterFinished: 86_400 })).toEqual([
      "finished pods stay for 86400 s ('ttlSecondsAfterFinished'), and Fargate bills a pod until it is deleted; a few minutes are enough where logs are kept elsewhere",
    ]);
  });

  test("has a name that leaves room for what Kubernetes adds", () => {
    const long = "a".repeat(53);
    expect(jobNameProblem(long.slice(1))).toBeUndefined();
    expect(jobNameProblem(long)).toBe(
      `'name' of a job must be at most 52 characters, got "${long}" (53); Kubernetes makes longer names of it`,
    );
  });
});

describe("a CronJob", () => {
  test("may say little or all", () => {
    expect(ofCronJob({})).toEqual([]);
    expect(
      ofCronJob({
        ...FULL,
        schedule: "@daily",
        timeZone: "America/Argentina/Buenos_Aires",
        concurrencyPolicy: "Replace",
        startingDeadlineSeconds: 10,
        successfulJobsHistoryLimit: 0,
        failedJobsHistoryLimit: 0,
        suspend: true,
      }),
    ).toEqual([]);
  });

  test("is what a Job is", () => {
    expect(ofCronJob({ backoffLimit: -1 })).toEqual(ofJob({ backoffLimit: -1 }));
  });

  test("has a schedule that Kubernetes reads", () => {
    expect(ofCronJob({ schedule: "0 3 * * 7" })).toEqual([
      ["schedule", `'schedule' must have the five fields of cron, got "0 3 * * 7"; Sunday is 0`],
    ]);
  });

  test.each(["TZ=Europe/Berlin 0 3 * * *", "CRON_TZ=UTC 0 3 * * *"])("has no time zone in %j", (schedule) => {
    expect(ofCronJob({ schedule })).toEqual([
      [
        "schedule",
        `'schedule' must not begin with a time zone, which Kubernetes refuses there, got "${schedule}"; give it as 'timeZone'`,
      ],
    ]);
  });

  test.each(["Etc/UTC", "UTC", "Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+5", "EST5EDT"])(
    "may run in the time zone %s",
    (timeZone) => {
      expect(ofCronJob({ timeZone })).toEqual([]);
    },
  );

  test.each(["", "Berlin", "Local", "+01:00", "europe/berlin", "CEST"])(
    "may not run in the time zone %j",
    (timeZone) => {
      expect(ofCronJob({ timeZone })).toEqual([
        [
          "timeZone",
          `'timeZone' must be a name of the time zone database, like "Europe/Berlin" or "Etc/UTC", got "${timeZone}"`,
        ],
      ]);
    },
  );

  test.each([
    ["startingDeadlineSeconds", 9, 10],
    ["successfulJobsHistoryLimit", -1, 0],
    ["failedJobsHistoryLimit", 1.5, 0],
  ])("may not have %s %p", (property, value, least) => {
    expect(ofCronJob({ [property]: value })).toEqual([
      [property, `'${property}' must be a whole number of at least ${least}, got ${value}`],
    ]);
  });
});
