import { Memory } from "../../src/units/memory";

test("a GiB is 1024 MiB", () => {
  expect(Memory.ofGib(1).mib).toBe(1024);
  expect(Memory.ofMib(512).gib).toBe(0.5);
});

test("sums, differences and the larger of two are memory again", () => {
  expect(Memory.ofMib(100).plus(Memory.ofMib(28)).mib).toBe(128);
  expect(Memory.ofMib(100).minus(Memory.ofMib(28)).mib).toBe(72);
  expect(Memory.ofMib(100).max(Memory.ofMib(28)).mib).toBe(100);
  expect(Memory.ofMib(28).max(Memory.ofMib(100)).mib).toBe(100);
});

test("nothing is left where more is taken away than there is", () => {
  expect(Memory.ofMib(1).minus(Memory.ofMib(2))).toBe(Memory.ZERO);
});

test("a sum beyond every number stays at the largest", () => {
  const most = Memory.ofBytes(Number.MAX_SAFE_INTEGER);
  expect(most.plus(most).bytes).toBe(Number.MAX_SAFE_INTEGER);
});

test("an amount covers what is at most as large", () => {
  expect(Memory.ofMib(256).covers(Memory.ofMib(256))).toBe(true);
  expect(Memory.ofMib(256).covers(Memory.ofBytes(256 * 1024 ** 2 + 1))).toBe(false);
});

test.each([
  [0, "0"],
  [100_000_000, "100M"],
  [1_000_000_000, "1G"],
  [10_000_000_000, "10G"],
  [2_048_000, "2000Ki"],
  [1500, "1500"],
  [5000, "5k"],
  [2048, "2Ki"],
  [512 * 1024 ** 2, "512Mi"],
  [3 * 1024 ** 3, "3Gi"],
  [1024 ** 4, "1Ti"],
  [2e12, "2T"],
])("%d bytes are written %s, as Kubernetes does", (bytes, text) => {
  expect(String(Memory.ofBytes(bytes))).toBe(text);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("%d bytes are refused", (bytes) => {
  expect(() => Memory.ofBytes(bytes)).toThrow(`memory must be a whole number of bytes, 0 or more, got ${bytes}`);
});
