import { quoteAll } from "../model/problem";
import { describeWorkload } from "../model/workload";
import type { Placement } from "../placement/placement";
import { Money } from "../units/money";
import type { MoneyRange, Plan, WorkloadDecision } from "./cost";
import { landsOnFargate } from "./fargate-cost";
import { isDaemonSet } from "./nodes";
import { counted, countedRange, percent, usd, usdRange } from "./words";

/** Names that a sentence lists. */
const MOST_NAMES = 3;

/** A workload with what each side costs it. */
export interface Weighed {
  readonly placement: Placement;
  readonly fits: boolean;
  /** What it would choose by itself. */
  readonly alone: "fargate" | "nodes";
  /** `undefined` when it does not fit, or a price is missing. */
  readonly fargateMonth?: MoneyRange;
  /** `undefined` when no nodes hold it, or a price is missing. */
  readonly nodesMonth?: MoneyRange;
}

/** Why the plan was chosen, in a sentence with the figures of all plans. */
export function because(
  chosen: Plan,
  plans: readonly Plan[],
  weighed: readonly Weighed[],
  acceptedPremium: number,
): string {
  const workloads = weighed.length;
  if (workloads === 0) {
    return "There is no workload to decide on.";
  }
  const run = `run${chosen.month === undefined ? "" : "ning"} ${workloads === 1 ? "the workload" : `all ${workloads} workloads`} ${where(chosen)}`;
  const cost =
    chosen.month === undefined
      ? `what it costs to ${run} is not known (${whyUnknown(chosen)})`
      : `${run} costs ${usdRange(chosen.month)} a month${withoutPrice(chosen)}`;
  const alternatives = plans
    .filter((plan) => plan !== chosen)
    .map((plan) =>
      plan.month === undefined
        ? `${where(plan)} cannot be weighed (${whyUnknown(plan)})`
        : `${where(plan)} ${usdRange(plan.month)}${withoutPrice(plan)}`,
    );
  const unfit = weighed.filter(({ fits }) => !fits).length;
  const premium = plans.some((plan) => plan.choice !== "nodes" && plan.weighed !== undefined);
  return sentence([
    cost,
    ...alternatives,
    ...(unfit === 0
      ? []
      : [`${unfit} of ${counted(workloads, "workload")} ${unfit === 1 ? "does" : "do"} not fit Fargate`]),
    ...(premium ? [`pods on Fargate may cost ${acceptedPremium}% more`] : []),
  ]);
}

function sentence(parts: readonly string[]): string {
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function where({ choice, nodes }: Plan): string {
  const on = nodes === undefined ? "nodes" : countedRange(nodes.count, `${nodes.instanceType} node`);
  return { fargate: "on Fargate", nodes: `on ${on}`, both: `on Fargate and ${on}` }[choice];
}

/** What keeps a plan from being weighed. */
function whyUnknown({ nodes, compute }: Plan): string {
  const missing = new Set(compute.flatMap((line) => line.missing));
  if (nodes !== undefined && nodes.tooLarge.length > 0) {
    return `the pods of ${listed(nodes.tooLarge.map(describeWorkload))} are too large for ${nodes.instanceType}`;
  }
  return missing.size > 0 ? `the price of ${quoteAll(missing)} is missing` : "no instance type is given";
}

/** At most a few of a list that may be long. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function withoutPrice({ leftOut }: Plan): string {
  return leftOut === 0 ? "" : `, without ${counted(leftOut, "line")} whose price is missing`;
}

/** What speaks against the plan as a whole. */
export function overallAgainst(chosen: Plan, plans: readonly Plan[], placements: readonly Placement[]): string[] {
  return [
    ...dearer(chosen, plans),
    ...(chosen.choice === "fargate" ? withoutNodes(placements) : withNodes(chosen)),
    ...(chosen.choice === "both" ? ["there are two kinds of capacity to run and to watch"] : []),
  ];
}

function dearer({ month }: Plan, plans: readonly Plan[]): string[] {
  const known = plans.flatMap((plan) => plan.month ?? []);
  const most = known.reduce(
    (sum, { min }) => largest(sum, month === undefined ? sum : month.min.minus(min)),
    Money.ZERO,
  );
  return most.compareTo(Money.ZERO) === 0
    ? []
    : [`it costs ${usd(most)} a month more than the plan that costs least, which the accepted premium allows`];
}

function largest(a: Money, b: Money): Money {
  return a.compareTo(b) >= 0 ? a : b;
}

function withoutNodes(placements: readonly Placement[]): string[] {
  const warned = placements.filter(
    (placement) => !isDaemonSet(placement) && placement.fargateFindings.some(({ severity }) => severity === "warning"),
  );
  const daemonSets = placements.filter(isDaemonSet);
  return [
    ...(warned.length === 0 ? [] : [`${counted(warned.length, "workload")} would run on Fargate with warnings`]),
    ...(daemonSets.length === 0
      ? []
      : [
          `nothing would run ${counted(daemonSets.length, "DaemonSet")}: their work moves to sidecars, or is not needed`,
        ]),
  ];
}

function withNodes({ nodes }: Plan): string[] {
  return [
    "nodes are yours to patch, to upgrade with each Kubernetes version, and to scale",
    ...(nodes === undefined || nodes.count.min === 0
      ? []
      : [
          `idle capacity is paid for: requests use ${percent(nodes.cpuUse)} of the CPU and ${percent(nodes.memoryUse)} of the memory of ${countedRange(nodes.count, `${nodes.instanceType} node`)}`,
        ]),
  ];
}

/** A DaemonSet follows the nodes: it runs wherever there are some. */
export function daemonSetDecision({ workload }: Placement, plan: Plan): WorkloadDecision {
  return {
    workload,
    choice: "nodes",
    reasons: ["a DaemonSet runs on every node, and on nothing else; its requests are counted as load of each node"],
    against:
      plan.choice === "fargate"
        ? ["there are no nodes in this plan, so that nothing runs it; its work moves to sidecars, or is not needed"]
        : [],
  };
}

/** Why a workload runs where it does. */
export function workloadReasons(weighed: Weighed, choice: "fargate" | "nodes", acceptedPremium: number): string[] {
  const { placement, fits, alone } = weighed;
  if (!fits) {
    const errors = placement.fargateFindings.filter(({ severity }) => severity === "error");
    return errors.length > 0
      ? errors.map(({ message }) => message)
      : ["no size of Fargate is large enough for its requests"];
  }
  return [
    figures(weighed, choice, acceptedPremium),
    ...(choice === alone ? [] : [overruled(choice)]),
    ...(choice === "fargate" && placement.workload.runTime.kind === "runs"
      ? ["it runs from time to time, and nodes would keep room for it all the time"]
      : []),
  ];
}

function overruled(choice: "fargate" | "nodes"): string {
  return choice === "fargate"
    ? "by its own cost it would be on nodes, but as a whole nodes for some workloads cost more than they save"
    : "by its own cost it would be on Fargate, but as a whole the nodes, with what is idle on them, cost less";
}

function figures({ fargateMonth, nodesMonth }: Weighed, choice: "fargate" | "nodes", acceptedPremium: number): string {
  if (fargateMonth === undefined) {
    return "it fits Fargate; what it costs there is not known";
  }
  const onFargate = `it costs ${usdRange(fargateMonth)} a month on Fargate`;
  if (nodesMonth === undefined) {
    return `${onFargate}; what it costs on nodes is not known`;
  }
  const more = fargateMonth.min.compareTo(nodesMonth.min) > 0;
  const share = `${usdRange(nodesMonth)} as its share of nodes`;
  if (!more) {
    return `${onFargate}, no more than ${share}`;
  }
  const ratio = fargateMonth.min.minus(nodesMonth.min).ratioTo(nodesMonth.min);
  const premium = ratio === undefined ? "" : `, ${percent(ratio)} more`;
  const allowed = choice === "fargate" ? "" : `; up to ${acceptedPremium}% more is accepted`;
  return `${onFargate} and ${share}${premium}${allowed}`;
}

/** What speaks against it. */
export function workloadAgainst(weighed: Weighed, choice: "fargate" | "nodes", plan: Plan): string[] {
  const { placement, fits } = weighed;
  return choice === "fargate" ? againstFargate(placement) : againstNodes(placement, fits, plan);
}

function againstFargate({ fargateFindings, outcome }: Placement): string[] {
  const findings = fargateFindings.filter(({ severity }) => severity !== "error").map(({ message }) => message);
  const elsewhere = outcome.kind === "nodes" ? [outcome.reason] : outcome.kind === "pending" ? outcome.reasons : [];
  return [...elsewhere.map((reason) => `no profile takes it yet: ${reason}`), ...findings];
}

function againstNodes(placement: Placement, fits: boolean, { nodes }: Plan): string[] {
  const { outcome, workload } = placement;
  const taken = landsOnFargate(placement) || (outcome.kind === "pending" && outcome.chosen !== undefined);
  return [
    ...(fits ? ["it fits Fargate, where there are no nodes to look after"] : []),
    ...(taken
      ? ["a Fargate profile takes its pods now, and they never go to nodes until the profile's selectors exclude them"]
      : []),
    ...(nodes?.tooLarge.includes(workload) ? [`its pods are too large for ${nodes.instanceType}`] : []),
  ];
}
