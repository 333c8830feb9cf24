import type { Finding } from "../model/finding";
import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import type { Price, PriceKey } from "../pricing/price";
import type { Money } from "../units/money";
import type { NodeCapacity } from "./capacity";

/** An amount at the fewest and at the most replicas. */
export interface MoneyRange {
  readonly min: Money;
  readonly max: Money;
}

/** What the pods of one workload cost on EKS Fargate. */
export interface WorkloadCost {
  readonly placement: Placement;
  /** One pod, for each hour that it runs. `undefined` when a price is missing or there is no size for it. */
  readonly podHour?: Money;
  /** All pods, averaged over a month, by the hour. */
  readonly hour?: MoneyRange;
  /** All pods, for a month of 730 hours. `undefined` also for a DaemonSet, whose number of pods is that of the nodes. */
  readonly month?: MoneyRange;
  /** The part of `month` that pays for CPU and memory beyond what is requested and the 256 MiB that Fargate adds. */
  readonly wastedMonth?: MoneyRange;
  /** Prices that are missing. */
  readonly missing: readonly PriceKey[];
}

/** What the workloads that land on Fargate cost there, before what comes with the cluster. */
export interface FargateCost {
  readonly region: string;
  /** Each workload, in the order of the placements; one that does not land on Fargate is priced as if it did. */
  readonly workloads: readonly WorkloadCost[];
  /** Of the workloads that land on Fargate and whose prices are known, for a month. */
  readonly month: MoneyRange;
  readonly wastedMonth: MoneyRange;
  /** How many workloads that land on Fargate `month` leaves out because a price is missing. */
  readonly leftOut: number;
  /** Every price that was used, in the order of its key. */
  readonly prices: readonly Price[];
  readonly discounts: Discounts;
}

/** Compute Savings Plans: percent off On-Demand, 0 to 99; Spot has none. @default 0 */
export interface Discounts {
  readonly fargate: number;
  readonly ec2: number;
}

/** One line of an option's cost. */
export interface CostLine {
  /** `NAT gateway`, `m6i.large`, `EKS control plane`. */
  readonly what: string;
  /** How many, at the fewest and at the most replicas. */
  readonly quantity: { readonly min: number; readonly max: number };
  /** `undefined` when a price is missing. */
  readonly month?: MoneyRange;
  readonly missing: readonly PriceKey[];
  /** What the line takes for granted. */
  readonly note?: string;
}

/** One way to run the compared workloads. */
export interface CapacityOption {
  /** `eks-fargate`, `ecs-fargate-x86`, `ecs-fargate-arm`, `ecs-fargate-spot`, `eks-nodes/m6i.large`. */
  readonly id: string;
  readonly title: string;
  readonly compute: readonly CostLine[];
  /** What comes with it: control plane, NAT gateways, load balancers, endpoints, volumes of nodes. */
  readonly platform: readonly CostLine[];
  /** Of all lines whose price is known. */
  readonly month: MoneyRange;
  /** How many lines `month` leaves out because a price is missing. */
  readonly leftOut: number;
  readonly notes: readonly string[];
  readonly nodes?: NodePlan;
}

/** How the pods were packed on nodes, at the fewest and at the most replicas. */
export interface NodePlan {
  readonly instanceType: string;
  readonly count: { readonly min: number; readonly max: number };
  /** The instances, and their volumes where the price of those is known; `undefined` when that of the instances is not. */
  readonly month?: MoneyRange;
  /** What one node has for the pods of workloads: allocatable, less the DaemonSets. */
  readonly usable: NodeCapacity;
  /** Requests of the workloads divided by what the nodes leave for pods, 0 to 1, at the fewest replicas. */
  readonly cpuUse: number;
  readonly memoryUse: number;
  /**
   * The use (of the resource that is used most) below which the same pods cost less on EKS Fargate. Above 1, Fargate
   * costs less even on full nodes. `undefined` when the price of pods or instances is missing, when the nodes do not
   * take all pods, or when nothing runs at the fewest replicas.
   */
  readonly breakEven?: number;
  /** Workloads whose pods run on none of these nodes; no figure holds them. */
  readonly unfit: readonly Unfit[];
}

/** A workload that something cannot hold. */
export interface Unfit {
  readonly workload: Workload;
  /** What keeps its pods away, in a clause. */
  readonly reason: string;
}

/** The same workloads on each option. */
export interface Comparison {
  readonly region: string;
  /** Those that can run on every option, on which all figures are based. */
  readonly compared: readonly Workload[];
  /** The others, with the reason; DaemonSets are counted on every node. */
  readonly leftOut: readonly Unfit[];
  /** EKS Fargate first, then ECS, then nodes by instance type as given. */
  readonly options: readonly CapacityOption[];
  readonly prices: readonly Price[];
  readonly discounts: Discounts;
  /** What all figures take for granted, each in a sentence. */
  readonly assumptions: readonly string[];
}

/** What runs where, and why. */
export interface Decision {
  readonly choice: "fargate" | "nodes" | "both";
  /** In sentences, with the figures. */
  readonly because: string;
  readonly workloads: readonly WorkloadDecision[];
  /**
   * Workloads that Fargate refuses and that no given type of nodes takes, or not the one that takes the others. No figure
   * of the decision holds them.
   */
  readonly leftOut: readonly Unfit[];
  readonly comparison: Comparison;
  /** What speaks against the choice as a whole, with figures. */
  readonly against: readonly string[];
  /** The plans that were weighed: all on Fargate (if everything fits), all on nodes, and both. */
  readonly plans: readonly Plan[];
  /** Instance type of the workloads' shares of nodes: the one that costs least for all of them. `undefined` when none has a price. */
  readonly instanceType?: string;
  /** Percent that Fargate may cost more than nodes before nodes are chosen. */
  readonly acceptedPremium: number;
  /** For a month: all on Fargate, all on nodes, and as decided, each with what comes with it. */
  readonly months: { readonly fargate?: MoneyRange; readonly nodes?: MoneyRange; readonly decided?: MoneyRange };
}

/** One whole way to run everything. */
export interface Plan {
  readonly choice: "fargate" | "nodes" | "both";
  /** Pods on Fargate, and nodes. */
  readonly compute: readonly CostLine[];
  /** What comes with it. */
  readonly platform: readonly CostLine[];
  /**
   * Of all lines whose price is known. `undefined` when the price of pods or instances is missing, or the nodes do not
   * take all pods, so that the plan cannot be weighed.
   */
  readonly month?: MoneyRange;
  /** How many lines have no price. */
  readonly leftOut: number;
  /**
   * By which plans are weighed: the month at the fewest replicas, where each dollar for pods on Fargate counts as
   * 100 / (100 + accepted premium).
   */
  readonly weighed?: Money;
  /** Where it has nodes: of the instance type that costs least for it. */
  readonly nodes?: Pick<NodePlan, "instanceType" | "count" | "cpuUse" | "memoryUse" | "unfit">;
}

export interface WorkloadDecision {
  readonly workload: Workload;
  /** `neither` for one that the decision leaves out. */
  readonly choice: "fargate" | "nodes" | "neither";
  readonly fargateMonth?: MoneyRange;
  /**
   * For a month at the fewest replicas: its share of the nodes that all workloads together need, by the resource of which
   * it takes the largest part. What it bears at the most replicas depends on how the others scale.
   */
  readonly nodesShare?: Money;
  readonly reasons: readonly string[];
  /** What speaks against the choice, apart from the findings. */
  readonly against: readonly string[];
  /** On Fargate, what the rules find there; elsewhere, the errors that keep it from Fargate. */
  readonly findings: readonly Finding[];
}
