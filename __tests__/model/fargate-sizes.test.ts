import fc from "fast-check";
import {
  describeSize,
  FARGATE_POD_SIZES,
  FARGATE_TASK_SIZES,
  type FargateSize,
  roundUpToSize,
} from "../../src/model/fargate-sizes";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

const rounded = (millis: number, mib: number, sizes?: readonly FargateSize[]) => {
  const size = roundUpToSize(Cpu.ofMillis(millis), Memory.ofMib(mib), sizes);
  return size === undefined ? undefined : describeSize(size);
};

test.each([
  [0, 0, "0.25vCPU 0.5GB"],
  [250, 512, "0.25vCPU 0.5GB"],
  [251, 512, "0.5vCPU 1GB"],
  [250, 513, "0.25vCPU 1GB"],
  [250, 2049, "0.5vCPU 3GB"],
  [1000, 8192, "1vCPU 8GB"],
  [1000, 8448, "2vCPU 9GB"],
  [1001, 100, "2vCPU 4GB"],
  [4000, 30 * 1024, "4vCPU 30GB"],
  [4000, 30 * 1024 + 1, "8vCPU 32GB"],
  [5000, 100, "8vCPU 16GB"],
  [8000, 17 * 1024, "8vCPU 20GB"],
  [16000, 120 * 1024, "16vCPU 120GB"],
])("%d millis and %d MiB become %s", (millis, mib, size) => {
  expect(rounded(millis, mib)).toBe(size);
});

test.each([
  [16_001, 512],
  [250, 120 * 1024 + 1],
])("%d millis and %d MiB are more than any pod can have", (millis, mib) => {
  expect(rounded(millis, mib)).toBeUndefined();
});

test("ECS tasks have what pods have, and 32 vCPU with 60, 120 or 244 GB", () => {
  expect(FARGATE_TASK_SIZES.slice(0, FARGATE_POD_SIZES.length)).toEqual(FARGATE_POD_SIZES);
  expect(FARGATE_TASK_SIZES.slice(FARGATE_POD_SIZES.length).map(describeSize)).toEqual([
    "32vCPU 60GB",
    "32vCPU 120GB",
    "32vCPU 244GB",
  ]);
  expect(rounded(16_001, 512, FARGATE_TASK_SIZES)).toBe("32vCPU 60GB");
});

test("there are 74 sizes of a pod, each once", () => {
  expect(new Set(FARGATE_POD_SIZES.map(describeSize)).size).toBe(74);
  expect(FARGATE_POD_SIZES).toHaveLength(74);
});

/** AWS's table, written out by vCPU: memory in GB. */
const TABLE: [number, number[]][] = [
  [0.25, [0.5, 1, 2]],
  [0.5, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5, 6, 7, 8]],
  [2, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  [4, [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]],
  [8, [16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60]],
  [16, [32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120]],
];

function slowly(millis: number, mib: number): string | undefined {
  for (const [vcpu, memories] of TABLE) {
    for (const gb of memories) {
      if (millis <= vcpu * 1000 && mib <= gb * 1024) {
        return `${vcpu}vCPU ${gb}GB`;
      }
    }
  }
  return undefined;
}

test("any request becomes the first size of AWS's table that has room for it", () => {
  fc.assert(
    fc.property(fc.nat(17_000), fc.nat(125_000), (millis, mib) => {
      expect(rounded(millis, mib)).toBe(slowly(millis, mib));
    }),
  );
});
