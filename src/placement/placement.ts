import type { NamedFargateProfile } from "../model/fargate-profile";
import type { FargateSelector } from "../model/fargate-selector";
import type { FargateSize } from "../model/fargate-sizes";
import type { Finding } from "../model/finding";
import type { Workload } from "../model/workload";
import type { Cpu } from "../units/cpu";
import type { Memory } from "../units/memory";

/** Where the pods of a workload run, how large they are there, and what the rules say. */
export interface Placement {
  readonly workload: Workload;
  readonly outcome: Outcome;
  readonly requests: PodRequests;
  /** The Fargate size of one pod, wherever it lands; `undefined` when none is large enough. */
  readonly size?: FargateSize;
  /** What matters where the pods land. */
  readonly findings: readonly Finding[];
  /** What Fargate would say, also of a workload that runs on nodes. */
  readonly fargateFindings: readonly Finding[];
}

export type Outcome =
  /** One profile takes the pods. */
  | { readonly kind: "fargate"; readonly chosen: Candidate }
  /** Several profiles do, and no label of the pod decides. In alphabetical order, of which EKS takes the first. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly Candidate[] }
  /** No profile takes them, and the cluster has nodes. */
  | { readonly kind: "nodes"; readonly reason: string }
  /** They stay Pending. */
  | { readonly kind: "pending"; readonly reasons: readonly string[]; readonly chosen?: Candidate };

/** A profile that takes a pod, and the selector by which it does. */
export interface Candidate {
  readonly profile: NamedFargateProfile;
  readonly selector: FargateSelector;
}

/** What one pod requests, as Fargate counts it, before the 256 MiB that it adds. */
export interface PodRequests {
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly ephemeralStorage: Memory;
  /** Whether it requests neither CPU nor memory. */
  readonly none: boolean;
}
