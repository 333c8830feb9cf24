import { quoteAll } from "../model/problem";
import { describeWorkload } from "../model/workload";
import type { Placement } from "../placement/placement";
import { Money } from "../units/money";
import type { Plan, Unfit } from "./cost";
import { isDaemonSet, type NodeType } from "./nodes";
import { counted, countedRange, listed, percent, usd, usdRange } from "./words";
import type { Weighed } from "./workload-words";

/** What a decision is explained by. */
export interface Deciding {
  readonly chosen: Plan;
  readonly plans: readonly Plan[];
  readonly weighed: readonly Weighed[];
  readonly leftOut: readonly Unfit[];
  readonly daemonSets: number;
  readonly acceptedPremium: number;
}

/** Why the plan was chosen, in sentences with the figures of all plans. */
export function because({ chosen, plans, weighed, leftOut, daemonSets, acceptedPremium }: Deciding): string {
  const all = weighed.length + leftOut.length;
  if (all === 0) {
    return "There is no workload to decide on.";
  }
  const refused = weighed.filter(({ fits }) => !fits).length + leftOut.length;
  const premium = plans.some(({ choice }) => choice !== "nodes") && plans.some(({ choice }) => choice !== "fargate");
  return [
    costOf(chosen, subject(weighed.length, all)),
    ...plans.filter((plan) => plan !== chosen).map(alternative),
    ...(refused === 0 ? [] : [refusals(refused, all)]),
    ...(daemonSets === 0 ? [] : ["DaemonSets are not counted among the workloads."]),
    ...(premium ? [`Pods on Fargate may cost up to ${acceptedPremium}% more than on nodes.`] : []),
    ...(leftOut.length === 0
      ? []
      : [
          `${namesOf(leftOut)} ${leftOut.length === 1 ? "is" : "are"} left out of these figures: neither Fargate nor the nodes considered can run ${leftOut.length === 1 ? "it" : "them"}.`,
        ]),
  ].join(" ");
}

/** `the workload`, `both workloads`, `all 3 workloads`, `2 of 3 workloads`. */
function subject(some: number, all: number): string {
  if (some < all) {
    return `${some} of ${all} workloads`;
  }
  return all === 1 ? "the workload" : all === 2 ? "both workloads" : `all ${all} workloads`;
}

function refusals(refused: number, all: number): string {
  if (refused < all) {
    return `Fargate cannot run ${refused} of ${all} workloads.`;
  }
  return `Fargate cannot run ${all === 1 ? "it" : "any of them"}.`;
}

function costOf(plan: Plan, what: string): string {
  return plan.month === undefined
    ? `What it costs to run ${what} ${where(plan)} is not known: ${whyUnknown(plan)}.`
    : `Running ${what} ${where(plan)} costs ${usdRange(plan.month)} a month${withoutPrice(plan)}.`;
}

function alternative(plan: Plan): string {
  const place = where(plan);
  return plan.month === undefined
    ? `What it would cost ${place} is not known: ${whyUnknown(plan)}.`
    : `${place.charAt(0).toUpperCase()}${place.slice(1)} it would be ${usdRange(plan.month)}${withoutPrice(plan)}.`;
}

/** Without the number of nodes where they do not take all pods. */
function where({ choice, nodes }: Plan): string {
  const on =
    nodes === undefined
      ? "nodes"
      : nodes.unfit.length > 0
        ? `${nodes.instanceType} nodes`
        : countedRange(nodes.count, `${nodes.instanceType} node`);
  return { fargate: "on Fargate", nodes: `on ${on}`, both: `on Fargate and ${on}` }[choice];
}

/** What keeps a plan from being weighed. */
function whyUnknown({ nodes, compute }: Plan): string {
  const missing = new Set(compute.flatMap((line) => line.missing));
  if (nodes !== undefined && nodes.unfit.length > 0) {
    const [first] = nodes.unfit;
    const why = nodes.unfit.length === 1 && first !== undefined ? ` (${first.reason})` : "";
    return `${nodes.instanceType} nodes do not take ${namesOf(nodes.unfit)}${why}`;
  }
  return missing.size > 0 ? `the price of ${quoteAll(missing)} is missing` : "no instance type is given";
}

function namesOf(unfit: readonly Unfit[]): string {
  return listed(unfit.map(({ workload }) => describeWorkload(workload)));
}

function withoutPrice({ leftOut }: Plan): string {
  return leftOut === 0 ? "" : `, without ${counted(leftOut, "line")} whose price is missing`;
}

/** What speaks against the plan as a whole. */
export function overallAgainst(
  { chosen, plans, leftOut, types }: Pick<Deciding, "chosen" | "plans" | "leftOut"> & { types: readonly NodeType[] },
  placements: readonly Placement[],
): string[] {
  const arm = types.find(({ name }) => name === chosen.nodes?.instanceType)?.arch === "arm64";
  return [
    ...dearer(chosen, plans),
    ...plans
      .filter((plan) => plan !== chosen && lacksPrice(plan))
      .map((plan) => `a price is missing to tell whether it would cost less ${where(plan)}`),
    ...(chosen.choice === "fargate" ? withoutNodes(placements) : withNodes(chosen)),
    ...(arm ? [`every image that runs on ${chosen.nodes?.instanceType} must be built for arm64`] : []),
    ...(chosen.choice === "both" ? ["there are two kinds of capacity to run and to watch"] : []),
    ...(leftOut.length === 0
      ? []
      : [`${namesOf(leftOut)} ${leftOut.length === 1 ? "needs" : "need"} other nodes, whose cost comes on top`]),
  ];
}

/** Whether a plan takes everything, and only a price keeps it from being weighed. */
function lacksPrice({ weighed, nodes, compute }: Plan): boolean {
  const takesAll = nodes === undefined || nodes.unfit.length === 0;
  return weighed === undefined && takesAll && compute.some(({ missing }) => missing.length > 0);
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
          `nothing would run ${counted(daemonSets.length, "DaemonSet")}, whose work moves to sidecars or is not needed`,
        ]),
  ];
}

function withNodes({ nodes }: Plan): string[] {
  return [
    "nodes are the team's to patch, to upgrade with each Kubernetes version, and to scale",
    ...(nodes === undefined || nodes.count.min === 0
      ? []
      : [
          `idle capacity is paid for: at the fewest replicas, requests use ${percent(nodes.cpuUse)} of the CPU and ${percent(nodes.memoryUse)} of the memory of ${counted(nodes.count.min, `${nodes.instanceType} node`)}`,
        ]),
  ];
}
