import { Money } from "../../src/units/money";

test("amounts are exact where floating point is not", () => {
  expect(Money.usd("0.1").plus(Money.usd("0.2")).toString()).toBe("0.3");
  expect(Money.usd("0.04048").times(730).toString()).toBe("29.5504");
});

test("a sum of nothing is 0", () => {
  expect(Money.sum([]).toString()).toBe("0");
  expect(Money.sum([Money.usd("1.10"), Money.usd("2.20")]).toString()).toBe("3.3");
});

test("differences, shares and parts", () => {
  expect(Money.usd(5).minus(Money.usd("7.5")).toString()).toBe("-2.5");
  expect(Money.usd(50).percent(20).toString()).toBe("10");
  expect(Money.usd(1).dividedBy(4).toString()).toBe("0.25");
  expect(Money.usd("0.5").times(Money.usd("0.2")).toString()).toBe("0.1");
});

test("the ratio to nothing is not known", () => {
  expect(Money.usd(3).ratioTo(Money.usd(2))).toBe(1.5);
  expect(Money.usd(3).ratioTo(Money.ZERO)).toBeUndefined();
});

test("division by 0 is refused", () => {
  expect(() => Money.usd(1).dividedBy(0)).toThrow("money cannot be divided by 0");
});

test("amounts are compared by value", () => {
  expect(Money.usd("1.0").compareTo(Money.usd(1))).toBe(0);
  expect(Money.usd(1).compareTo(Money.usd(2))).toBeLessThan(0);
  expect(Money.usd(2).compareTo(Money.usd(1))).toBeGreaterThan(0);
});

test.each([
  ["0.005", "0.01"],
  ["0.004", "0.00"],
  ["1234.5", "1234.50"],
])("%s with two decimals is %s, rounded half up", (usd, text) => {
  expect(Money.usd(usd).toFixed(2)).toBe(text);
});

test.each([
  ["0.5", 2, "0.50"],
  ["999.999", 2, "1,000.00"],
  ["1234567.891", 4, "1,234,567.8910"],
  ["1234567", 0, "1,234,567"],
  ["-1234.5", 2, "-1,234.50"],
])("%s with %d decimals and thousands apart is %s", (usd, decimals, text) => {
  expect(Money.usd(usd).toGrouped(decimals)).toBe(text);
});

test("an amount is never written with an exponent, and is text in JSON", () => {
  expect(String(Money.usd("0.00000000111"))).toBe("0.00000000111");
  expect(JSON.stringify({ usd: Money.usd("0.1") })).toBe('{"usd":"0.1"}');
});

test.each(["", "a dollar", "1,5", "NaN", "Infinity"])("%j is no amount", (text) => {
  expect(() => Money.usd(text)).toThrow(`money must be a decimal number of US dollars, got "${text}"`);
});
