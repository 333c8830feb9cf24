import fc from "fast-check";
import {
  APP_RUNNER_SIZES,
  appRunnerSizeOf,
  appRunnerSizeProblems,
  describeAppRunnerSize,
} from "../../src/model/app-runner-sizes";
import { roundUpToSize } from "../../src/model/fargate-sizes";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

describe("the sizes of App Runner", () => {
  test("are eleven pairs, which AWS's API takes in units of CPU and MiB", () => {
    expect(APP_RUNNER_SIZES.map(({ cpu, memory }) => [cpu.vcpu * 1024, memory.mib])).toEqual([
      [256, 512],
      [256, 1024],
      [512, 1024],
      [1024, 2048],
      [1024, 3072],
      [1024, 4096],
      [2048, 4096],
      [2048, 6144],
      [4096, 8192],
      [4096, 10_240],
      [4096, 12_288],
    ]);
  });

  test("are found by their quantities, however they are written", () => {
    expect(appRunnerSizeOf({ cpu: "0.25", memory: "512Mi" })).toBe(APP_RUNNER_SIZES[0]);
    expect(appRunnerSizeOf({ cpu: "250m", memory: "0.5Gi" })).toBe(APP_RUNNER_SIZES[0]);
    expect(appRunnerSizeProblems({ cpu: "1", memory: "2Gi" })).toEqual([]);
  });

  test.each([
    [{ cpu: "1", memory: "5Gi" }, 'are { cpu: "1", memory: 4Gi } and { cpu: "2", memory: 6Gi }'],
    [{ cpu: "750m", memory: "1Gi" }, 'are { cpu: "500m", memory: 1Gi } and { cpu: "1", memory: 2Gi }'],
    [{ cpu: "8", memory: "16Gi" }, 'is { cpu: "4", memory: 12Gi }'],
    [{ cpu: "100m", memory: "128Mi" }, 'is { cpu: "250m", memory: 512Mi }'],
  ])("that are none are refused with the nearest: %j", (size, nearest) => {
    expect(appRunnerSizeProblems(size)).toEqual([
      {
        at: [],
        message: `'size' must be a pair of CPU and memory that App Runner has, got "${size.cpu}" and "${size.memory}"; the nearest ${nearest}`,
      },
    ]);
  });

  test("must be quantities", () => {
    expect(appRunnerSizeProblems({ cpu: "one", memory: "2Gi" })[0]?.message).toBe(
      `'size' must be a pair of CPU and memory that App Runner has, got "one" and "2Gi"; write Kubernetes quantities, like { cpu: "1", memory: 2Gi }`,
    );
  });

  test("cover what is asked for, and no smaller one does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 13_000 }), (millis, mib) => {
        const cpu = Cpu.ofMillis(millis);
        const memory = Memory.ofMib(mib);
        const size = roundUpToSize(cpu, memory, APP_RUNNER_SIZES);
        if (size === undefined) {
          expect(millis > 4000 || mib > 12_288).toBe(true);
          return;
        }
        expect(size.cpu.covers(cpu) && size.memory.covers(memory)).toBe(true);
        const smaller = APP_RUNNER_SIZES.slice(0, APP_RUNNER_SIZES.indexOf(size));
        expect(smaller.some((each) => each.cpu.covers(cpu) && each.memory.covers(memory))).toBe(false);
        expect(appRunnerSizeOf({ cpu: String(size.cpu), memory: String(size.memory) })).toBe(size);
      }),
    );
  });

  test("nearest to a pair are sizes themselves, below and above it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 20_000 }), (millis, mib) => {
        const size = { cpu: `${millis}m`, memory: `${mib}Mi` };
        const [problem] = appRunnerSizeProblems(size);
        const names = APP_RUNNER_SIZES.map(describeAppRunnerSize);
        const named = names.filter((name) => problem?.message.includes(name));
        expect(named.length).toBeGreaterThanOrEqual(problem === undefined ? 0 : 1);
      }),
    );
  });
});
