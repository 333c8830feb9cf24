import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import { fitsFargate } from "./compare";
import type { Unfit } from "./cost";
import type { NodeType } from "./nodes";
import { cheapestNodes, nodesOf, type PlanContext, type PlannedNodes } from "./plans";
import { listed } from "./words";

/** What a decision can be made on. */
export interface Decidable {
  readonly workloads: readonly Placement[];
  /** Types that take each of these workloads that Fargate refuses. */
  readonly types: readonly NodeType[];
  readonly leftOut: readonly Unfit[];
}

/**
 * Workloads that Fargate refuses need nodes, and those are of one type: of the given types one that takes all of them,
 * else most of them. The workloads that it does not take are left out, so that the others are decided, with figures;
 * unless there are no others.
 */
export function leaveOut(workloads: readonly Placement[], context: PlanContext): Decidable {
  const needNodes = workloads.filter((placement) => !fitsFargate(placement));
  const best = cheapestNodes(needNodes, context);
  const without = new Set(best?.nodes.unfit.map(({ workload }) => workload));
  if (best === undefined || without.size === workloads.length) {
    return { workloads, types: context.types, leftOut: [] };
  }
  return {
    workloads: workloads.filter(({ workload }) => !without.has(workload)),
    types: context.types.filter((type) => takesAllBut(without, needNodes, type, context)),
    leftOut: workloads
      .filter(({ workload }) => without.has(workload))
      .map((placement) => ({ workload: placement.workload, reason: reasonOf(placement, best, context) })),
  };
}

function takesAllBut(
  without: ReadonlySet<Workload>,
  needNodes: readonly Placement[],
  type: NodeType,
  context: PlanContext,
): boolean {
  return nodesOf(needNodes, type, context).unfit.every(({ workload }) => without.has(workload));
}

/** What keeps a workload off each type, types with the same reason together; and which type would take it alone. */
function reasonOf(placement: Placement, best: PlannedNodes, context: PlanContext): string {
  const typesBy = new Map<string, string[]>();
  const taking: string[] = [];
  for (const type of context.types) {
    const [unfit] = nodesOf([placement], type, context).unfit;
    if (unfit === undefined) {
      taking.push(type.name);
    } else {
      typesBy.set(unfit.reason, [...(typesBy.get(unfit.reason) ?? []), type.name]);
    }
  }
  return [
    ...[...typesBy].map(([reason, types]) => `not on ${listed(types)}: ${reason}`),
    ...(taking.length === 0
      ? []
      : [`${listed(taking)} would take it, beside the ${best.nodes.type.name} nodes that others need`]),
  ].join("; ");
}
