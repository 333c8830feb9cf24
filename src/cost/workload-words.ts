import type { Finding } from "../model/finding";
import type { Placement } from "../placement/placement";
import type { Money } from "../units/money";
import type { MoneyRange, Plan, WorkloadDecision } from "./cost";
import { landsOnFargate } from "./fargate-cost";
import { percent, refusal } from "./words";

/** A workload with what each side costs it. */
export interface Weighed {
  readonly placement: Placement;
  readonly fits: boolean;
  /** What it would choose by itself. */
  readonly alone: "fargate" | "nodes";
  /** `undefined` when it does not fit, or a price is missing. */
  readonly fargateMonth?: MoneyRange;
  /** For a month at the fewest replicas; `undefined` when no nodes take it, or a price is missing. */
  readonly nodesShare?: Money;
}

/** A DaemonSet follows the nodes: it runs wherever there are some. */
export function daemonSetDecision({ workload }: Placement, plan: Plan): WorkloadDecision {
  return {
    workload,
    choice: "nodes",
    reasons: ["a DaemonSet runs on every node, as load of each"],
    against: plan.choice === "fargate" ? ["without nodes nothing runs it"] : [],
    findings: [],
  };
}

/** A workload that Fargate refuses and that no nodes of the decision take. */
export function leftOutDecision({ workload, fargateFindings }: Placement, reason: string): WorkloadDecision {
  return {
    workload,
    choice: "neither",
    reasons: [`not on Fargate: ${refusal(fargateFindings)}`, reason],
    against: [],
    findings: decisiveFindings({ fargateFindings }, "neither"),
  };
}

/** What the rules say of Fargate where a workload runs there, and what keeps it from there where it does not. */
export function decisiveFindings(
  { fargateFindings }: Pick<Placement, "fargateFindings">,
  choice: WorkloadDecision["choice"],
): Finding[] {
  return fargateFindings.filter(({ severity }) => (severity === "error") === (choice !== "fargate"));
}

/**
 * Why a workload runs where it does.
 *
 * @param comparable whether every plan has been weighed
 */
export function workloadReasons(
  weighed: Weighed,
  choice: "fargate" | "nodes",
  { acceptedPremium, comparable }: { readonly acceptedPremium: number; readonly comparable: boolean },
): string[] {
  const { placement, fits, alone } = weighed;
  if (!fits) {
    return [`not on Fargate: ${refusal(placement.fargateFindings)}`];
  }
  return [
    comparison(weighed, choice, acceptedPremium),
    ...(choice === alone ? [] : [comparable ? overruled(choice) : "as a whole the alternative could not be weighed"]),
    ...(choice === "fargate" && placement.workload.runTime.kind === "runs"
      ? ["it runs from time to time, and nodes would keep room for it all the time"]
      : []),
  ];
}

function overruled(choice: "fargate" | "nodes"): string {
  return choice === "fargate"
    ? "nodes for some workloads cost more as a whole than they save"
    : "nodes for everything cost less as a whole, with what is idle on them";
}

/** How the two sides compare for a workload; the amounts are beside it. */
function comparison(
  { placement, fargateMonth, nodesShare }: Weighed,
  choice: "fargate" | "nodes",
  acceptedPremium: number,
): string {
  if (fargateMonth === undefined) {
    return "it fits Fargate; what it costs there is not known";
  }
  if (nodesShare === undefined) {
    return "it fits Fargate; what it costs on nodes is not known";
  }
  if (placement.workload.replicas.min === 0) {
    return "it has no pods at the fewest replicas, and then costs nothing on Fargate";
  }
  const more = fargateMonth.min.minus(nodesShare).ratioTo(nodesShare);
  if (more === undefined || Math.round(more * 100) === 0) {
    return `it costs ${more === undefined ? "more" : "about as much"} on Fargate ${more === undefined ? "than" : "as"} its share of nodes`;
  }
  if (more < 0) {
    return `it costs ${more < -0.99 ? "over 99%" : percent(-more)} less on Fargate than its share of nodes`;
  }
  const allowed = choice === "fargate" ? "" : `; up to ${acceptedPremium}% more is accepted`;
  return `it costs ${percent(more)} more on Fargate than its share of nodes${allowed}`;
}

/** What speaks against it, apart from the findings. */
export function workloadAgainst(weighed: Weighed, choice: "fargate" | "nodes", plan: Plan): string[] {
  const { placement } = weighed;
  return choice === "fargate" ? againstFargate(placement) : againstNodes(placement, plan);
}

function againstFargate(placement: Placement): string[] {
  return landsOnFargate(placement) ? [] : ["no Fargate profile takes its pods yet"];
}

function againstNodes(placement: Placement, { nodes }: Plan): string[] {
  const { outcome, workload } = placement;
  const taken = landsOnFargate(placement) || (outcome.kind === "pending" && outcome.chosen !== undefined);
  const unfit = nodes?.unfit.find((each) => each.workload === workload);
  return [
    ...(taken ? ["a Fargate profile takes its pods until the profile's selectors exclude them"] : []),
    ...(unfit === undefined ? [] : [`not on ${nodes?.instanceType}: ${unfit.reason}`]),
  ];
}
