import { choiceProblem } from "./choice";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import {
  isServiceMetric,
  metricProblems,
  type ScaledService,
  SERVICE_METRICS,
  type ServiceMetric,
  STATISTICS,
  type WatchedMetric,
} from "./scaling-metrics";

/** Keeps a metric near a value, as a thermostat does: AWS computes the number of tasks, and makes the alarms. */
export interface TargetTracking {
  /** What is kept at the target. */
  readonly metric: WatchedMetric;
  /** Where the metric should be: percent for CPU and memory, requests a minute for each task for requests. */
  readonly target: number;
  /** Whether CPU or memory is watched every 20 seconds instead of every minute. @default false */
  readonly highResolution?: boolean;
  /** Whether it takes tasks away too. @default true */
  readonly scaleIn?: boolean;
  /** Seconds after tasks were taken away before more are. @default 300 */
  readonly scaleInCooldownInSeconds?: number;
  /** Seconds after tasks were added before more are. @default 300 */
  readonly scaleOutCooldownInSeconds?: number;
}

export const PREDICTIVE_MODES = ["ForecastAndScale", "ForecastOnly"] as const;
export const BREACH_BEHAVIORS = ["HonorMaxCapacity", "IncreaseMaxCapacity"] as const;

/** Adds tasks before load comes that AWS forecasts from the days before. It takes none away. */
export interface PredictiveScaling {
  /** What is forecast. */
  readonly metric: ServiceMetric;
  /** Where the metric should be, as in target tracking. */
  readonly target: number;
  /** Whether it scales, or only shows what it would do. @default "ForecastOnly" */
  readonly mode?: (typeof PREDICTIVE_MODES)[number];
  /** Seconds before the forecast time at which tasks are started, 0 to 3600. @default 300 */
  readonly schedulingBufferInSeconds?: number;
  /** What happens when the forecast comes near `maximum`. @default "HonorMaxCapacity" */
  readonly maxCapacityBreachBehavior?: (typeof BREACH_BEHAVIORS)[number];
  /** Percent of the forecast by which the tasks may be more than it, 0 to 100, with "IncreaseMaxCapacity". @default - none */
  readonly maxCapacityBuffer?: number;
}

/** Percent that CPU and memory can be. */
const MAX_PERCENT = 100;
/** Source: API model of Application Auto Scaling, PredictiveScalingSchedulingBufferTime and MaxCapacityBuffer, 2026-11-17. */
const MAX_BUFFER_SECONDS = 3600;
const MAX_BUFFER_PERCENT = 100;

/** What is wrong with target tracking, apart from the other policies. */
export function targetTrackingProblems(key: string, options: TargetTracking, service: ScaledService): Problem[] {
  const called = `target tracking ${quote(key)}`;
  const { metric, target, highResolution = false } = options;
  const percent = metric === "cpu" || metric === "memory";
  return [
    ...under("metric", metricProblems(metric, called, service, STATISTICS)),
    ...problemAt(["target"], targetProblem(target, percent, called)),
    ...problemAt(
      ["highResolution"],
      highResolution && !percent
        ? `'highResolution' of ${called} is for "cpu" and "memory", which ECS publishes every 20 seconds, got ${isServiceMetric(metric) ? quote(metric) : "a metric of CloudWatch"}; leave it out`
        : undefined,
    ),
    ...(["scaleInCooldownInSeconds", "scaleOutCooldownInSeconds"] as const).flatMap((property) =>
      problemAt([property], secondsProblem(property, options[property], called)),
    ),
  ];
}

function targetProblem(target: number, percent: boolean, called: string): string | undefined {
  const right = Number.isFinite(target) && target > 0 && !(percent && target > MAX_PERCENT);
  const range = percent ? `above 0 and at most ${MAX_PERCENT} (percent)` : "above 0";
  return right ? undefined : `'target' of ${called} must be ${range}, got ${quote(target)}`;
}

function secondsProblem(
  property: string,
  seconds: number | undefined,
  called: string,
  max = Number.MAX_SAFE_INTEGER,
): string | undefined {
  const range = max === Number.MAX_SAFE_INTEGER ? "a whole number of at least 0" : `0 to ${max}`;
  return seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= max)
    ? undefined
    : `'${property}' of ${called} must be ${range}, got ${quote(seconds)}`;
}

/** What is wrong with predictive scaling, apart from the other policies. */
export function predictiveProblems(key: string, options: PredictiveScaling, service: ScaledService): Problem[] {
  const called = `predictive scaling ${quote(key)}`;
  const { metric, target, mode, schedulingBufferInSeconds, maxCapacityBuffer } = options;
  const { maxCapacityBreachBehavior = "HonorMaxCapacity" } = options;
  const choices = [
    { property: "mode", value: mode, of: PREDICTIVE_MODES },
    { property: "maxCapacityBreachBehavior", value: maxCapacityBreachBehavior, of: BREACH_BEHAVIORS },
  ] as const;
  return [
    ...under(
      "metric",
      isServiceMetric(metric)
        ? metricProblems(metric, called, service)
        : problemAt([], `'metric' of ${called} must be one of ${quoteAll(SERVICE_METRICS)}, got ${quote(metric)}`),
    ),
    ...problemAt(["target"], targetProblem(target, metric !== "requestsPerTarget", called)),
    ...choices.flatMap(({ property, value, of }) =>
      problemAt([property], choiceProblem(`'${property}' of ${called}`, of, value)),
    ),
    ...problemAt(
      ["schedulingBufferInSeconds"],
      secondsProblem("schedulingBufferInSeconds", schedulingBufferInSeconds, called, MAX_BUFFER_SECONDS),
    ),
    ...problemAt(["maxCapacityBuffer"], bufferProblem(maxCapacityBuffer, maxCapacityBreachBehavior, called)),
  ];
}

function bufferProblem(buffer: number | undefined, behavior: string, called: string): string | undefined {
  const needed = behavior === "IncreaseMaxCapacity";
  if (buffer === undefined) {
    return needed
      ? `'maxCapacityBreachBehavior' "IncreaseMaxCapacity" of ${called} needs 'maxCapacityBuffer'; say by how much percent of the forecast, like 10`
      : undefined;
  }
  if (!needed) {
    return `'maxCapacityBuffer' of ${called} is for 'maxCapacityBreachBehavior' "IncreaseMaxCapacity", which is ${quote(behavior)}; leave it out`;
  }
  return Number.isInteger(buffer) && buffer >= 0 && buffer <= MAX_BUFFER_PERCENT
    ? undefined
    : `'maxCapacityBuffer' of ${called} must be 0 to ${MAX_BUFFER_PERCENT}, got ${quote(buffer)}`;
}
