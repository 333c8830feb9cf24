import { Cpu } from "../../src/units/cpu";

test("a vCPU is 1000 millis", () => {
  expect(Cpu.ofVcpu(0.25).millis).toBe(250);
  expect(Cpu.ofMillis(1500).vcpu).toBe(1.5);
});

test("sums, differences and the larger of two are CPU again", () => {
  expect(Cpu.ofMillis(100).plus(Cpu.ofMillis(250)).millis).toBe(350);
  expect(Cpu.ofMillis(250).minus(Cpu.ofMillis(100)).millis).toBe(150);
  expect(Cpu.ofMillis(100).max(Cpu.ofMillis(250)).millis).toBe(250);
  expect(Cpu.ofMillis(300).max(Cpu.ofMillis(250)).millis).toBe(300);
});

test("nothing is left where more is taken away than there is", () => {
  expect(Cpu.ofMillis(100).minus(Cpu.ofMillis(250))).toBe(Cpu.ZERO);
});

test("a sum beyond every number stays at the largest", () => {
  const most = Cpu.ofMillis(Number.MAX_SAFE_INTEGER);
  expect(most.plus(most).millis).toBe(Number.MAX_SAFE_INTEGER);
});

test("an amount covers what is at most as large", () => {
  expect(Cpu.ofMillis(250).covers(Cpu.ofMillis(250))).toBe(true);
  expect(Cpu.ofMillis(250).covers(Cpu.ofMillis(251))).toBe(false);
});

test.each([
  [0, "0"],
  [250, "250m"],
  [1000, "1"],
  [1500, "1500m"],
])("%d millis are written %s, as Kubernetes does", (millis, text) => {
  expect(String(Cpu.ofMillis(millis))).toBe(text);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("%d millis are refused", (millis) => {
  expect(() => Cpu.ofMillis(millis)).toThrow(`CPU must be a whole number of millis, 0 or more, got ${millis}`);
});
