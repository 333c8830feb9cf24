import { Cron } from "croner";
import fc from "fast-check";
import { readSchedule } from "../../src/model/schedule";

const START = Date.UTC(2023, 0, 1);
const END = Date.UTC(2024, 0, 1);

/** Runs of the year 2023, one after the other, as a library for schedules finds them. */
function slowly(schedule: string): number {
  const cron = new Cron(schedule, { timezone: "UTC", mode: "5-part" });
  let runs = 0;
  for (let next = cron.nextRun(new Date(START - 1)); next !== null && next.getTime() < END; next = cron.nextRun(next)) {
    runs++;
  }
  return runs;
}

const value = (first: number, last: number) => fc.integer({ min: first, max: last });
const range = (first: number, last: number) =>
  fc.tuple(value(first, last), value(first, last)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const field = (first: number, last: number) =>
  fc.oneof(
    fc.constant("*"),
    fc.integer({ min: 2, max: last }).map((step) => `*/${step}`),
    fc.tuple(range(first, last), value(1, 3)).map(([each, step]) => `${each}/${step}`),
    fc.array(fc.oneof(value(first, last).map(String), range(first, last)), { minLength: 1, maxLength: 3 }).map(String),
  );

test("a schedule has as many runs in a year as a library finds one after the other", () => {
  const schedules = fc.tuple(value(0, 59), value(0, 23), field(1, 31), field(1, 12), field(0, 6));
  fc.assert(
    fc.property(
      schedules.map((fields) => fields.join(" ")),
      (schedule) => {
        const read = readSchedule(schedule);
        expect("problem" in read ? read.problem : Math.round(read.runsPerMonth * 12)).toBe(slowly(schedule));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  ["1-5,3-7 0 * * *", 7 * 365],
  ["50/4 */7 * * *", 3 * 4 * 365],
  ["0 0 * feb-Mar *", 59],
  ["0 0 * * MON-5", 260],
  ["0 0 ? * 1,?", 365],
  // A step of 1 says nothing, and a longer one does: only then a day of the week is enough.
  ["0 0 */1 * 1", 52],
  ["0 0 */31 * 1", 63],
])("%j runs %d times a year", (schedule, runs) => {
  expect(readSchedule(schedule)).toEqual({ runsPerMonth: (runs * 730) / 8760 });
});

test.each(["0 0 * 0 *", "0 0 * MON *", "0 0 * * JAN", "MON 0 * * *", "0 0 * * FRI-MON", "0 0 * * 1-7", "0/0 0 * * *"])(
  "%j is refused",
  (schedule) => {
    expect(readSchedule(schedule)).toHaveProperty("problem");
  },
);
