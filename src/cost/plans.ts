import type { Placement } from "../placement/placement";
import { EKS_FARGATE } from "./compare";
import type { CostLine, Plan } from "./cost";
import { type CostOptions, fargateLines, nodeLines, platformLines, type Total, totalOf } from "./cost-lines";
import { daemonSetLoad, type NodeType, type PackedNodes, packOnNodes, useOf } from "./nodes";
import { PodPrices } from "./pod-price";
import type { UsedPrices } from "./prices";

/** What all plans of a decision have in common. */
export interface PlanContext {
  readonly prices: UsedPrices;
  readonly options: CostOptions;
  /** Types of nodes to choose from. */
  readonly types: readonly NodeType[];
  /** Placements of which the DaemonSets are load of every node. */
  readonly placements: readonly Placement[];
  /** Percent. */
  readonly acceptedPremium: number;
}

/** Nodes of one type that workloads are packed on, with their price. */
export interface PlannedNodes {
  readonly nodes: PackedNodes;
  readonly instances: CostLine;
  readonly volumes: CostLine;
  readonly total: Total;
}

/**
 * The nodes that cost least for the workloads: of types that take all of them, else most of them, and whose price is
 * known, where there are such; of equals the first. `undefined` when there is no type to choose from.
 */
export function cheapestNodes(workloads: readonly Placement[], context: PlanContext): PlannedNodes | undefined {
  const { prices, options } = context;
  const [first] = context.types
    .map((type) => {
      const nodes = nodesOf(workloads, type, context);
      const lines = nodeLines(nodes, prices, options);
      return { nodes, ...lines, total: totalOf([lines.instances, lines.volumes]) };
    })
    .sort(
      (a, b) =>
        a.nodes.unfit.length - b.nodes.unfit.length ||
        Number(a.instances.month === undefined) - Number(b.instances.month === undefined) ||
        a.total.month.min.compareTo(b.total.month.min),
    );
  return first;
}

export function nodesOf(workloads: readonly Placement[], type: NodeType, context: PlanContext): PackedNodes {
  const { placements, options } = context;
  return packOnNodes(workloads, type, daemonSetLoad(placements, type), options.zones);
}

/**
 * One whole way to run everything. DaemonSets are in the context, as load of the nodes.
 *
 * @param planned the nodes that cost least for `onNodes`, where they have been found before
 */
export function planOf(
  choice: Plan["choice"],
  onFargate: readonly Placement[],
  onNodes: readonly Placement[],
  context: PlanContext,
  planned = onNodes.length === 0 ? undefined : cheapestNodes(onNodes, context),
): Plan {
  const { prices, options } = context;
  const pods = fargateLines(onFargate, EKS_FARGATE, new PodPrices(prices, EKS_FARGATE.rate, options.discounts.fargate));
  const compute = [...pods, ...(planned === undefined ? [] : [planned.instances])];
  const platform = [...platformLines("eks", prices, options), ...(planned === undefined ? [] : [planned.volumes])];
  const total = totalOf([...compute, ...platform]);
  const fargate = totalOf(pods);
  const weighable = fargate.leftOut === 0 && (onNodes.length === 0 || takesAll(planned));
  return {
    choice,
    compute,
    platform,
    leftOut: total.leftOut,
    ...(weighable ? { month: total.month, weighed: weigh(total, fargate, context.acceptedPremium) } : {}),
    ...(planned === undefined ? {} : { nodes: describeNodes(planned.nodes) }),
  };
}

function describeNodes(nodes: PackedNodes): Plan["nodes"] & {} {
  const use = useOf(nodes);
  return {
    instanceType: nodes.type.name,
    count: nodes.count,
    cpuUse: use.cpu,
    memoryUse: use.memory,
    unfit: nodes.unfit,
  };
}

/** Whether the nodes take all pods, at a price that is known. */
function takesAll(planned: PlannedNodes | undefined): boolean {
  return planned !== undefined && planned.nodes.unfit.length === 0 && planned.instances.month !== undefined;
}

function weigh(total: Total, fargate: Total, acceptedPremium: number) {
  const pods = fargate.month.min;
  return total.month.min.minus(pods).plus(pods.times(100).dividedBy(100 + acceptedPremium));
}

/**
 * The plan that is weighed least; of equals the first. All on Fargate is chosen without weighing when its own price is
 * missing, and the others only when theirs are known, as far as one is.
 *
 * @param plans at least one, in the order of preference
 */
export function choosePlan(plans: readonly Plan[]): Plan | undefined {
  const [preferred] = plans;
  if (preferred?.choice === "fargate" && preferred.weighed === undefined) {
    return preferred;
  }
  let best: Plan | undefined;
  for (const plan of plans) {
    if (plan.weighed !== undefined && (best?.weighed === undefined || plan.weighed.compareTo(best.weighed) < 0)) {
      best = plan;
    }
  }
  return best ?? plans.find(({ choice }) => choice === "both") ?? preferred;
}
