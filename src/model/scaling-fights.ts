import { type Problem, problemAt, quote } from "./problem";
import { metricIdentity, type ScaledService } from "./scaling-metrics";
import type { PredictiveScaling, TargetTracking } from "./scaling-policies";
import { plannedStepPolicies, type StepScaling } from "./scaling-steps";

/** The policies of one service, by name. */
interface ScalingPolicies {
  readonly targetTracking?: Readonly<Record<string, TargetTracking>>;
  readonly steps?: Readonly<Record<string, StepScaling>>;
  readonly predictive?: Readonly<Record<string, PredictiveScaling>>;
}

/** Policies that pull the number of tasks to different sides on the same metric. */
export function fightProblems(policies: ScalingPolicies, service: ScaledService): Problem[] {
  const { targetTracking = {}, steps = {}, predictive = {} } = policies;
  const tracked = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [key, { metric }] of Object.entries(targetTracking)) {
    const identity = metricIdentity(metric, service);
    const other = tracked.get(identity);
    problems.push(
      ...problemAt(
        ["targetTracking", key],
        other === undefined
          ? undefined
          : `target tracking ${quote(other)} and ${quote(key)} track the same metric, and would pull it to two values; keep one`,
      ),
    );
    tracked.set(identity, other ?? key);
  }
  for (const [key, { metric }] of Object.entries(steps)) {
    const other = tracked.get(metricIdentity(metric, service));
    problems.push(
      ...problemAt(
        ["steps", key],
        other === undefined
          ? undefined
          : `step scaling ${quote(key)} acts on the metric that target tracking ${quote(other)} keeps, and they would undo each other; keep one`,
      ),
    );
  }
  return [...problems, ...stepFights(steps, service), ...predictiveFights(predictive)];
}

/** Steps on one metric that both act on some of its values. */
function stepFights(steps: Readonly<Record<string, StepScaling>>, service: ScaledService): Problem[] {
  const all = Object.entries(steps).map(([key, policy]) => ({
    key,
    identity: metricIdentity(policy.metric, service),
    acts: actsFrom(policy),
  }));
  return all.flatMap(({ key, identity, acts }, index) => {
    const other = all.slice(0, index).find((before) => before.identity === identity && actTogether(before.acts, acts));
    return problemAt(
      ["steps", key],
      other === undefined
        ? undefined
        : `step scaling ${quote(other.key)} and ${quote(key)} act on the same values of the same metric; make them one`,
    );
  });
}

interface Acts {
  readonly below: number;
  readonly above: number;
}

/** The values up to which and from which on the steps change something. */
function actsFrom(policy: StepScaling): Acts {
  const planned = plannedStepPolicies(policy);
  return {
    below: planned.find(({ side }) => side === "below")?.threshold ?? Number.NEGATIVE_INFINITY,
    above: planned.find(({ side }) => side === "above")?.threshold ?? Number.POSITIVE_INFINITY,
  };
}

function actTogether(one: Acts, other: Acts): boolean {
  const below = Math.min(one.below, other.below) > Number.NEGATIVE_INFINITY;
  const above = Math.max(one.above, other.above) < Number.POSITIVE_INFINITY;
  return below || above || one.below >= other.above || other.below >= one.above;
}

function predictiveFights(predictive: Readonly<Record<string, PredictiveScaling>>): Problem[] {
  const all = Object.entries(predictive);
  return all.flatMap(([key, { metric }], index) => {
    const [other] = all.slice(0, index).find(([, before]) => before.metric === metric) ?? [];
    return problemAt(
      ["predictive", key],
      other === undefined
        ? undefined
        : `predictive scaling ${quote(other)} and ${quote(key)} forecast the same metric; keep one`,
    );
  });
}
