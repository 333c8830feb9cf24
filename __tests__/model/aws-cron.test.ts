import { type Calendar, readCron } from "../../src/model/aws-cron";

function read(cron: string): Calendar {
  const calendar = readCron(cron, cron, "");
  if ("problem" in calendar) {
    throw new Error(calendar.problem);
  }
  return calendar;
}

/** The days of a month on which it is due. */
function daysIn(cron: string, year: number, month: number): number[] {
  const { isDue } = read(cron);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: last }, (_, index) => index + 1).filter((day) => isDue({ year, month, day }));
}

test("is due on the days that cron means", () => {
  // November 2026 begins on a Sunday.
  expect(daysIn("0 8 ? * MON *", 2026, 11)).toEqual([2, 9, 16, 23, 30]);
  expect(daysIn("0 8 ? * 1 *", 2026, 11)).toEqual([1, 8, 15, 22, 29]);
  expect(daysIn("0 8 L * ? *", 2026, 2)).toEqual([28]);
  expect(daysIn("0 8 ? * FRIL *", 2026, 11)).toEqual([27]);
  expect(daysIn("0 8 ? * FRI#2 *", 2026, 11)).toEqual([13]);
  expect(daysIn("0 8 1/10 * ? *", 2026, 11)).toEqual([1, 11, 21]);
  expect(daysIn("0 8 ? * L *", 2026, 11)).toEqual([7, 14, 21, 28]);
});

test("has the working day nearest to one of the month, without leaving the month", () => {
  // 1 November 2026 is a Sunday, 15 November one too, 1 August 2026 a Saturday, 31 May 2026 a Sunday.
  expect(daysIn("0 8 1W * ? *", 2026, 11)).toEqual([2]);
  expect(daysIn("0 8 15W * ? *", 2026, 11)).toEqual([16]);
  expect(daysIn("0 8 14W * ? *", 2026, 11)).toEqual([13]);
  expect(daysIn("0 8 1W * ? *", 2026, 8)).toEqual([3]);
  expect(daysIn("0 8 31W * ? *", 2026, 5)).toEqual([29]);
  expect(daysIn("0 8 31W * ? *", 2026, 11)).toEqual([]);
});

test("goes on with the first value after the last where a range wraps", () => {
  // 20-2 is the example of EventBridge's guide.
  expect(read("0/30 20-2 ? * MON-FRI *").hours).toEqual(new Set([20, 21, 22, 23, 0, 1, 2]));
  expect(read("0 22-2/2 * * ? *").hours).toEqual(new Set([22, 0, 2]));
  expect(read("50-10/15 0 * * ? *").minutes).toEqual(new Set([50, 5]));
  expect(read("0 0 1 NOV-FEB ? *").months).toEqual(new Set([11, 12, 1, 2]));
  expect(daysIn("0 8 ? * FRI-MON *", 2026, 11)).toEqual([
    1, 2, 6, 7, 8, 9, 13, 14, 15, 16, 20, 21, 22, 23, 27, 28, 29, 30,
  ]);
  expect(daysIn("0 8 ? * 7-1 *", 2026, 11)).toEqual([1, 7, 8, 14, 15, 21, 22, 28, 29]);
  expect(daysIn("0 8 28-3 * ? *", 2026, 2)).toEqual([1, 2, 3, 28]);
});

test("has a range of one value, and one of all", () => {
  expect(read("0 5-5 * * ? *").hours).toEqual(new Set([5]));
  expect(read("0 1-0 * * ? *").hours.size).toBe(24);
});

test("has days of several kinds in one list", () => {
  expect(daysIn("0 8 1,15W,L * ? *", 2026, 11)).toEqual([1, 16, 30]);
  expect(daysIn("0 8 ? * MON,FRIL *", 2026, 11)).toEqual([2, 9, 16, 23, 27, 30]);
  // 31 October 2026 is a Saturday, 31 January 2027 a Sunday.
  expect(daysIn("0 8 LW * ? *", 2026, 10)).toEqual([30]);
  expect(daysIn("0 8 LW * ? *", 2027, 1)).toEqual([29]);
});
