import { isTimeZone } from "../../src/units/time-zone";

test.each(["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/UTC", "UTC"])("%s is a time zone", (name) => {
  expect(isTimeZone(name)).toBe(true);
});

test.each(["Europe/Berln", "Berlin", "", "+25:00"])('"%s" is none', (name) => {
  expect(isTimeZone(name)).toBe(false);
});
