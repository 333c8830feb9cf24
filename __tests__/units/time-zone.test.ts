import { isTimeZone, leftOutTimes } from "../../src/units/time-zone";

test.each(["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/UTC", "UTC"])("%s is a time zone", (name) => {
  expect(isTimeZone(name)).toBe(true);
});

test.each(["Europe/Berln", "Berlin", "", "+25:00"])('"%s" is none', (name) => {
  expect(isTimeZone(name)).toBe(false);
});

describe("times that clocks leave out when they are put forward", () => {
  const told = (zone: string, first = 2027, last = first) =>
    leftOutTimes(zone, first, last).map((span) => span.map((time) => new Date(time).toISOString().slice(0, 16)));

  test.each([
    ["Europe/Berlin", "2027-03-28T02:00", "2027-03-28T03:00"],
    ["Europe/London", "2027-03-28T01:00", "2027-03-28T02:00"],
    ["America/New_York", "2027-03-14T02:00", "2027-03-14T03:00"],
    ["Australia/Lord_Howe", "2027-10-03T02:00", "2027-10-03T02:30"],
    ["America/Santiago", "2027-09-05T00:00", "2027-09-05T01:00"],
  ])("in %s are from %s to %s", (zone, from, to) => {
    expect(told(zone)).toEqual([[from, to]]);
  });

  test.each(["UTC", "Asia/Tokyo", "Asia/Kolkata"])("are none in %s", (zone) => {
    expect(told(zone)).toEqual([]);
  });

  test("come once in each year", () => {
    expect(told("Europe/Berlin", 2026, 2028).map(([from]) => from)).toEqual([
      "2026-03-29T02:00",
      "2027-03-28T02:00",
      "2028-03-26T02:00",
    ]);
  });
});
