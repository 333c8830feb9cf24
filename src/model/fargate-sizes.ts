import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";

/** What Fargate provisions and bills for one pod or task. */
export interface FargateSize {
  readonly cpu: Cpu;
  readonly memory: Memory;
}

/**
 * Sizes of pods on EKS Fargate, by vCPU: GiB of memory from, to, and in steps of.
 *
 * As of 2026-11-21. 32 vCPU exist for ECS tasks only.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 */
const POD_ROWS = [
  { vcpu: 0.25, gib: [0.5, 1, 2] },
  { vcpu: 0.5, gib: steps(1, 4, 1) },
  { vcpu: 1, gib: steps(2, 8, 1) },
  { vcpu: 2, gib: steps(4, 16, 1) },
  { vcpu: 4, gib: steps(8, 30, 1) },
  { vcpu: 8, gib: steps(16, 60, 4) },
  { vcpu: 16, gib: steps(32, 120, 8) },
];

/**
 * What ECS offers beyond the sizes of pods.
 *
 * As of 2026-10-20, cfn-lint 1.58.0 fargate_cpu_memory.json.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const TASK_ROWS = [...POD_ROWS, { vcpu: 32, gib: [60, 120, 244] }];

/** Every size of a pod, from the smallest; by vCPU, then by memory. */
export const FARGATE_POD_SIZES: readonly FargateSize[] = toSizes(POD_ROWS);

/** Every size of an ECS task on Fargate (Linux), from the smallest; by vCPU, then by memory. */
export const FARGATE_TASK_SIZES: readonly FargateSize[] = toSizes(TASK_ROWS);

/**
 * Memory that Fargate adds to what a pod requests, for kubelet, kube-proxy and containerd.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 */
export const FARGATE_POD_OVERHEAD = Memory.ofMib(256);

/** Ephemeral storage that every pod has, and that is not billed. Source: fargate-pod-configuration, 2026-11-21. */
export const FARGATE_EPHEMERAL_STORAGE = Memory.ofGib(20);

/** Most ephemeral storage that a pod can have. Source: fargate-pod-configuration, 2026-11-21. */
export const FARGATE_EPHEMERAL_STORAGE_MAX = Memory.ofGib(175);

/**
 * The smallest size that has both, by vCPU first: too little memory moves on to the next vCPU.
 *
 * @returns `undefined` when no size is large enough
 */
export function roundUpToSize(
  cpu: Cpu,
  memory: Memory,
  sizes: readonly FargateSize[] = FARGATE_POD_SIZES,
): FargateSize | undefined {
  return sizes.find((size) => size.cpu.covers(cpu) && size.memory.covers(memory));
}

/**
 * The valid sizes on both sides of a pair that is none: the largest that asks for no more, and the smallest that has
 * both. Where there is neither, the smallest that has as much as any can have.
 */
export function nearestSizes(
  { cpu, memory }: FargateSize,
  sizes: readonly FargateSize[] = FARGATE_TASK_SIZES,
): FargateSize[] {
  const below = sizes.filter((size) => cpu.covers(size.cpu) && memory.covers(size.memory)).at(-1);
  const largest = sizes.at(-1);
  const above =
    roundUpToSize(cpu, memory, sizes) ??
    (below === undefined && largest !== undefined
      ? roundUpToSize(
          largest.cpu.covers(cpu) ? cpu : largest.cpu,
          largest.memory.covers(memory) ? memory : largest.memory,
          sizes,
        )
      : undefined);
  return [below, above].filter((size) => size !== undefined);
}

/** As AWS writes it on the running pod: `0.25vCPU 0.5GB`. */
export function describeSize({ cpu, memory }: FargateSize): string {
  return `${cpu.vcpu}vCPU ${memory.gib}GB`;
}

function toSizes(rows: readonly { vcpu: number; gib: readonly number[] }[]): FargateSize[] {
  return rows.flatMap(({ vcpu, gib }) => gib.map((size) => ({ cpu: Cpu.ofVcpu(vcpu), memory: Memory.ofGib(size) })));
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
