import fc from "fast-check";
import { parseQuantity } from "../../src/units/quantity";

const bytes = (text: string) => parseQuantity(text, 0);
const millis = (text: string) => parseQuantity(text, 3);

test.each([
  ["0", 0],
  ["1", 1],
  ["128974848", 128974848],
  ["129e6", 129_000_000],
  ["129E6", 129_000_000],
  ["1e+3", 1000],
  ["15e-1", 2],
  ["129M", 129_000_000],
  ["128974848000m", 128974848],
  ["123Mi", 123 * 1024 ** 2],
  ["1Ki", 1024],
  ["1k", 1000],
  ["1G", 1e9],
  ["1Gi", 1024 ** 3],
  ["1.5Gi", 1.5 * 1024 ** 3],
  ["0.5Ki", 512],
  [".5Ki", 512],
  ["5.Ki", 5120],
  ["1T", 1e12],
  ["2Ti", 2 * 1024 ** 4],
  ["1P", 1e15],
  ["1Pi", 1024 ** 5],
  ["+7", 7],
  ["512m", 1],
  ["1u", 1],
  ["1n", 1],
  ["-0", 0],
  ["0.0000000000000000001", 1],
])("%s is %d bytes", (text, expected) => {
  expect(bytes(text)).toBe(expected);
});

test.each([
  ["1", 1000],
  ["0.25", 250],
  [".25", 250],
  ["250m", 250],
  ["250.1m", 251],
  ["1e-3", 1],
  ["100u", 1],
  ["1500000n", 2],
  ["2k", 2_000_000],
  ["1E", Number.MAX_SAFE_INTEGER],
])("%s is %d millis of CPU", (text, expected) => {
  expect(millis(text)).toBe(expected);
});

test.each(["9E", "9Ei", "1e30", "1e999999999", "9".repeat(60)])(
  "%s, larger than any number here, is the largest number",
  (text) => {
    expect(bytes(text)).toBe(Number.MAX_SAFE_INTEGER);
  },
);

test("an exponent far below zero is the smallest quantity, not nothing", () => {
  expect(bytes("1e-999999999")).toBe(1);
});

test.each([
  "",
  " ",
  "1 Gi",
  "1.5.2",
  "512mb",
  "512MB",
  "1Kib",
  "1ki",
  "1K",
  "Gi",
  ".",
  "-1",
  "-5Mi",
  "0x10",
  "1e",
  "1e1.5",
  "1eMi",
  "NaN",
  "Infinity",
  "½",
  "1,5",
  "9".repeat(100_000),
])("%j is no quantity", (text) => {
  expect(bytes(text)).toBeUndefined();
});

/** The definition, digit by digit: a fraction of two whole numbers, divided with the remainder rounded up. */
function slowly(whole: number, fraction: string, suffix: string, decimals: 0 | 3): number {
  const factors: Record<string, [bigint, bigint]> = {
    n: [1n, 1_000_000_000n],
    u: [1n, 1_000_000n],
    m: [1n, 1000n],
    "": [1n, 1n],
    k: [1000n, 1n],
    M: [1_000_000n, 1n],
    G: [1_000_000_000n, 1n],
    Ki: [1024n, 1n],
    Mi: [1_048_576n, 1n],
    Gi: [1_073_741_824n, 1n],
  };
  const [up, down] = factors[suffix] ?? [0n, 1n];
  const denominator = 10n ** BigInt(fraction.length) * down;
  const numerator = BigInt(`${whole}${fraction}`) * up * 10n ** BigInt(decimals);
  const quotient = numerator / denominator;
  return Number(numerator % denominator === 0n ? quotient : quotient + 1n);
}

test("any quantity is what its digits and its suffix say, rounded up", () => {
  fc.assert(
    fc.property(
      fc.nat(99_999),
      fc.stringMatching(/^\d{0,6}$/),
      fc.constantFrom("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi"),
      fc.constantFrom(0 as const, 3 as const),
      (whole, fraction, suffix, decimals) => {
        const expected = Math.min(slowly(whole, fraction, suffix, decimals), Number.MAX_SAFE_INTEGER);
        expect(parseQuantity(`${whole}${fraction === "" ? "" : `.${fraction}`}${suffix}`, decimals)).toBe(expected);
      },
    ),
  );
});
