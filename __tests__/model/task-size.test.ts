import fc from "fast-check";
import { describeSize, FARGATE_TASK_SIZES, type FargateSize, nearestSizes } from "../../src/model/fargate-sizes";
import type { TaskPlatform } from "../../src/model/task-platform";
import {
  cpuUnits,
  fargateTaskSizes,
  memoryMib,
  type TaskSize,
  taskSizeOf,
  taskSizeProblems,
} from "../../src/model/task-size";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";
import { taskContainer, told } from "../support/tasks";

const SMALL = [taskContainer({ cpu: "1m", memory: "6Mi" })];
const WINDOWS: TaskPlatform = { operatingSystem: "WINDOWS_SERVER_2022_CORE" };

const problems = (size: TaskSize | undefined, containers = SMALL, platform: TaskPlatform = {}) =>
  told(taskSizeProblems(size, containers, "FARGATE", platform));

const written = ({ cpu, memory }: FargateSize): TaskSize => ({ cpu: String(cpu), memory: String(memory) });

describe("the size of a task on Fargate", () => {
  test.each(FARGATE_TASK_SIZES.map((size) => [describeSize(size), size] as const))("may be %s", (_, size) => {
    expect(problems(written(size))).toEqual([]);
  });

  test("may be no other pair", () => {
    const amount = fc.record({
      millis: fc.integer({ min: 1, max: 40_000 }),
      mib: fc.integer({ min: 1, max: 300_000 }),
    });
    fc.assert(
      fc.property(amount, ({ millis, mib }) => {
        const valid = FARGATE_TASK_SIZES.some(({ cpu, memory }) => cpu.millis === millis && memory.mib === mib);
        expect(problems({ cpu: `${millis}m`, memory: `${mib}Mi` }).length === 0).toBe(valid);
      }),
    );
  });

  test("is told with the pairs that lie nearest", () => {
    expect(problems({ cpu: "250m", memory: "4Gi" })).toEqual([
      [
        "size",
        "'size' must be a pair of CPU and memory that Fargate has, got 0.25vCPU 4GB; the nearest are 0.25vCPU 2GB and 0.5vCPU 4GB",
      ],
    ]);
    expect(problems({ cpu: "64", memory: "512Gi" })).toEqual([
      [
        "size",
        "'size' must be a pair of CPU and memory that Fargate has, got 64vCPU 512GB; the nearest are 32vCPU 244GB",
      ],
    ]);
  });

  test("is told with a pair even where none is on either side", () => {
    const nearest = (cpu: string, memory: string) => problems({ cpu, memory })[0]?.[1].split("nearest are ")[1];
    expect(nearest("40", "256Mi")).toBe("32vCPU 60GB");
    expect(nearest("100m", "300Gi")).toBe("32vCPU 244GB");
  });

  test("in ECS's own units is told what they are here", () => {
    expect(problems({ cpu: "512", memory: "1Gi" })).toEqual([
      [
        "size",
        `'size' must be a pair of CPU and memory that Fargate has, got 512vCPU 1GB; the nearest are 0.5vCPU 1GB ("512" is that many vCPU here; ECS's 512 units are "500m")`,
      ],
    ]);
  });

  test.each([
    [
      "cpu",
      { cpu: "much", memory: "1Gi" },
      `'cpu' of 'size' must be a Kubernetes quantity above 0, like "500m" or "2", got "much"`,
    ],
    [
      "memory",
      { cpu: "1", memory: "0" },
      `'memory' of 'size' must be a Kubernetes quantity above 0, like "512Mi" or "2Gi", got "0"`,
    ],
    [
      "memory",
      { cpu: "1", memory: "3072" },
      `'memory' of 'size' must be a Kubernetes quantity of at least 1Mi, like "512Mi" or "2Gi", got "3072", which are bytes; 3072 MiB are "3072Mi"`,
    ],
    [
      "memory",
      { cpu: "1", memory: "3Ki" },
      `'memory' of 'size' must be a Kubernetes quantity of at least 1Mi, like "512Mi" or "2Gi", got "3Ki"`,
    ],
  ])("has a '%s' that is a quantity", (property, size, message) => {
    expect(problems(size)).toEqual([[`size.${property}`, message]]);
  });

  test("holds its containers", () => {
    expect(problems({ cpu: "250m", memory: "512Mi" }, [taskContainer(), taskContainer({ cpu: "1m" })])).toEqual([
      [
        "size",
        "'size' must hold the sum of the containers, 251m of CPU and 1Gi of memory, got 0.25vCPU 0.5GB; the smallest that does is 0.5vCPU 1GB, which is the default",
      ],
    ]);
  });

  test("is by default the smallest that holds its containers", () => {
    const sizeOf = (cpu: string, memory: string, platform?: TaskPlatform) => {
      const size = taskSizeOf(undefined, [taskContainer({ cpu, memory })], "FARGATE", platform);
      return size && describeSize(size);
    };
    expect(sizeOf("250m", "512Mi")).toBe("0.25vCPU 0.5GB");
    expect(sizeOf("250m", "513Mi")).toBe("0.25vCPU 1GB");
    expect(sizeOf("100m", "9Gi")).toBe("2vCPU 9GB");
    expect(sizeOf("250m", "512Mi", WINDOWS)).toBe("1vCPU 2GB");
    expect(sizeOf("33", "1Gi")).toBeUndefined();
  });

  test("is not there for containers that are too large", () => {
    expect(problems(undefined, [taskContainer({ cpu: "33" })])).toEqual([
      [
        "containers",
        "the containers of a task must fit into the largest size of Fargate, 32vCPU 244GB, got 33 of CPU and 512Mi of memory; give them less, or split the task",
      ],
    ]);
  });

  test("is told in ECS's own units where a container may be meant in them", () => {
    const hint = ` ("256" is that many vCPU here; ECS's 256 units are "250m")`;
    expect(problems(undefined, [taskContainer(), taskContainer({ cpu: "256" })])[0]?.[1]).toMatch(
      new RegExp(`give them less, or split the task${hint.replace(/[()]/g, "\\$&")}$`),
    );
    expect(problems({ cpu: "1", memory: "2Gi" }, [taskContainer({ cpu: "256" })])[0]?.[1]).toContain(hint);
  });

  test("has 1 to 4 vCPU with Windows", () => {
    expect([...new Set(fargateTaskSizes(WINDOWS).map(({ cpu }) => cpu.vcpu))]).toEqual([1, 2, 4]);
    expect(problems({ cpu: "500m", memory: "1Gi" }, SMALL, WINDOWS)).toEqual([
      [
        "size",
        "'size' must be a pair of CPU and memory that Fargate has for Windows (1 to 4 vCPU), got 0.5vCPU 1GB; the nearest are 1vCPU 2GB",
      ],
    ]);
    expect(problems(undefined, [taskContainer({ cpu: "5" })], WINDOWS)[0]?.[1]).toContain("4vCPU 30GB");
  });
});

test("sizes that are suggested are valid, and none lies between them and the pair", () => {
  const pair = fc.record({ millis: fc.integer({ min: 1, max: 40_000 }), mib: fc.integer({ min: 1, max: 300_000 }) });
  fc.assert(
    fc.property(pair, ({ millis, mib }) => {
      const given = { cpu: Cpu.ofMillis(millis), memory: Memory.ofMib(mib) };
      const within = (inner: FargateSize, outer: FargateSize) =>
        outer.cpu.covers(inner.cpu) && outer.memory.covers(inner.memory);
      const nearest = nearestSizes(given);
      expect(nearest.length).toBeGreaterThan(0);
      for (const size of nearest) {
        expect(FARGATE_TASK_SIZES).toContain(size);
        if (!within(size, given) && !within(given, size)) {
          expect([nearest, describeSize(size)]).toEqual([[size], millis > 32_000 ? "32vCPU 60GB" : "32vCPU 244GB"]);
          continue;
        }
        const between = FARGATE_TASK_SIZES.filter(
          (other) =>
            other !== size &&
            (within(size, given)
              ? within(size, other) && within(other, given)
              : within(given, other) && within(other, size)),
        );
        expect(within(size, given) && within(given, size) ? [] : between).toEqual([]);
      }
    }),
  );
});

test("what containers get in ECS's units is no more than what their task gets", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 2, max: 4000 }), { minLength: 1, maxLength: 10 }), (millis) => {
      const parts = millis.map((each) => cpuUnits(Cpu.ofMillis(each)));
      const whole = cpuUnits(millis.map(Cpu.ofMillis).reduce((sum, each) => sum.plus(each)));
      expect(parts.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(whole);
    }),
  );
  expect([cpuUnits(Cpu.ofMillis(1)), cpuUnits(Cpu.ofMillis(250)), memoryMib(Memory.ofBytes(1))]).toEqual([2, 256, 1]);
});

describe("the size of a task on instances", () => {
  const onInstances = (size?: TaskSize) => told(taskSizeProblems(size, SMALL, "EC2"));

  test("may be left out, or any amount", () => {
    expect(onInstances()).toEqual([]);
    expect(taskSizeOf(undefined, SMALL, "EC2")).toBeUndefined();
    expect(onInstances({ cpu: "125m", memory: "100Mi" })).toEqual([]);
  });

  test.each(["124m", "193"])("has a CPU that ECS takes, and not %s", (cpu) => {
    expect(onInstances({ cpu, memory: "1Gi" })).toEqual([
      [
        "size.cpu",
        `'cpu' of 'size' must be from 125m to 192 vCPU on instances, got "${cpu}"; leave 'size' out to let the containers' own amounts count`,
      ],
    ]);
  });

  test("holds its containers", () => {
    expect(told(taskSizeProblems({ cpu: "1", memory: "256Mi" }, [taskContainer()], "EC2"))).toEqual([
      [
        "size",
        "'size' must hold the sum of the containers, 250m of CPU and 512Mi of memory, got 1vCPU 0.25GB; give the containers less",
      ],
    ]);
  });
});
