import * as v from "valibot";
import type { Problem } from "../../model/problem";
import type { ScaledService } from "../../model/scaling-metrics";
import { BREACH_BEHAVIORS, PREDICTIVE_MODES } from "../../model/scaling-policies";
import { ADJUSTMENTS, AGGREGATIONS, MISSING_DATA } from "../../model/scaling-steps";
import { type ServiceScalingOptions, scalingNameProblems, serviceScalingProblems } from "../../model/service-scaling";
import { described, text } from "../pieces";

const scalingMetric = v.strictObject({
  namespace: described(text, "Such as AWS/SQS, or one of your own."),
  name: text,
  dimensions: v.exactOptional(described(v.record(text, text), "Values by the names of the dimensions.")),
  statistic: v.exactOptional(described(text, "Sum, Maximum, ..., or a percentile such as p99. Default: Average.")),
  unit: v.exactOptional(described(text, "Default: any.")),
});

const metricMath = v.strictObject({
  expression: described(text, "Such as visible / running."),
  metrics: described(v.record(text, scalingMetric), "Metrics by the ids that stand for them in the expression."),
  label: v.exactOptional(described(text, "Default: the expression.")),
});

// The rules know the names of the service's own metrics.
const serviceMetric = described(
  v.picklist(["cpu", "memory", "requestsPerTarget"]),
  "Percent of the tasks' CPU or memory, or requests a minute for each task (behind an Application Load Balancer).",
);

const metric = described(v.union([serviceMetric, scalingMetric, metricMath]), "What is watched.");

const targetTracking = v.strictObject({
  metric,
  target: described(v.number(), "Where the metric should be. CPU and memory: percent."),
  highResolution: v.exactOptional(described(v.boolean(), "Values of CPU or memory every 20 seconds. Default: false.")),
  scaleIn: v.exactOptional(described(v.boolean(), "Whether it takes tasks away too. Default: true.")),
  scaleInCooldownInSeconds: v.exactOptional(described(v.number(), "Default: 300.")),
  scaleOutCooldownInSeconds: v.exactOptional(described(v.number(), "Default: 300.")),
});

const step = v.strictObject({
  from: v.exactOptional(described(v.number(), "Value of the metric where it begins. Default: no lower end.")),
  to: v.exactOptional(described(v.number(), "Value of the metric where it ends. Default: no upper end.")),
  change: v.exactOptional(described(v.number(), "Default: the tasks are left as they are.")),
});

const stepScaling = v.strictObject({
  metric,
  steps: described(v.array(step), "They cover every value of the metric once."),
  adjustment: v.exactOptional(
    described(v.picklist(ADJUSTMENTS), "What 'change' of a step means. Default: ChangeInCapacity."),
  ),
  minAdjustmentMagnitude: v.exactOptional(described(v.number(), "Tasks that a change of percent is at least.")),
  cooldownInSeconds: v.exactOptional(described(v.number(), "Default: 300.")),
  aggregation: v.exactOptional(described(v.picklist(AGGREGATIONS), "Default: Average.")),
  periodInSeconds: v.exactOptional(described(v.number(), "10, 20, 30, or a multiple of 60. Default: 60.")),
  evaluationPeriods: v.exactOptional(described(v.number(), "Periods that are looked at. Default: 1.")),
  datapointsToAlarm: v.exactOptional(described(v.number(), "Default: all of them.")),
  missingData: v.exactOptional(
    described(v.picklist(MISSING_DATA), "What a period without values counts as. Default: notBreaching."),
  ),
});

const schedule = v.strictObject({
  schedule: described(text, "at(2027-03-01T08:00:00), rate(1 hour), or cron(0 8 ? * MON-FRI *)."),
  timeZone: v.exactOptional(described(text, "Such as Europe/Berlin. Default: UTC.")),
  start: v.exactOptional(described(text, "From when on it recurs, in UTC: 2027-01-01T00:00:00Z. Default: at once.")),
  end: v.exactOptional(described(text, "Until when it recurs, in UTC. Default: for ever.")),
  minimum: v.exactOptional(described(v.number(), "The new minimum. Default: as it is.")),
  maximum: v.exactOptional(described(v.number(), "The new maximum. Default: as it is.")),
});

export const schedules = described(v.record(text, schedule), "Other minimums and maximums at certain times, by name.");

export const limits = v.strictObject({
  tasksPerService: v.exactOptional(described(v.number(), "The account's quota. Default: 5000.")),
});

const predictive = v.strictObject({
  metric: serviceMetric,
  target: described(v.number(), "Where the metric should be, as in target tracking."),
  mode: v.exactOptional(
    described(
      v.picklist(PREDICTIVE_MODES),
      "Whether it scales, or only shows what it would do. Default: ForecastOnly.",
    ),
  ),
  schedulingBufferInSeconds: v.exactOptional(
    described(v.number(), "How long before the forecast time tasks are started. Default: 300."),
  ),
  maxCapacityBreachBehavior: v.exactOptional(
    described(v.picklist(BREACH_BEHAVIORS), "When the forecast comes near 'maximum'. Default: HonorMaxCapacity."),
  ),
  maxCapacityBuffer: v.exactOptional(described(v.number(), "Percent above the forecast, with IncreaseMaxCapacity.")),
});

export const serviceScalingSchema = described(
  v.strictObject({
    minimum: described(v.number(), "Tasks below which no policy goes."),
    maximum: described(v.number(), "Tasks above which no policy goes."),
    targetTracking: v.exactOptional(
      described(v.record(text, targetTracking), "Policies that keep a metric near a value, by name."),
    ),
    steps: v.exactOptional(
      described(v.record(text, stepScaling), "Policies by how far a metric is from where it should be, by name."),
    ),
    schedules: v.exactOptional(schedules),
    predictive: v.exactOptional(described(v.record(text, predictive), "Policies that act on a forecast, by name.")),
    limits: v.exactOptional(limits),
  }),
  "How many tasks run, and when.",
);

/**
 * What is wrong with the scaling of a service, seen from its setting.
 *
 * @param service whether an Application Load Balancer counts its requests, and its names
 */
export function scalingProblems(
  options: ServiceScalingOptions,
  service: ScaledService & { readonly clusterName: string; readonly serviceName: string },
): Problem[] {
  const problems = serviceScalingProblems(options, service);
  return problems.length > 0 ? problems : scalingNameProblems(service.clusterName, service.serviceName, options);
}
