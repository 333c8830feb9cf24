import { landsOnFargate } from "../cost/fargate-cost";
import { SEVERITIES, type Severity } from "../model/finding";
import type { Outcome } from "../placement/placement";
import { allFindings, countBySeverity } from "./findings";
import { dollarsRange, listed, percent, plural, shareOf } from "./format";
import type { FitReport } from "./report";

/** What the report counts. */
export interface Summary {
  readonly workloads: number;
  /** Pods at once, at the fewest and at the most replicas. */
  readonly pods: { readonly min: number; readonly max: number };
  /** Workloads by where they run. */
  readonly outcomes: Readonly<Record<Outcome["kind"], number>>;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Documents that could not be read. */
  readonly problems: number;
}

export function summarize(report: FitReport): Summary {
  const outcomes = { fargate: 0, ambiguous: 0, nodes: 0, pending: 0 };
  const pods = { min: 0, max: 0 };
  for (const { outcome, workload } of report.placements) {
    outcomes[outcome.kind]++;
    pods.min += workload.replicas.min;
    pods.max += workload.replicas.max;
  }
  return {
    workloads: report.placements.length,
    pods,
    outcomes,
    findings: countBySeverity(allFindings(report)),
    problems: report.inventory.problems.length,
  };
}

/** The answer in one sentence: `8 of 12 workloads run on Fargate, for $12.30 a month; 3 run on nodes, 1 stays Pending`. */
export function headline(report: FitReport): string {
  const { workloads, outcomes } = summarize(report);
  const there = outcomes.fargate + outcomes.ambiguous;
  if (workloads === 0) {
    return "no workloads were found";
  }
  const others = [
    ...(outcomes.nodes > 0 ? [`${outcomes.nodes} ${verb(outcomes.nodes, "runs", "run")} on nodes`] : []),
    ...(outcomes.pending > 0 ? [`${outcomes.pending} ${verb(outcomes.pending, "stays", "stay")} Pending`] : []),
  ];
  const subject = there === workloads && workloads > 1 ? `all ${workloads} workloads` : amountOf(there, workloads);
  const cost = there === 0 ? "" : `, for ${dollarsRange(report.cost.month)} a month`;
  const left = others.length === 0 ? "" : `; ${listed(others)}`;
  return `${subject} ${verb(workloads, "runs", "run")} on Fargate${cost}${left}`;
}

/** `12 workloads, 24 to 46 pods: 8 on Fargate, 1 ambiguous, 2 on nodes, 1 Pending`. */
export function countsLine({ workloads, pods, outcomes }: Summary): string {
  const parts = [
    [outcomes.fargate, "on Fargate"],
    [outcomes.ambiguous, "ambiguous"],
    [outcomes.nodes, "on nodes"],
    [outcomes.pending, "Pending"],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`);
  return `${plural(workloads, "workload")}, ${plural(pods, "pod")}${shown.length === 0 ? "" : `: ${shown.join(", ")}`}`;
}

/** `$12.30 to $20.00 a month on Fargate, leaves out 2 workloads without a price`. */
export function costLine({ cost }: FitReport): string {
  return `${dollarsRange(cost.month)} a month on Fargate${leavesOut(cost.leftOut, "workload")}`;
}

/** What a total does not hold; nothing when it holds everything. */
export function leavesOut(lines: number, what: string): string {
  return lines === 0 ? "" : `, leaves out ${plural(lines, what)} without a price`;
}

/** `$3.00 a month (24% of the cost) pays for CPU and memory beyond …`, and of how many workloads that is not known. */
export function wasteLine({ cost }: FitReport): string {
  const share = shareOf(cost.wastedMonth, cost.month);
  const part = share === undefined ? "" : ` (${percent(share)} of the cost)`;
  const silent = cost.workloads.filter(({ placement }) => landsOnFargate(placement) && placement.requests.none).length;
  const unknown =
    silent === 0
      ? ""
      : `; not known of ${plural(silent, "workload")} that ${silent === 1 ? "requests" : "request"} nothing`;
  return `${dollarsRange(cost.wastedMonth)} a month${part} pays for CPU and memory beyond what the pods request and Fargate adds${unknown}`;
}

/** `3 errors, 5 warnings, 2 advice`, or `none`. */
export function findingsLine(findings: Summary["findings"]): string {
  const parts = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    plural(findings[severity], severity, severity === "advice" ? severity : `${severity}s`),
  );
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** `3 files, 14 documents, 30 objects`. */
export function readLine({ inventory: { counts } }: FitReport): string {
  return [plural(counts.files, "file"), plural(counts.documents, "document"), plural(counts.objects, "object")].join(
    ", ",
  );
}

function amountOf(part: number, whole: number): string {
  return whole === 1 ? (part === 1 ? "the workload" : "no workload") : `${part} of ${whole} workloads`;
}

function verb(number: number, one: string, many: string): string {
  return number === 1 ? one : many;
}
