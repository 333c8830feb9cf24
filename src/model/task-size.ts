import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import { amountsOf, bareMemoryHint, type ContainerSpec, LEAST_MEMORY } from "./container-spec";
import { describeSize, FARGATE_TASK_SIZES, type FargateSize, nearestSizes, roundUpToSize } from "./fargate-sizes";
import { type Problem, problemAt, quote } from "./problem";
import { isWindows, type TaskLaunch, type TaskPlatform } from "./task-platform";

/** CPU and memory of a task as Kubernetes quantities, such as `500m` and `1Gi`. */
export interface TaskSize {
  /** CPU as a Kubernetes quantity: `1`, `500m`. */
  readonly cpu: string;
  /** Memory as a Kubernetes quantity: `2Gi`. */
  readonly memory: string;
}

/** ECS's units of one vCPU. */
const UNITS_PER_VCPU = 1024;

/** Bounds of a task's CPU on instances. Source: API model of ECS, RegisterTaskDefinition, 2026-11-17. */
const INSTANCE_CPU_MIN = Cpu.ofMillis(125);
const INSTANCE_CPU_MAX = Cpu.ofVcpu(192);

/** Source: ECS Developer Guide, "Task size": Windows on Fargate has 1 to 4 vCPU, 2026-11-21. */
const WINDOWS_CPU_MIN = Cpu.ofVcpu(1);
const WINDOWS_CPU_MAX = Cpu.ofVcpu(4);

/** From here on tasks need platform version 1.4.0. Source: cfn-lint 1.58.0, fargate_cpu_memory, 2026-10-20. */
const LARGE_CPU = Cpu.ofVcpu(8);

/** Sizes that tasks of the platform have on Fargate, from the smallest. */
export function fargateTaskSizes(platform: TaskPlatform): readonly FargateSize[] {
  return isWindows(platform)
    ? FARGATE_TASK_SIZES.filter(({ cpu }) => cpu.covers(WINDOWS_CPU_MIN) && WINDOWS_CPU_MAX.covers(cpu))
    : FARGATE_TASK_SIZES;
}

/** What the containers of a task get together, each in whole MiB as ECS counts memory. */
export function sumOf(containers: readonly ContainerSpec[]): FargateSize {
  return containers.reduce<FargateSize>(
    (sum, container) => ({
      cpu: sum.cpu.plus(amountsOf(container).cpu),
      memory: sum.memory.plus(Memory.ofMib(memoryMib(amountsOf(container).memory))),
    }),
    { cpu: Cpu.ZERO, memory: Memory.ZERO },
  );
}

/** CPU as ECS counts it, rounded down so that parts are never more than their sum; 2 are the least. */
export function cpuUnits({ vcpu }: Cpu): number {
  return Math.max(2, Math.floor(vcpu * UNITS_PER_VCPU));
}

/** Memory as ECS counts it, rounded up. */
export function memoryMib({ mib }: Memory): number {
  return Math.ceil(mib);
}

/**
 * The size of the task: the given one, or on Fargate the smallest that holds its containers; `undefined` where none
 * does, and on instances where none is given.
 */
export function taskSizeOf(
  size: TaskSize | undefined,
  containers: readonly ContainerSpec[],
  launch: TaskLaunch,
  platform: TaskPlatform = {},
): FargateSize | undefined {
  if (size !== undefined) {
    return parse(size);
  }
  const { cpu, memory } = sumOf(containers);
  return launch === "FARGATE" ? roundUpToSize(cpu, memory, fargateTaskSizes(platform)) : undefined;
}

/** Whether a task of this size needs platform version 1.4.0 of Fargate. */
export function isLarge({ cpu }: FargateSize): boolean {
  return cpu.covers(LARGE_CPU);
}

/** What is wrong with the size of a task, and with its containers against it. */
export function taskSizeProblems(
  size: TaskSize | undefined,
  containers: readonly ContainerSpec[],
  launch: TaskLaunch,
  platform: TaskPlatform = {},
): Problem[] {
  const sizes = fargateTaskSizes(platform);
  const sum = sumOf(containers);
  if (size === undefined) {
    const largest = sizes.at(-1);
    return largest === undefined || launch !== "FARGATE" || roundUpToSize(sum.cpu, sum.memory, sizes) !== undefined
      ? []
      : [
          {
            at: ["containers"],
            message: `the containers of a task${isWindows(platform) ? " with Windows" : ""} must fit into the largest size of Fargate, ${describeSize(largest)}, got ${describeSum(sum)}; give them less, or split the task${containersInUnits(containers)}`,
          },
        ];
  }
  const malformed = quantityProblems(size);
  const pair = parse(size);
  if (malformed.length > 0 || pair === undefined) {
    return malformed;
  }
  const wrong = launch === "FARGATE" ? pairProblems(size, pair, sizes, platform) : instanceProblems(size, pair);
  return wrong.length > 0 || (pair.cpu.covers(sum.cpu) && pair.memory.covers(sum.memory))
    ? wrong
    : [
        {
          at: ["size"],
          message: `'size' must hold the sum of the containers, ${describeSum(sum)}, got ${describeSize(pair)}${fitting(sum, launch, sizes)}${containersInUnits(containers)}`,
        },
      ];
}

function fitting({ cpu, memory }: FargateSize, launch: TaskLaunch, sizes: readonly FargateSize[]): string {
  const size = launch === "FARGATE" ? roundUpToSize(cpu, memory, sizes) : undefined;
  return size === undefined
    ? "; give the containers less"
    : `; the smallest that does is ${describeSize(size)}, which is the default`;
}

function parse({ cpu, memory }: TaskSize): FargateSize | undefined {
  const millis = parseQuantity(cpu, 3);
  const bytes = parseQuantity(memory, 0);
  return millis && bytes ? { cpu: Cpu.ofMillis(millis), memory: Memory.ofBytes(bytes) } : undefined;
}

function quantityProblems({ cpu, memory }: TaskSize): Problem[] {
  const bytes = parseQuantity(memory, 0) ?? 0;
  return [
    ...problemAt(
      ["size", "cpu"],
      parseQuantity(cpu, 3)
        ? undefined
        : `'cpu' of 'size' must be a Kubernetes quantity above 0, like "500m" or "2", got ${quote(cpu)}`,
    ),
    ...problemAt(
      ["size", "memory"],
      bytes >= LEAST_MEMORY.bytes
        ? undefined
        : `'memory' of 'size' must be a Kubernetes quantity ${bytes === 0 ? "above 0" : `of at least ${LEAST_MEMORY}`}, like "512Mi" or "2Gi", got ${quote(memory)}${bareMemoryHint(memory)}`,
    ),
  ];
}

function pairProblems(
  given: TaskSize,
  pair: FargateSize,
  sizes: readonly FargateSize[],
  platform: TaskPlatform,
): Problem[] {
  if (sizes.some(({ cpu, memory }) => cpu.millis === pair.cpu.millis && memory.bytes === pair.memory.bytes)) {
    return [];
  }
  const nearest = nearestSizes(pair, sizes).map(describeSize).join(" and ");
  return [
    {
      at: ["size"],
      message: `'size' must be a pair of CPU and memory that Fargate has${isWindows(platform) ? " for Windows (1 to 4 vCPU)" : ""}, got ${describeSize(pair)}; the nearest are ${nearest}${inUnits(given)}`,
    },
  ];
}

function containersInUnits(containers: readonly ContainerSpec[]): string {
  return containers.map(inUnits).find((hint) => hint !== "") ?? "";
}

/** Whoever knows ECS may write 512 and mean its units. */
function inUnits({ cpu }: Pick<TaskSize, "cpu">): string {
  return /^\d{3,5}$/.test(cpu)
    ? ` (${quote(cpu)} is that many vCPU here; ECS's ${cpu} units are ${quote(Cpu.ofVcpu(Number(cpu) / UNITS_PER_VCPU).toString())})`
    : "";
}

function instanceProblems(given: TaskSize, { cpu }: FargateSize): Problem[] {
  return cpu.covers(INSTANCE_CPU_MIN) && INSTANCE_CPU_MAX.covers(cpu)
    ? []
    : [
        {
          at: ["size", "cpu"],
          message: `'cpu' of 'size' must be from ${INSTANCE_CPU_MIN} to ${INSTANCE_CPU_MAX} vCPU on instances, got ${quote(given.cpu)}; leave 'size' out to let the containers' own amounts count`,
        },
      ];
}

function describeSum({ cpu, memory }: FargateSize): string {
  return `${cpu} of CPU and ${memory} of memory`;
}
