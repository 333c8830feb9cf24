import type { WorkloadCost } from "../cost/cost";
import type { NamedFargateProfile } from "../model/fargate-profile";
import type { FargateSelector } from "../model/fargate-selector";
import type { Finding } from "../model/finding";
import type { RunTime } from "../model/workload";
import type { Candidate, Outcome, Placement } from "../placement/placement";
import { groupBy } from "./findings";
import {
  discountsJson,
  findingJson,
  pricesJson,
  rangeJson,
  SCHEMA_VERSION,
  sizeJson,
  toJson,
  workloadJson,
} from "./json";
import type { FitReport } from "./report";
import { type Waste, workloadRows } from "./rows";
import { summarize } from "./summary";

/**
 * The answer of `fit` as JSON, with everything that the table has. A workload's `fargateFindings` are what Fargate
 * would say of one that runs on nodes.
 */
export function fitJson(report: FitReport): string {
  return toJson({ schemaVersion: SCHEMA_VERSION, kind: "fit", ...fitDocument(report) });
}

function fitDocument(report: FitReport) {
  const { inventory, target, cost } = report;
  const { workloads, pods, outcomes, findings, problems } = summarize(report);
  return {
    generator: report.generator,
    target: { profiles: target.profiles.map(profileJson), nodes: target.nodes, from: target.from },
    summary: {
      workloads,
      pods,
      outcomes,
      findings,
      problems,
      read: { ...inventory.counts },
      month: rangeJson(cost.month),
      wastedMonth: rangeJson(cost.wastedMonth),
      leftOut: cost.leftOut,
    },
    workloads: workloadsJson(report),
    problems: inventory.problems.map(({ file, document, line, message }) => ({
      file,
      document: document ?? null,
      line: line ?? null,
      message,
    })),
    region: cost.region,
    discounts: discountsJson(cost.discounts),
    prices: pricesJson(cost.prices),
  };
}

function workloadsJson(report: FitReport) {
  const extras = groupBy(report.extraFindings, ({ workload }) => workload);
  return workloadRows(report).map(({ placement, cost, waste, elsewhere }) =>
    placementJson(placement, cost, waste, elsewhere, extras.get(placement.workload) ?? []),
  );
}

function placementJson(
  placement: Placement,
  cost: WorkloadCost | undefined,
  waste: Waste,
  elsewhere: boolean,
  extras: readonly Finding[],
) {
  const { workload, outcome, requests, size, findings, fargateFindings } = placement;
  return {
    ...workloadJson(workload),
    replicas: { ...workload.replicas },
    runTime: runTimeJson(workload.runTime),
    outcome: outcomeJson(outcome),
    requests: {
      cpuMillis: requests.cpu.millis,
      memoryMib: requests.memory.mib,
      ephemeralStorageMib: requests.ephemeralStorage.mib,
      none: requests.none,
    },
    size: sizeJson(size),
    waste: { cost: waste.cost ?? null, cpu: waste.cpu ?? null, memory: waste.memory ?? null },
    cost: {
      podHour: cost?.podHour?.toString() ?? null,
      hour: rangeJson(cost?.hour),
      month: rangeJson(cost?.month),
      wastedMonth: rangeJson(cost?.wastedMonth),
      missingPrices: [...(cost?.missing ?? [])],
      inTotal: !elsewhere && cost?.month !== undefined,
    },
    findings: [...findings, ...extras].map(findingJson),
    fargateFindings: outcome.kind === "nodes" ? fargateFindings.map(findingJson) : [],
  };
}

function profileJson({ key, name, hashed, selectors }: NamedFargateProfile) {
  return { key, name, hashed, selectors: selectors.map(selectorJson) };
}

function selectorJson({ namespace, labels = {} }: FargateSelector) {
  return { namespace, labels: { ...labels } };
}

function candidateJson({ profile, selector }: Candidate) {
  return { profile: profile.key, selector: selectorJson(selector) };
}

/** `candidates` are the profiles that take the pods, `reasons` why none does or why they stay Pending. */
function outcomeJson(outcome: Outcome) {
  const { kind } = outcome;
  switch (kind) {
    case "fargate":
      return { kind, candidates: [candidateJson(outcome.chosen)], reasons: [] };
    case "ambiguous":
      return { kind, candidates: outcome.candidates.map(candidateJson), reasons: [] };
    case "nodes":
      return { kind, candidates: [], reasons: [outcome.reason] };
    case "pending":
      return {
        kind,
        candidates: outcome.chosen === undefined ? [] : [candidateJson(outcome.chosen)],
        reasons: [...outcome.reasons],
      };
  }
}

function runTimeJson(runTime: RunTime) {
  return runTime.kind === "always"
    ? { kind: "always", runsPerMonth: null, secondsPerRun: null, keptSeconds: null, retained: null, from: null }
    : {
        kind: "runs",
        runsPerMonth: runTime.runsPerMonth ?? null,
        secondsPerRun: runTime.secondsPerRun,
        keptSeconds: runTime.keptSeconds ?? null,
        retained: runTime.retained,
        from: runTime.from,
      };
}
