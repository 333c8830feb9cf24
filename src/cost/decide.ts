import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import type { Money } from "../units/money";
import { compare, EKS_FARGATE, fitsFargate } from "./compare";
import type { Decision, Plan, WorkloadDecision } from "./cost";
import type { CostOptions } from "./cost-lines";
import { because, overallAgainst } from "./decision-words";
import { workloadCost } from "./fargate-cost";
import { leaveOut } from "./leave-out";
import { isDaemonSet, nodeShares } from "./nodes";
import { cheapestNodes, choosePlan, type PlanContext, type PlannedNodes, planOf } from "./plans";
import { PodPrices } from "./pod-price";
import { type Prices, UsedPrices } from "./prices";
import {
  daemonSetDecision,
  decisiveFindings,
  leftOutDecision,
  type Weighed,
  workloadAgainst,
  workloadReasons,
} from "./workload-words";

export interface DecisionOptions extends CostOptions {
  /** Percent that pods on Fargate may cost more than the same on nodes. @default 20 */
  readonly acceptedPremium?: number;
}

/** What it is worth to have no nodes to patch, upgrade and scale, unless somebody says otherwise. */
const ACCEPTED_PREMIUM = 20;

/**
 * Fargate, nodes, or both. Each workload chooses by its own cost; then whole plans are weighed with what comes with
 * each, since nodes for a few workloads bring a minimum of their own, and the least one decides.
 *
 * @see docs/costs.md
 * @throws RangeError when `acceptedPremium` is below 0, `zones` is not a whole number of 1 or more, or a discount is
 *   below 0, or 100 and more
 */
export function decide(placements: readonly Placement[], prices: Prices, options: DecisionOptions): Decision {
  const { acceptedPremium = ACCEPTED_PREMIUM } = options;
  if (!(acceptedPremium >= 0 && Number.isFinite(acceptedPremium))) {
    throw new RangeError(`'acceptedPremium' must be 0 percent or more, got ${acceptedPremium}`);
  }
  const every = { prices: new UsedPrices(prices), options, types: options.instanceTypes, placements, acceptedPremium };
  const { workloads, types, leftOut } = leaveOut(
    placements.filter((placement) => !isDaemonSet(placement)),
    every,
  );
  const context = { ...every, types };
  const nodes = cheapestNodes(workloads, context);
  const priced = nodes?.instances.month === undefined ? undefined : nodes;
  const weighed = weighAll(workloads, priced, context);
  const plans = plansOf([...weighed.values()], nodes, context);
  const chosen = choosePlan(plans) ?? planOf("fargate", [], [], context);
  const comparable = plans.every((plan) => plan.weighed !== undefined);
  const reasons = new Map(leftOut.map(({ workload, reason }) => [workload, reason]));
  return {
    choice: chosen.choice,
    because: because({
      chosen,
      plans,
      weighed: [...weighed.values()],
      leftOut,
      daemonSets: placements.filter(isDaemonSet).length,
      acceptedPremium,
    }),
    against: overallAgainst({ chosen, plans, leftOut, types }, placements),
    leftOut,
    plans,
    workloads: placements.map((placement) => {
      const reason = reasons.get(placement.workload);
      return reason === undefined
        ? decideWorkload(placement, weighed.get(placement), chosen, { acceptedPremium, comparable })
        : leftOutDecision(placement, reason);
    }),
    comparison: compare(placements, prices, options),
    ...(priced === undefined ? {} : { instanceType: priced.nodes.type.name }),
    acceptedPremium,
    months: monthsOf(plans, chosen),
  };
}

/** What each side costs each workload, and which one it would choose by itself. */
function weighAll(
  workloads: readonly Placement[],
  nodes: PlannedNodes | undefined,
  { prices, options, acceptedPremium }: PlanContext,
): ReadonlyMap<Placement, Weighed> {
  const podPrices = new PodPrices(prices, EKS_FARGATE.rate, options.discounts.fargate);
  const shares =
    nodes === undefined
      ? new Map<Workload, Money>()
      : nodeShares(nodes.nodes.packed, nodes.nodes.usable, nodes.total.month.min);
  return new Map(
    workloads.map((placement) => {
      const fits = fitsFargate(placement);
      const fargateMonth = fits ? workloadCost(placement, podPrices).month : undefined;
      const nodesShare = shares.get(placement.workload);
      const tooDear =
        fargateMonth !== undefined &&
        nodesShare !== undefined &&
        fargateMonth.min.compareTo(nodesShare.percent(100 + acceptedPremium)) > 0;
      return [
        placement,
        {
          placement,
          fits,
          alone: fits && !tooDear ? "fargate" : "nodes",
          ...(fargateMonth === undefined ? {} : { fargateMonth }),
          ...(nodesShare === undefined ? {} : { nodesShare }),
        },
      ];
    }),
  );
}

/** The plans that there are, in the order of preference when they are weighed alike. */
function plansOf(weighed: readonly Weighed[], nodes: PlannedNodes | undefined, context: PlanContext): Plan[] {
  const all = weighed.map(({ placement }) => placement);
  const onFargate = weighed.filter(({ alone }) => alone === "fargate").map(({ placement }) => placement);
  const onNodes = weighed.filter(({ alone }) => alone === "nodes").map(({ placement }) => placement);
  return [
    ...(weighed.every(({ fits }) => fits) ? [planOf("fargate", all, [], context)] : []),
    ...(all.length > 0 ? [planOf("nodes", [], all, context, nodes)] : []),
    ...(onFargate.length > 0 && onNodes.length > 0 ? [planOf("both", onFargate, onNodes, context)] : []),
  ];
}

function monthsOf(plans: readonly Plan[], chosen: Plan): Decision["months"] {
  const month = (choice: Plan["choice"]) => plans.find((plan) => plan.choice === choice)?.month;
  const [fargate, nodes] = [month("fargate"), month("nodes")];
  return {
    ...(fargate === undefined ? {} : { fargate }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(chosen.month === undefined ? {} : { decided: chosen.month }),
  };
}

/** The choice of one workload, in line with the plan that was chosen for all. */
function decideWorkload(
  placement: Placement,
  weighed: Weighed | undefined,
  plan: Plan,
  terms: Parameters<typeof workloadReasons>[2],
): WorkloadDecision {
  if (weighed === undefined) {
    return daemonSetDecision(placement, plan);
  }
  const { fargateMonth, nodesShare } = weighed;
  const choice = plan.choice === "both" ? weighed.alone : plan.choice;
  return {
    workload: placement.workload,
    choice,
    ...(fargateMonth === undefined ? {} : { fargateMonth }),
    ...(nodesShare === undefined ? {} : { nodesShare }),
    reasons: workloadReasons(weighed, choice, terms),
    against: workloadAgainst(weighed, choice, plan),
    findings: decisiveFindings(placement, choice),
  };
}
