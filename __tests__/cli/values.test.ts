import { parseArguments } from "../../src/cli/arguments";
import { numberOf, secondsOf, wordOf } from "../../src/cli/values";

const args = (...rest: string[]) => parseArguments(["cost", "-", ...rest]);
const ZONES = { min: 1, max: 8, whole: true };

test("an option that is not given has no value", () => {
  expect(numberOf(args(), "zones", ZONES)).toBeUndefined();
  expect(wordOf(args(), "format", ["table"])).toBeUndefined();
  expect(secondsOf(args(), "run-time")).toBeUndefined();
});

test("a number is taken within its range, the ends included", () => {
  expect(numberOf(args("--zones", "1"), "zones", ZONES)).toBe(1);
  expect(numberOf(args("--zones", "8"), "zones", ZONES)).toBe(8);
});

test.each(["0", "9", "2.5", "-1", "two", "1e1", "0x2", " 2"])("%j zones are refused with the range", (text) => {
  expect(() => numberOf(args(`--zones=${text}`), "zones", ZONES)).toThrow(
    `--zones must be a whole number from 1 to 8, got ${JSON.stringify(text)}`,
  );
});

test("a word is one of those that are known", () => {
  expect(wordOf(args("--format", "json"), "format", ["table", "json"])).toBe("json");
  expect(() => wordOf(args("--format", "sarif"), "format", ["table", "json"])).toThrow(
    '--format of cost must be table, json, got "sarif"',
  );
});

test.each([
  ["90s", 90],
  ["10m", 600],
  ["1h30m", 5400],
  ["1h1m1s", 3661],
])("%s are %d seconds", (text, seconds) => {
  expect(secondsOf(args("--run-time", text), "run-time")).toBe(seconds);
});

test.each(["10", "0s", "ten minutes", "5d", "m", "1.5h", "9999999m"])("a run time of %j is refused", (text) => {
  expect(() => secondsOf(args("--run-time", text), "run-time")).toThrow(
    `--run-time must be DURATION of more than 0 such as 90s, 10m or 1h30m, got "${text}"`,
  );
});
