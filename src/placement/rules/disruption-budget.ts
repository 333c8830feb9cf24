import type { DisruptionBudget } from "../../model/inventory";
import type { Workload } from "../../model/workload";
import type { CountedPods } from "../cluster-index";
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
    return [
      ...budgets.flatMap((budget) => blocking(budget, workload, cluster.podsCountedBy(budget))),
      ...tooMany(budgets),
    ];
  },
};

function blocking(budget: DisruptionBudget, { replicas }: Workload, counted: CountedPods): Violation[] {
  // Of no pods there is nothing to evict: the fewest that matter are one.
  const fewest = Math.max(counted.min, replicas.min, 1);
  const who = counted.workloads > 1 ? `in ${counted.workloads} workloads` : `by ${replicas.from}`;
  const why = replicas.max === 0 ? undefined : blockedBy(budget, fewest, who);
  return why === undefined
    ? []
    : [{ at: [], message: `${describeObject("PodDisruptionBudget", budget)} lets no pod go (${why})` }];
}

function blockedBy({ minAvailable, maxUnavailable }: DisruptionBudget, pods: number, who: string): string | undefined {
  // Kubernetes then counts no pods, and of none it lets none go.
  if (minAvailable === undefined && maxUnavailable === undefined) {
    return "it has neither 'minAvailable' nor 'maxUnavailable'";
  }
  if (maxUnavailable !== undefined) {
    return countOf(maxUnavailable, pods) === 0 ? `'maxUnavailable' is ${maxUnavailable}` : undefined;
  }
  const needed = minAvailable === undefined ? 0 : (countOf(minAvailable, pods) ?? 0);
  return needed >= pods ? `'minAvailable' is ${minAvailable} of ${pods} ${who}` : undefined;
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
