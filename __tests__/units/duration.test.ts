import { parseDuration } from "../../src/units/duration";

test.each([
  ["90s", 90],
  ["10m", 600],
  ["1h30m", 5400],
  ["2d", 172_800],
  ["0.5h", 1800],
  ["1m1m", 120],
])("%s are %d seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["", "90", "0s", "-1m", "1 h", "1w", "h", "1h30", "ten minutes", `${"9".repeat(400)}s`])(
  "%j is no duration",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
