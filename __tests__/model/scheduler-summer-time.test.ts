import { summerTimeWarnings } from "../../src/model/scheduler-summer-time";

const warningsOf = (schedule: string, timeZone?: string) =>
  summerTimeWarnings({ schedule, ...(timeZone === undefined ? {} : { timeZone }) }, 2027);

test("a run at an hour that clocks leave out is warned of, as AWS skips it", () => {
  expect(warningsOf("cron(30 2 * * ? *)", "Europe/Berlin")).toEqual([
    `'schedule' "cron(30 2 * * ? *)" is skipped on the day on which clocks are put forward in "Europe/Berlin", as that day has no 02:30; choose an hour that each day has, or the 'timeZone' "UTC"`,
  ]);
});

test.each([
  ["cron(0 2 ? * SUN *)", "Europe/Berlin"],
  ["cron(15 1 ? * SUN *)", "Europe/London"],
  ["cron(0 0 * * ? *)", "America/Santiago"],
  ["cron(0,45 2 * * ? 2028)", "America/New_York"],
  ["at(2028-03-26T02:15:00)", "Europe/Berlin"],
])("%s in %s is one", (schedule, zone) => {
  expect(warningsOf(schedule, zone)).toHaveLength(1);
});

test.each([
  ["an hour that each day has", "cron(30 3 * * ? *)", "Europe/Berlin"],
  ["a minute that each day has", "cron(30 2 * * ? *)", "Australia/Lord_Howe"],
  ["days on which no clock is changed", "cron(30 2 ? * MON-FRI *)", "Europe/Berlin"],
  ["months in which no clock is changed", "cron(30 2 * 4 ? *)", "Europe/Berlin"],
  ["years that are further away", "cron(30 2 * * ? 2029)", "Europe/Berlin"],
  ["several hours of the day", "cron(30 2,14 * * ? *)", "Europe/Berlin"],
  ["every hour", "cron(30 * * * ? *)", "Europe/Berlin"],
  ["a rate", "rate(1 day)", "Europe/Berlin"],
  ["a zone without summer time", "cron(30 2 * * ? *)", "Asia/Tokyo"],
  ["UTC", "cron(30 2 * * ? *)", undefined],
  ["a zone that is refused anyway", "cron(30 2 * * ? *)", "Europe/Berln"],
  ["an expression that is refused anyway", "cron(30 2 * * *)", "Europe/Berlin"],
])("%s is not warned of", (_, schedule, zone) => {
  expect(warningsOf(schedule, zone)).toEqual([]);
});
