import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import { type FargateSize, nearestSizes } from "./fargate-sizes";
import { type Problem, quote } from "./problem";

/**
 * The pairs of CPU and memory that an instance of App Runner can have, by vCPU; what AWS calls "GB" is GiB.
 *
 * As of 2026-11-21. Source: App Runner Developer Guide, "Configuring vCPU and memory", and the API model of 2026-11-17.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/manage-configure.html
 */
const ROWS = [
  { vcpu: 0.25, gib: [0.5, 1] },
  { vcpu: 0.5, gib: [1] },
  { vcpu: 1, gib: [2, 3, 4] },
  { vcpu: 2, gib: [4, 6] },
  { vcpu: 4, gib: [8, 10, 12] },
];

/** Every size of an instance, from the smallest; by vCPU, then by memory. */
export const APP_RUNNER_SIZES: readonly FargateSize[] = ROWS.flatMap(({ vcpu, gib }) =>
  gib.map((size) => ({ cpu: Cpu.ofVcpu(vcpu), memory: Memory.ofGib(size) })),
);

/** A size of an instance that is asked for by name instead of what the container needs. */
export interface AppRunnerSize {
  /** CPU as a Kubernetes quantity: `1`, `500m`. */
  readonly cpu: string;
  /** Memory as a Kubernetes quantity: `2Gi`. */
  readonly memory: string;
}

/** The size with exactly this CPU and memory, or `undefined`. */
export function appRunnerSizeOf({ cpu, memory }: AppRunnerSize): FargateSize | undefined {
  const millis = parseQuantity(cpu, 3);
  const bytes = parseQuantity(memory, 0);
  return APP_RUNNER_SIZES.find((size) => size.cpu.millis === millis && size.memory.bytes === bytes);
}

/** What is wrong with a size that is asked for by name. */
export function appRunnerSizeProblems(size: AppRunnerSize): Problem[] {
  if (appRunnerSizeOf(size) !== undefined) {
    return [];
  }
  const { cpu, memory } = size;
  const millis = parseQuantity(cpu, 3);
  const bytes = parseQuantity(memory, 0);
  const nearest =
    millis === undefined || bytes === undefined
      ? []
      : nearestSizes({ cpu: Cpu.ofMillis(millis), memory: Memory.ofBytes(bytes) }, APP_RUNNER_SIZES);
  return [
    {
      at: [],
      message: `'size' must be a pair of CPU and memory that App Runner has, got ${quote(cpu)} and ${quote(memory)}; ${
        nearest.length === 0
          ? 'write Kubernetes quantities, like { cpu: "1", memory: 2Gi }'
          : `the nearest ${nearest.length === 1 ? "is" : "are"} ${nearest.map(describeAppRunnerSize).join(" and ")}`
      }`,
    },
  ];
}

/** As settings write it: `{ cpu: "1", memory: 2Gi }`. */
export function describeAppRunnerSize({ cpu, memory }: FargateSize): string {
  return `{ cpu: "${cpu}", memory: ${memory} }`;
}
