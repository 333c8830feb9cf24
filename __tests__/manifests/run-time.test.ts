import { readSchedule } from "../../src/model/schedule";
import { readOne, told } from "./reading";

const POD = "template: {spec: {containers: [{name: a, image: b}]}}";
const job = (spec = "", annotations = "{}") =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x, annotations: ${annotations}}\nspec: {${spec}${POD}}\n`;
const cronJob = (spec = "", jobSpec = "", schedule = "0 * * * *") =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec: {schedule: "${schedule}", ${spec}jobTemplate: {spec: {${jobSpec}${POD}}}}\n`;
const scaledJob = (spec = "", jobSpec = "") =>
  `apiVersion: keda.sh/v1alpha1\nkind: ScaledJob\nmetadata: {name: x}\nspec: {${spec}jobTargetRef: {${jobSpec}${POD}}}\n`;

test("what is no Job runs always", () => {
  expect(readOne(job().replace("batch/v1", "apps/v1").replace("Job", "Deployment")).runTime).toEqual({
    kind: "always",
  });
});

test("a Job runs once, for the assumed time when nothing says how long", () => {
  expect(readOne(job()).runTime).toEqual({ kind: "runs", secondsPerRun: 300, from: "assumed", retained: 0 });
  expect(readOne(job(), { secondsPerRun: 60 }).runTime).toMatchObject({ secondsPerRun: 60, from: "assumed" });
});

test("its deadline bounds it, that of its pods where it has none", () => {
  expect(readOne(job("activeDeadlineSeconds: 900, ")).runTime).toMatchObject({
    secondsPerRun: 900,
    from: "activeDeadlineSeconds, an upper bound",
  });
  expect(
    readOne(job().replace("spec: {containers", "spec: {activeDeadlineSeconds: 60, containers")).runTime,
  ).toMatchObject({ secondsPerRun: 60 });
});

test("an annotation of the object or its pods says how long it takes, whatever the deadline", () => {
  const annotation = '{cdktf-eks-fargate/run-time: "1h30m"}';
  const expected = { secondsPerRun: 5400, from: 'the annotation "cdktf-eks-fargate/run-time"' };
  expect(readOne(job("activeDeadlineSeconds: 900, ", annotation)).runTime).toMatchObject(expected);
  expect(
    readOne(job().replace("template: {", `template: {metadata: {annotations: ${annotation}}, `)).runTime,
  ).toMatchObject(expected);
  expect(
    readOne(cronJob().replace("jobTemplate: {", `jobTemplate: {metadata: {annotations: ${annotation}}, `)).runTime,
  ).toMatchObject(expected);
  expect(told(job("", "{cdktf-eks-fargate/run-time: 0s}"))).toEqual([
    expect.stringContaining('got "0s"; write it like "90s", "10m" or "1h30m"'),
  ]);
});

test("a time to live says how long finished pods are kept, and none is kept without end", () => {
  expect(readOne(job("ttlSecondsAfterFinished: 0, ")).runTime).toMatchObject({ keptSeconds: 0, retained: 0 });
  expect(readOne(cronJob("", "ttlSecondsAfterFinished: 60, ")).runTime).toMatchObject({ keptSeconds: 60, retained: 0 });
});

test("a CronJob keeps the pods of its last 3 Jobs, or as many as it says", () => {
  expect(readOne(cronJob()).runTime).toEqual({
    kind: "runs",
    runsPerMonth: 730,
    secondsPerRun: 300,
    from: "assumed",
    retained: 3,
  });
  expect(readOne(cronJob("successfulJobsHistoryLimit: 1, ", "completions: 4, parallelism: 2, ")).runTime).toMatchObject(
    { retained: 4 },
  );
  expect(readOne(cronJob("successfulJobsHistoryLimit: 0, ")).runTime).toMatchObject({ retained: 0 });
});

test("a ScaledJob runs up to 100 Jobs at once, and keeps 100, or as many as it says", () => {
  expect(readOne(scaledJob())).toMatchObject({
    replicas: { min: 0, max: 100, from: "ScaledJob x" },
    podPath: ["spec", "jobTargetRef", "template", "spec"],
    runTime: { kind: "runs", retained: 100 },
  });
  expect(
    readOne(scaledJob("minReplicaCount: 1, maxReplicaCount: 5, successfulJobsHistoryLimit: 2, ", "parallelism: 2, ")),
  ).toMatchObject({ replicas: { min: 2, max: 10 }, runTime: { retained: 4 } });
});

describe("schedules", () => {
  const perYear = (text: string) => {
    const schedule = readSchedule(text);
    return "problem" in schedule ? schedule.problem : Math.round(schedule.runsPerMonth * 12 * 1e6) / 1e6;
  };

  test.each([
    ["* * * * *", 525_600],
    ["*/15 * * * *", 35_040],
    ["5/15 * * * *", 35_040],
    ["*/90 * * * *", 8760],
    ["0,30 8-17 * * *", 7300],
    ["0 0 * * *", 365],
    ["0 0 * * 1-5", 260],
    ["0 0 * * MON-FRI", 260],
    ["0 0 ? * SUN", 53],
    ["0 0 1 * *", 12],
    ["0 0 31 * *", 7],
    ["0 0 1 JAN,JUL *", 2],
    ["0 0 1 * 1", 63],
    ["0 0 29 2 *", 0],
    ["@yearly", 1],
    ["@annually", 1],
    ["@monthly", 12],
    ["@weekly", 53],
    ["@daily", 365],
    ["@midnight", 365],
    ["@hourly", 8760],
    ["@every 90m", 5840],
    ["TZ=Europe/Berlin 0 3 * * *", 365],
    ["CRON_TZ=UTC @daily", 365],
    ["  0   3 * * *  ", 365],
  ])("%j runs %d times a year", (text, runs) => {
    expect(perYear(text)).toBe(runs);
  });

  test.each([
    "",
    "a",
    "* * * *",
    "60 * * * *",
    "* 24 * * *",
    "0 0 0 * *",
    "0 0 32 * *",
    "0 0 * 13 *",
    "0 0 * FOO *",
    "0 0 L * *",
    "0 0 15W * *",
    "0 0 * * 1#2",
    "*/0 * * * *",
    "5-1 * * * *",
    "1,,2 * * * *",
    "@reboot",
    "@every",
    "@every 5",
    "-1 * * * *",
  ])("%j is refused with its form", (text) => {
    expect(perYear(text)).toBe(
      `'schedule' must have the five fields of cron, got ${JSON.stringify(text)}; write it like "30 2 * * 1-5" (minute, hour, day of the month, month, day of the week) or "@daily"`,
    );
  });

  test("a field of seconds, and a Sunday of 7, are refused with the fix", () => {
    expect(perYear("0 0 3 * * *")).toMatch(/; Kubernetes knows no seconds: remove the first field$/);
    expect(perYear("0 3 * * 7")).toMatch(/; Sunday is 0$/);
  });
});
