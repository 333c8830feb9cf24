import type { DisruptionBudget } from "../../model/inventory";
import type { Workload } from "../../model/workload";
import type { Rule, Violation } from "../rule";
import { describeObject } from "./support/objects";
import { POD_PATCHING_GUIDE } from "./support/sources";

const PERCENT = /^(\d+)%$/;

export const disruptionBudget: Rule = {
  id: "disruption-budget",
  severity: "warning",
  title: "Disruption budgets let pods be evicted one by one",
  reason: "Fargate evicts pods to patch their nodes, and deletes those that it could not evict by the announced date",
  fix: "let at least one pod go: 'maxUnavailable' of 1 with two replicas or more",
  source: POD_PATCHING_GUIDE,
  check(workload, cluster) {
    const budgets = cluster.budgetsOf(workload);
    return [...budgets.flatMap((budget) => blocking(budget, workload)), ...tooMany(budgets)];
  },
};

function blocking(budget: DisruptionBudget, { replicas }: Workload): Violation[] {
  const { minAvailable, maxUnavailable } = budget;
  const called = describeObject("PodDisruptionBudget", budget);
  if (maxUnavailable !== undefined && countOf(maxUnavailable, replicas.min) === 0 && replicas.min > 0) {
    return [{ at: [], message: `${called} lets no pod go ('maxUnavailable' is ${maxUnavailable})` }];
  }
  const needed = minAvailable === undefined ? 0 : (countOf(minAvailable, replicas.min) ?? 0);
  return needed > 0 && needed >= replicas.min
    ? [
        {
          at: [],
          message: `${called} lets no pod go ('minAvailable' is ${minAvailable} of ${replicas.min} by ${replicas.from})`,
        },
      ]
    : [];
}

/** A number of pods, or a share of them, which Kubernetes rounds up; `undefined` when it is neither. */
function countOf(value: number | string, replicas: number): number | undefined {
  if (typeof value === "number") {
    return value;
  }
  const percent = PERCENT.exec(value)?.[1];
  return percent === undefined ? undefined : Math.ceil((Number(percent) * replicas) / 100);
}

function tooMany(budgets: readonly DisruptionBudget[]): Violation[] {
  return budgets.length < 2
    ? []
    : [
        {
          at: [],
          message: `the pods count in ${budgets.map((budget) => describeObject("PodDisruptionBudget", budget)).join(" and ")}`,
          reason: "Kubernetes evicts no pod that several budgets count, and Fargate deletes what it could not evict",
          fix: "keep one of the budgets",
        },
      ];
}
