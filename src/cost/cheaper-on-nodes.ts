import type { Finding } from "../model/finding";
import type { Rule } from "../placement/rule";
import { POD_CONFIGURATION_GUIDE } from "../placement/rules/support/sources";
import { Money } from "../units/money";
import type { CapacityOption, Comparison, FargateCost, MoneyRange, NodePlan } from "./cost";
import { landsOnFargate } from "./fargate-cost";
import { nodeShares } from "./nodes";
import { aDay, countedRange, usd } from "./words";

/** What is known of the advice that a workload costs less on nodes; it is found by prices, not in the manifest. */
export const CHEAPER_ON_NODES = {
  id: "cheaper-on-nodes",
  severity: "advice",
  title: "Pods on Fargate cost no more than on nodes",
  reason: "a pod of Fargate pays for its own size, rounded up, where pods on a node share what they request",
  fix: "run it on nodes if the cluster has or gets them, or lower its requests to a smaller size; the share holds only where other workloads fill the nodes",
  source: POD_CONFIGURATION_GUIDE,
} as const satisfies Omit<Rule, "check">;

/** Percent of what Fargate costs that nodes must save, at the least, to be worth a word. */
const LEAST_SAVING_PERCENT = 10;

/** What nodes must save in a month, at the least. */
const LEAST_SAVING = Money.usd(1);

/** A comparison's option on nodes whose price is known. */
interface PricedNodes extends NodePlan {
  readonly month: MoneyRange;
}

/**
 * Advice for each workload on Fargate that costs at least 10 percent and 1 dollar a month more there than as its share of
 * the nodes that cost least for all compared workloads. Both at the fewest replicas. In the order of `cost`.
 */
export function cheaperOnNodes(comparison: Comparison, cost: FargateCost): Finding[] {
  const nodes = cheapestNodes(comparison.options);
  if (nodes === undefined) {
    return [];
  }
  const compared = new Set(comparison.compared);
  const shares = nodeShares(
    cost.workloads.map(({ placement }) => placement).filter(({ workload }) => compared.has(workload)),
    nodes.usable,
    nodes.month.min,
  );
  return cost.workloads.flatMap(({ placement, month }) => {
    const share = shares.get(placement.workload);
    return share === undefined || month === undefined || !landsOnFargate(placement) || !isWorthAWord(month.min, share)
      ? []
      : [
          {
            rule: CHEAPER_ON_NODES.id,
            severity: CHEAPER_ON_NODES.severity,
            workload: placement.workload,
            at: [],
            message: `it costs ${usd(aDay(month.min))} a day on Fargate and ${usd(aDay(share))} a day as its share of ${countedRange(nodes.count, `${nodes.instanceType} node`)} for all compared workloads; ${CHEAPER_ON_NODES.reason}`,
            fix: CHEAPER_ON_NODES.fix,
          },
        ];
  });
}

function isWorthAWord(fargate: Money, nodes: Money): boolean {
  const saving = fargate.minus(nodes);
  return saving.compareTo(LEAST_SAVING) >= 0 && saving.compareTo(fargate.percent(LEAST_SAVING_PERCENT)) >= 0;
}

/** The nodes that cost least for all compared workloads; of equals the first. */
function cheapestNodes(options: readonly CapacityOption[]): PricedNodes | undefined {
  let cheapest: PricedNodes | undefined;
  for (const { nodes } of options) {
    if (
      nodes?.month !== undefined &&
      nodes.unfit.length === 0 &&
      (cheapest === undefined || nodes.month.min.compareTo(cheapest.month.min) < 0)
    ) {
      cheapest = { ...nodes, month: nodes.month };
    }
  }
  return cheapest;
}
