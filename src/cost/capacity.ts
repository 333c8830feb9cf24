import type { Cpu } from "../units/cpu";
import type { Memory } from "../units/memory";

/** What a node has for pods. */
export interface NodeCapacity {
  readonly cpu: Cpu;
  readonly memory: Memory;
  /** A whole number of 0 or more. */
  readonly pods: number;
}

/** Pods of one workload, which are alike. */
export interface PodGroup {
  readonly cpu: Cpu;
  readonly memory: Memory;
  /** A whole number of 0 or more. */
  readonly count: number;
}
