import { Cron } from "croner";
import fc from "fast-check";
import { APPLICATION_AUTO_SCALING, EVENTBRIDGE_SCHEDULER, expressionProblem } from "../../src/model/aws-schedule";

const problem = (expression: string) => expressionProblem("'schedule'", expression, EVENTBRIDGE_SCHEDULER);
const scalingProblem = (expression: string) => expressionProblem("'schedule'", expression, APPLICATION_AUTO_SCALING);

/** Each with EventBridge Scheduler and Application Auto Scaling, which read it alike. */
const ALIKE = [
  "cron(0 3 * * ? *)",
  "cron(0/15 8-18 ? * MON-FRI *)",
  "cron(0 9 L * ? *)",
  "cron(0 9 LW * ? *)",
  "cron(0 9 15W * ? *)",
  "cron(0 9 ? * 2#1 2027-2030)",
  "cron(0 9 ? * FRIL *)",
  "cron(0 9 ? * mon,WED *)",
  "cron(0 0 29 2 ? *)",
  "cron(0 0 30,31 1,2 ? *)",
  "cron(*/5 * * JAN-MAR ? 2027/2)",
  "cron(0/30 20-2 ? * MON-FRI *)",
  "cron(0 0 ? * FRI-MON *)",
  "cron(0 0 28-3/2 NOV-FEB ? *)",
  "cron(0 0 1,15W,L * ? *)",
  "cron(0 0 29 2 ? 2035,2040)",
  "rate(1 minute)",
  "rate(36 hours)",
  "at(2026-12-31T23:00:00)",
  "at(2028-02-29T00:00:00)",
];

test.each(ALIKE)("%s is taken", (expression) => {
  expect(problem(expression)).toBeUndefined();
  expect(scalingProblem(expression)).toBeUndefined();
});

test("rates of one have a unit in the plural for the Scheduler alone", () => {
  expect(problem("rate(1 days)")).toBeUndefined();
  expect(scalingProblem("rate(1 days)")).toBe(
    `'schedule' must have its unit in the singular for one, got "rate(1 days)"; write "rate(1 day)"`,
  );
});

test.each([
  ["0 3 * * *", 'did you mean "cron(0 3 * * ? *)"?'],
  ["cron(0 3 * * *)", 'did you mean "cron(0 3 * * ? *)"?'],
  ["cron(30 2 * * 1-5)", 'did you mean "cron(30 2 ? * MON-FRI *)"?'],
  ["cron(0 0 * * 0,7)", 'did you mean "cron(0 0 ? * SUN,SUN *)"?'],
  ["cron(0 0 1 * ?)", 'did you mean "cron(0 0 1 * ? *)"?'],
  ["@daily", 'did you mean "cron(0 0 * * ? *)"?'],
  ["@hourly", 'did you mean "rate(1 hour)"?'],
])("%s is recognised, and its form for AWS suggested", (expression, fix) => {
  expect(problem(expression)).toContain(fix);
  expect(scalingProblem(expression)).toContain(fix);
});

test("five fields with both days have no such form, as Unix takes either", () => {
  expect(problem("0 3 1 * 1")).toBe(
    `'schedule' must be a cron, rate or at expression of EventBridge Scheduler, got "0 3 1 * 1"; write it like "cron(30 2 * * ? *)", "rate(6 hours)" or "at(2026-12-31T23:00:00)"`,
  );
  expect(scalingProblem("0 3 1 * 1")).toContain(
    "must be a cron, rate or at expression of Application Auto Scaling, got",
  );
});

test.each([
  [
    "cron(0 3 * * * *)",
    `must have "?" in exactly one of day of the month and day of the week, got "cron(0 3 * * * *)"; write "?" in the one that does not decide`,
  ],
  ["cron(0 3 ? * ? *)", 'write "*" for every day in one of them'],
  ["cron(60 3 * * ? *)", `must have 0-59, "*", "," "-" "/" as its minute, got "60" in "cron(60 3 * * ? *)"`],
  ["cron(0 24 * * ? *)", "as its hour"],
  ["cron(0 0 32 * ? *)", "as its day of the month"],
  ["cron(0 0 1 13 ? *)", "as its month"],
  ["cron(0 0 ? * 0 *)", "1-7 (1 is Sunday)"],
  ["cron(0 0 ? * MON/2 *)", "as its day of the week"],
  ["cron(0 0 ? * FRI-XYZ *)", "as its day of the week"],
  ["cron(0 0 ? * 0-2 *)", "as its day of the week"],
  ["cron(0 0 ? * 2#6 *)", "as its day of the week"],
  ["cron(0 0 ? * 2#1,3#2 *)", `"#" (alone)`],
  ["cron(0 0 ? * 8L *)", "as its day of the week"],
  ["cron(0 0 32W * ? *)", "as its day of the month"],
  ["cron(0 0 1 * ? 1969)", "as its year"],
  ["cron(0 0 1 * ? 2030-2027)", "as its year"],
  ["cron(*/0 * * * ? *)", "as its minute"],
  [
    "cron(0 0 1 1)",
    `'schedule' must have the six fields of AWS's cron (minute, hour, day of the month, month, day of the week, year), got 4 in "cron(0 0 1 1)"; write it like "cron(30 2 * * ? *)"`,
  ],
  ["cron(0 0 30 2 ? *)", "which never comes"],
  ["cron(0 0 31 FEB,APR ? *)", "which never comes"],
  ["cron(0 0 29 2 ? 2027)", `must name a day that there is, got "cron(0 0 29 2 ? 2027)", which never comes`],
  ["cron(0 0 30-31 2 ? *)", "which never comes"],
  ["rate(0 hours)", "at least 1"],
  ["rate(1 week)", "minutes, hours or days"],
  ["rate(1.5 hours)", "whole number"],
  ["rate(5 minute)", 'write "rate(5 minutes)"'],
  ["at(2026-02-30T00:00:00)", "a moment that there is"],
  ["at(2026-12-31T23:00:00Z)", "without a time zone"],
  ["at(2026-12-31T24:00:00)", "a moment that there is"],
  ["at(2026-12-31T23:00)", "as at(yyyy-mm-ddThh:mm:ss)"],
  ["every day", 'got "every day"'],
])("%s is refused", (expression, words) => {
  expect(problem(expression)).toContain(words);
  expect(scalingProblem(expression)).toContain(words);
});

test("an expression has at most 256 characters for the Scheduler, and 1600 for Application Auto Scaling", () => {
  const minutes = (count: number) => `cron(${Array.from({ length: count }, () => "59").join(",")} 0 * * ? *)`;
  expect(problem(minutes(80))).toBeUndefined();
  expect(problem(minutes(85))).toBe(
    "'schedule' must be at most 256 characters, got 270; split it into several schedules",
  );
  expect(scalingProblem(minutes(85))).toBeUndefined();
  expect(scalingProblem(minutes(600))).toContain("at most 1600 characters, got 1815");
});

const value = (first: number, last: number) => fc.integer({ min: first, max: last });
const range = (first: number, last: number) =>
  fc.tuple(value(first, last), value(first, last)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const field = (first: number, last: number) =>
  fc.oneof(
    fc.constant("*"),
    value(2, last).map((step) => `*/${step}`),
    fc.array(fc.oneof(value(first, last).map(String), range(first, last)), { minLength: 1, maxLength: 3 }).map(String),
  );
const daysOfWeek = fc.array(fc.oneof(value(0, 7).map(String), range(0, 7)), { minLength: 1, maxLength: 2 }).map(String);
const days = fc.oneof(fc.tuple(field(1, 28), fc.constant("*")), fc.tuple(fc.constant("*"), daysOfWeek));

const START = new Date("2027-01-01T00:00:00Z");
const firstRuns = (cron: Cron) => cron.nextRuns(20, START).map((date) => date.toISOString());

/** AWS's cron as a library for schedules has it. */
function asCron(expression: string): Cron {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = expression.slice("cron(".length, -1).split(" ");
  return new Cron([minute, hour, day, month, weekday].join(" ").replaceAll("?", "*"), {
    timezone: "UTC",
    mode: "5-part",
  });
}

test("the form that is suggested for five fields is taken, and runs at the same moments", () => {
  fc.assert(
    fc.property(field(0, 59), field(0, 23), days, field(1, 12), (minute, hour, [day, weekday], month) => {
      const unix = [minute, hour, day, month, weekday].join(" ");
      const [, suggested = ""] = /did you mean "(.*)"\?/.exec(problem(unix) ?? "") ?? [];
      expect(problem(suggested)).toBeUndefined();
      expect(firstRuns(asCron(suggested))).toEqual(firstRuns(new Cron(unix, { timezone: "UTC", mode: "5-part" })));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["0 2 * * 0-0", "cron(0 2 ? * SUN *)"],
  ["0 2 * * 5-7", "cron(0 2 ? * FRI,SAT,SUN *)"],
  ["0 2 * * 0-7", "cron(0 2 ? * SUN,MON,TUE,WED,THU,FRI,SAT *)"],
  ["0 2 * * 1-5", "cron(0 2 ? * MON-FRI *)"],
])("%s means %s, as Sunday has two numbers in Unix", (unix, meant) => {
  expect(problem(unix)).toContain(`did you mean "${meant}"?`);
});

test("whatever is taken comes to a library too, and whatever is refused never does", () => {
  const cron = fc
    .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12))
    .map(([minute, hour, day, month]) => `cron(${minute} ${hour} ${day} ${month} ? *)`);
  fc.assert(
    fc.property(cron, (expression) => {
      expect(asCron(expression).nextRun(START) === null).toBe(problem(expression) !== undefined);
    }),
    { numRuns: 100 },
  );
});
