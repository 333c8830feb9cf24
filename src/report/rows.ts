import type { WorkloadCost } from "../cost/cost";
import { landsOnFargate } from "../cost/fargate-cost";
import { describeSelector } from "../model/fargate-selector";
import { describeSize, FARGATE_POD_OVERHEAD } from "../model/fargate-sizes";
import type { Outcome, Placement, PodRequests } from "../placement/placement";
import { count, percent, shareOf, UNKNOWN, workloadLabel } from "./format";
import type { FitReport } from "./report";

/** What an output shows of one workload. */
export interface WorkloadRow {
  /** Position in the report, from 1. */
  readonly number: number;
  readonly placement: Placement;
  readonly cost: WorkloadCost | undefined;
  /** `web/api (Deployment)`. */
  readonly label: string;
  /** `1`, or `2-10`. */
  readonly pods: string;
  readonly where: Where;
  /** `250m CPU, 256Mi`. */
  readonly requested: string;
  /** `0.25vCPU 0.5GB`; `undefined` when no size is large enough. */
  readonly size: string | undefined;
  readonly waste: Waste;
  /** Whether its cost is what it would be on Fargate, where it does not run. */
  readonly elsewhere: boolean;
  /** Why its cost is not known, where it is not. */
  readonly unpriced: string | undefined;
}

export interface Where {
  readonly kind: Outcome["kind"];
  /** A profile's key, `ambiguous: a, b`, `nodes` or `Pending`. */
  readonly title: string;
  /** The selector, or the reason. */
  readonly detail: string;
}

/** Shares of 0 to 1 of what is paid for beyond the requests and the 256 MiB that Fargate adds; `undefined` when not known. */
export interface Waste {
  readonly cost: number | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

/** A row for each workload, in the order of the report. */
export function workloadRows({ placements, cost }: FitReport): WorkloadRow[] {
  const costs = new Map(cost.workloads.map((each) => [each.placement, each]));
  return placements.map((placement, index) => {
    const { workload, requests, size } = placement;
    const priced = costs.get(placement);
    return {
      number: index + 1,
      placement,
      cost: priced,
      label: workloadLabel(workload),
      pods: count(workload.replicas),
      where: whereOf(placement),
      requested: describeRequests(requests),
      size: size === undefined ? undefined : describeSize(size),
      waste: wasteOf(placement, priced),
      elsewhere: !landsOnFargate(placement),
      unpriced: unpricedReason(placement, priced, cost.region),
    };
  });
}

/** What a pod requests, as Kubernetes writes it: `250m CPU, 256Mi`. */
function describeRequests({ cpu, memory, none }: PodRequests): string {
  return none ? "nothing" : `${cpu} CPU, ${memory}`;
}

/** `default: namespace "web" with labels app=api`. */
export function describeWhere({ kind, title, detail }: Where): string {
  return detail === "" ? title : `${title}${kind === "ambiguous" ? ";" : ":"} ${detail}`;
}

/** A share as text: `24%`, or `-` when it is not known. */
export function shareText(share: number | undefined): string {
  return share === undefined ? UNKNOWN : percent(share);
}

function whereOf({ outcome, findings }: Placement): Where {
  const { kind } = outcome;
  switch (kind) {
    case "fargate":
      return { kind, title: outcome.chosen.profile.key, detail: describeSelector(outcome.chosen.selector) };
    case "ambiguous": {
      const keys = outcome.candidates.map(({ profile }) => profile.key);
      return { kind, title: `ambiguous: ${keys.join(", ")}`, detail: `EKS takes "${keys[0]}", the first by name` };
    }
    case "nodes":
      return { kind, title: "nodes", detail: outcome.reason };
    case "pending": {
      const rules = new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule));
      const why = rules.size === 0 ? outcome.reasons : [...rules];
      const taken = outcome.chosen === undefined ? [] : [`taken by profile "${outcome.chosen.profile.key}"`];
      return { kind, title: "Pending", detail: [...why, ...taken].join(", ") };
    }
  }
}

function wasteOf({ requests, size }: Placement, cost: WorkloadCost | undefined): Waste {
  const { month, wastedMonth } = cost ?? {};
  if (size === undefined || requests.none) {
    return { cost: undefined, cpu: undefined, memory: undefined };
  }
  return {
    cost: month === undefined || wastedMonth === undefined ? undefined : shareOf(wastedMonth, month),
    cpu: size.cpu.minus(requests.cpu).millis / size.cpu.millis,
    memory: size.memory.minus(requests.memory.plus(FARGATE_POD_OVERHEAD)).bytes / size.memory.bytes,
  };
}

function unpricedReason(
  { size, workload }: Placement,
  cost: WorkloadCost | undefined,
  region: string,
): string | undefined {
  if (cost?.month !== undefined) {
    return undefined;
  }
  if (size === undefined) {
    return "no Fargate size is large enough";
  }
  if (cost !== undefined && cost.missing.length > 0) {
    return `no price in ${region} for ${cost.missing.join(", ")}`;
  }
  return workload.kind === "DaemonSet"
    ? "a DaemonSet has as many pods as there are nodes"
    : "it is not known how long its pods run";
}
