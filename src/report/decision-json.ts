import type { Decision, Plan, WorkloadDecision } from "../cost/cost";
import { comparisonJson, lineJson } from "./cost-json";
import { findingJson, rangeJson, SCHEMA_VERSION, toJson, unfitJson, workloadJson } from "./json";

/** The answer of `decide` as JSON, with the comparison that it is based on. */
export function decisionJson(decision: Decision, generator: string): string {
  return toJson({
    schemaVersion: SCHEMA_VERSION,
    kind: "decision",
    generator,
    ...decisionOnlyJson(decision),
    comparison: comparisonJson(decision.comparison),
  });
}

/** The decision as a value of JSON, without its comparison. */
function decisionOnlyJson(decision: Decision): object {
  const { choice, because, against, leftOut, workloads, plans, instanceType, acceptedPremium, months } = decision;
  return {
    choice,
    because,
    against: [...against],
    leftOut: unfitJson(leftOut),
    instanceType: instanceType ?? null,
    acceptedPremiumPercent: acceptedPremium,
    months: {
      fargate: rangeJson(months.fargate),
      nodes: rangeJson(months.nodes),
      decided: rangeJson(months.decided),
    },
    plans: plans.map(planJson),
    workloads: workloads.map(workloadDecisionJson),
  };
}

function planJson({ choice, compute, platform, month, leftOut, weighed, nodes }: Plan) {
  return {
    choice,
    compute: compute.map(lineJson),
    platform: platform.map(lineJson),
    month: rangeJson(month),
    leftOut,
    weighed: weighed?.toString() ?? null,
    nodes:
      nodes === undefined
        ? null
        : {
            instanceType: nodes.instanceType,
            count: { ...nodes.count },
            cpuUse: nodes.cpuUse,
            memoryUse: nodes.memoryUse,
            unfit: unfitJson(nodes.unfit),
          },
  };
}

/** `fargateMonth` is a range as everywhere; `nodesShare` is at the fewest replicas, by which a workload is weighed. */
function workloadDecisionJson(decision: WorkloadDecision) {
  const { workload, choice, fargateMonth, nodesShare, reasons, against, findings } = decision;
  return {
    workload: workloadJson(workload),
    choice,
    fargateMonth: rangeJson(fargateMonth),
    nodesShare: nodesShare?.toString() ?? null,
    reasons: [...reasons],
    against: [...against],
    findings: findings.map(findingJson),
  };
}
