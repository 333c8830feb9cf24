import fc from "fast-check";
import { APPLICATION_AUTO_SCALING, type Moments, readExpression } from "../../src/model/aws-schedule";
import {
  meetAt,
  meetingProblems,
  type ScheduledScaling,
  scheduledScalingProblems,
  widestBounds,
} from "../../src/model/scaling-schedule";

const BOUNDS = { minimum: 2, maximum: 10 };
const messages = (options: Partial<ScheduledScaling>) =>
  scheduledScalingProblems("morning", { schedule: "cron(0 8 ? * MON-FRI *)", minimum: 4, ...options }, BOUNDS).map(
    ({ message }) => message,
  );
const wrong = (schedule: string) => messages({ schedule });

describe("a schedule", () => {
  test.each([
    "cron(0 10 * * ? *)",
    "cron(15 12 * * ? *)",
    "cron(0 18 ? * MON-FRI *)",
    "cron(0 8 1 * ? *)",
    "cron(0/15 * * * ? *)",
    "cron(0/10 * ? * MON-FRI *)",
    "cron(0 8 L * ? *)",
    "cron(0 8 15W * ? *)",
    "cron(0 8 ? * 6L 2027-2029)",
    "cron(0 8 ? * FRI#2 *)",
    "cron(*/5 8-18/2 ? JAN,jul 2,4,6 *)",
    "cron(0 22 ? * FRI-MON *)",
    "cron(0/30 20-2 ? * MON-FRI *)",
    "rate(1 day)",
    "rate(5 minutes)",
    "at(2027-03-01T08:00:00)",
    "at(2028-02-29T08:00:00)",
  ])("may be %s", (schedule) => {
    expect(wrong(schedule)).toEqual([]);
  });

  test.each([
    [
      "0 8 * * *",
      `'schedule' of schedule "morning" must be a cron, rate or at expression of Application Auto Scaling, got "0 8 * * *"; did you mean "cron(0 8 * * ? *)"?`,
    ],
    [
      "cron(0 8 * * *)",
      `'schedule' of schedule "morning" must have the six fields of AWS's cron (minute, hour, day of the month, month, day of the week, year), got 5 in "cron(0 8 * * *)"; did you mean "cron(0 8 * * ? *)"?`,
    ],
    [
      "cron(0 8 * * * *)",
      `'schedule' of schedule "morning" must have "?" in exactly one of day of the month and day of the week, got "cron(0 8 * * * *)"; write "?" in the one that does not decide`,
    ],
    [
      "cron(60 8 * * ? *)",
      `'schedule' of schedule "morning" must have 0-59, "*", "," "-" "/" as its minute, got "60" in "cron(60 8 * * ? *)"`,
    ],
    [
      "cron(0 8 ? * 0 *)",
      `'schedule' of schedule "morning" must have 1-7 (1 is Sunday) or SUN-SAT, "*", "?", "L", "#" (alone), "," "-" as its day of the week, got "0" in "cron(0 8 ? * 0 *)"`,
    ],
    [
      "cron(0 8 ? * FRI#6 *)",
      `'schedule' of schedule "morning" must have 1-7 (1 is Sunday) or SUN-SAT, "*", "?", "L", "#" (alone), "," "-" as its day of the week, got "FRI#6" in "cron(0 8 ? * FRI#6 *)"`,
    ],
    [
      "cron(0 8 32W * ? *)",
      `'schedule' of schedule "morning" must have 1-31, "*", "?", "L", "W", "," "-" "/" as its day of the month, got "32W" in "cron(0 8 32W * ? *)"`,
    ],
    [
      "cron(0 8 31 2,4 ? *)",
      `'schedule' of schedule "morning" must name a day that there is, got "cron(0 8 31 2,4 ? *)", which never comes; "L" is the last day of a month`,
    ],
    [
      "rate(0 hours)",
      `'schedule' of schedule "morning" must be a rate of a whole number of minutes, hours or days, at least 1, got "rate(0 hours)"; write it like "rate(6 hours)"`,
    ],
    [
      "rate(1 hours)",
      `'schedule' of schedule "morning" must have its unit in the singular for one, got "rate(1 hours)"; write "rate(1 hour)"`,
    ],
    [
      "rate(5 minute)",
      `'schedule' of schedule "morning" must have its unit in the plural for more than one, got "rate(5 minute)"; write "rate(5 minutes)"`,
    ],
    [
      "at(2027-02-29T08:00:00)",
      `'schedule' of schedule "morning" must name a moment that there is, as at(yyyy-mm-ddThh:mm:ss) without a time zone, got "at(2027-02-29T08:00:00)"`,
    ],
    [
      "at(2027-02-28T24:00:00)",
      `'schedule' of schedule "morning" must name a moment that there is, as at(yyyy-mm-ddThh:mm:ss) without a time zone, got "at(2027-02-28T24:00:00)"`,
    ],
  ])("may not be %s", (schedule, message) => {
    expect(wrong(schedule)).toEqual([message]);
  });

  test("says in which time zone it is, where that makes a difference", () => {
    expect(messages({ timeZone: "Europe/Berlin" })).toEqual([]);
    expect(messages({ timeZone: "Berlin" })).toEqual([
      `'timeZone' of schedule "morning" must be the name of a time zone, like "Europe/Berlin", got "Berlin"`,
    ]);
    expect(messages({ schedule: "rate(1 day)", timeZone: "Europe/Berlin" })).toEqual([
      `'timeZone' of schedule "morning" is for "at" and "cron", and a rate is the same everywhere; leave it out`,
    ]);
  });

  test("recurs from a time to a later one, in UTC", () => {
    expect(messages({ start: "2027-01-01T00:00:00Z", end: "2027-06-01T00:00:00Z" })).toEqual([]);
    expect(messages({ start: "2027-01-01" })).toEqual([
      `'start' of schedule "morning" must be a time in UTC, like "2027-01-01T00:00:00Z", got "2027-01-01"`,
    ]);
    expect(messages({ end: "2027-02-30T00:00:00Z" })).toEqual([
      `'end' of schedule "morning" must be a time in UTC, like "2027-01-01T00:00:00Z", got "2027-02-30T00:00:00Z"`,
    ]);
    expect(messages({ start: "2027-06-01T00:00:00Z", end: "2027-01-01T00:00:00Z" })).toEqual([
      `'end' of schedule "morning" must be after 'start' ("2027-06-01T00:00:00Z"), got "2027-01-01T00:00:00Z"`,
    ]);
    expect(messages({ schedule: "at(2027-03-01T08:00:00)", end: "2027-06-01T00:00:00Z" })).toEqual([
      `'end' of schedule "morning" is for what recurs, and "at(2027-03-01T08:00:00)" is once; leave it out`,
    ]);
  });

  test("changes the minimum, the maximum or both, to numbers that fit each other", () => {
    const change = (minimum?: number, maximum?: number) =>
      scheduledScalingProblems(
        "morning",
        {
          schedule: "rate(1 day)",
          ...(minimum === undefined ? {} : { minimum }),
          ...(maximum === undefined ? {} : { maximum }),
        },
        BOUNDS,
      ).map(({ message }) => message);
    expect(change(20, 30)).toEqual([]);
    expect(change(0)).toEqual([]);
    expect(change()).toEqual([`schedule "morning" changes nothing; give it 'minimum', 'maximum' or both`]);
    expect(change(1.5)).toEqual([`'minimum' of schedule "morning" must be a whole number of at least 0, got 1.5`]);
    expect(change(11)).toEqual([
      `'minimum' of schedule "morning" must be at most 'maximum', which is 10 unless the schedule changes it too, got 11; lower it, or give a higher 'maximum'`,
    ]);
    expect(change(undefined, 1)).toEqual([
      `'maximum' of schedule "morning" must be at least 'minimum', which is 2 unless the schedule changes it too, got 1; raise it, or give a lower 'minimum'`,
    ]);
    expect(change(6, 5)).toEqual([
      `'minimum' of schedule "morning" must be at most its 'maximum' (5), got 6; exchange them, or raise 'maximum'`,
    ]);
  });
});

describe("two schedules", () => {
  const both = (one: Partial<ScheduledScaling>, other: Partial<ScheduledScaling>) =>
    meetingProblems({
      one: { schedule: "cron(0 8 * * ? *)", minimum: 1, ...one },
      other: { schedule: "cron(0 8 ? * MON *)", minimum: 2, ...other },
    }).map(({ message }) => message);

  test("that are due at the same time are refused, as nobody knows which is last", () => {
    expect(both({}, {})).toEqual([
      `schedules "one" and "other" are both due at 2026-01-05 08:00 (UTC), and AWS does not say which comes last; move one of them, or make them one`,
    ]);
    expect(both({ schedule: "at(2027-03-01T08:00:00)" }, {})).toEqual([
      `schedules "one" and "other" are both due at 2027-03-01 08:00 (UTC), and AWS does not say which comes last; move one of them, or make them one`,
    ]);
    expect(both({ schedule: "rate(60 minutes)" }, { schedule: "rate(1 hour)" })[0]).toContain("every 60 minutes");
    expect(both({ timeZone: "utc" }, {})).toHaveLength(1);
    expect(both({ schedule: "cron(0 7-9 ? * SAT-SUN *)" }, { schedule: "cron(0 22-8 ? * FRI-MON *)" })[0]).toContain(
      "at 2026-01-03 07:00 (UTC)",
    );
  });

  test("may be due at different times, days, years, or in different time zones", () => {
    expect(both({ schedule: "cron(1 8 * * ? *)" }, {})).toEqual([]);
    expect(both({ schedule: "cron(0 8 ? * TUE-SAT *)" }, {})).toEqual([]);
    expect(both({ schedule: "cron(0 8 * * ? 2027)" }, { schedule: "cron(0 8 * * ? 2028)" })).toEqual([]);
    expect(both({ timeZone: "Europe/Berlin" }, {})).toEqual([]);
    expect(both({ schedule: "at(2027-03-02T08:00:00)" }, {})).toEqual([]);
  });

  test("may be due at the same time when one has ended before the other begins", () => {
    expect(both({ end: "2027-01-01T00:00:00Z" }, { start: "2027-01-01T00:00:00Z" })).toEqual([]);
    expect(both({ end: "2027-01-02T00:00:00Z" }, { start: "2027-01-01T00:00:00Z" })).toHaveLength(1);
  });

  test("meet whichever is asked first, and each meets itself", () => {
    const cron = fc
      .tuple(
        fc.constantFrom("0", "0/20", "30"),
        fc.constantFrom("8", "8-10", "*"),
        fc.constantFrom(["1", "?"], ["?", "MON-FRI"], ["L", "?"], ["?", "SAT"], ["15W", "?"]),
        fc.constantFrom("*", "JAN-MAR", "6"),
      )
      .map(([minute, hour, [day, weekday], month]) => `cron(${minute} ${hour} ${day} ${month} ${weekday} *)`);
    fc.assert(
      fc.property(cron, cron, (a, b) => {
        const [one, other] = [a, b].map((text) => readExpression(text, APPLICATION_AUTO_SCALING) as Moments) as [
          Moments,
          Moments,
        ];
        expect(meetAt(one, one)).toBeDefined();
        expect(meetAt(one, other) === undefined).toBe(meetAt(other, one) === undefined);
      }),
      { numRuns: 60 },
    );
  });
});

test("the widest bounds are those of the service and of its schedules together", () => {
  expect(widestBounds(BOUNDS)).toEqual(BOUNDS);
  expect(
    widestBounds(BOUNDS, {
      night: { schedule: "rate(1 day)", minimum: 0 },
      sale: { schedule: "rate(1 day)", maximum: 90 },
    }),
  ).toEqual({ minimum: 0, maximum: 90 });
});
