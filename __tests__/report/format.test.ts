import {
  count,
  dollars,
  dollarsRange,
  hourly,
  listed,
  monthly,
  percent,
  plural,
  printable,
  rangeText,
  shareOf,
} from "../../src/report/format";
import { Money } from "../../src/units/money";

const usd = (amount: string) => Money.usd(amount);
const range = (min: string, max = min) => ({ min: usd(min), max: usd(max) });

describe("amounts", () => {
  test("have four decimals for an hour and two for a month", () => {
    expect([hourly(usd("0.0404849")), monthly(usd("29.555"))]).toEqual(["0.0405", "29.56"]);
  });

  test("have commas between thousands, and none in the decimals", () => {
    expect(["999.999", "1234.5", "12345678"].map((amount) => monthly(usd(amount)))).toEqual([
      "1,000.00",
      "1,234.50",
      "12,345,678.00",
    ]);
    expect(hourly(usd("1234.56789"))).toBe("1,234.5679");
  });

  test("are 0 only when they are nothing", () => {
    expect([monthly(usd("0")), monthly(usd("0.004")), hourly(usd("0.00001"))]).toEqual(["0.00", "<0.01", "<0.0001"]);
    expect([dollars("0.00"), dollars("<0.01")]).toEqual(["$0.00", "<$0.01"]);
  });

  test("are a range where fewest and most differ in what is shown", () => {
    expect(rangeText(range("17.1", "85.41"), monthly)).toBe("17.10 - 85.41");
    expect(rangeText(range("17.101", "17.102"), monthly)).toBe("17.10");
    expect(dollarsRange(range("1234.56", "2000"))).toBe("$1,234.56 to $2,000.00");
  });

  test("are a dash when they are not known, and never 0", () => {
    expect([rangeText(undefined, monthly), dollarsRange(undefined)]).toEqual(["-", "-"]);
  });
});

describe("shares", () => {
  test("are whole percents that claim nothing and everything only when it is so", () => {
    expect([0, 0.004, 0.235, 0.996, 1].map(percent)).toEqual(["0%", "<1%", "24%", ">99%", "100%"]);
  });

  test("are taken at the fewest replicas, or at the most when the fewest cost nothing", () => {
    expect(shareOf(range("1", "9"), range("4", "10"))).toBe(0.25);
    expect(shareOf(range("0", "9"), range("0", "10"))).toBe(0.9);
    expect(shareOf(range("0"), range("0"))).toBe(undefined);
  });
});

test("counts are one number, or two when there is a range", () => {
  expect([count({ min: 3, max: 3 }), count({ min: 0, max: 6 })]).toEqual(["3", "0-6"]);
  expect([plural(1, "pod"), plural(1234, "pod"), plural({ min: 0, max: 1 }, "pod")]).toEqual([
    "1 pod",
    "1,234 pods",
    "0 to 1 pod",
  ]);
});

test("lists read as in a sentence", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed)).toEqual(["", "a", "a and b", "a, b and c"]);
});

test("text from manifests stands on one line, and its control characters are shown", () => {
  expect(printable("a \r\n b\u001b[2J\u0007\u202e\u0085")).toBe("a b\\u001b[2J\\u0007\\u202e\\u0085");
});
