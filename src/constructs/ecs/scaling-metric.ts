import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { compareText } from "../../model/order";
import {
  ecsMetric,
  isMetricMath,
  isServiceMetric,
  type MetricMath,
  type RequestCounter,
  requestsMetric,
  type ScalingMetric,
  type ServiceMetric,
  STATISTICS,
  type WatchedMetric,
} from "../../model/scaling-metrics";
import { InvalidPropsError } from "../errors";
import type { IEcsService } from "./iecs-service";

/** The id under which an alarm or a policy finds the result of an expression; metrics begin with a small letter too. */
const RESULT = "result";

/** A metric of the service as target tracking names it. */
export function predefinedMetric(metric: ServiceMetric, highResolution: boolean, counter: RequestCounter | undefined) {
  if (metric === "requestsPerTarget") {
    return { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel: labelOf(counter) };
  }
  const what = metric === "cpu" ? "CPU" : "Memory";
  return { predefinedMetricType: `ECSServiceAverage${what}Utilization${highResolution ? "HighResolution" : ""}` };
}

/** A metric of the service as predictive scaling names it: the load and what it does to each task. */
export function predictiveMetric(metric: ServiceMetric, counter: RequestCounter | undefined) {
  if (metric === "requestsPerTarget") {
    return { predefinedMetricType: "ALBRequestCount", resourceLabel: labelOf(counter) };
  }
  return { predefinedMetricType: `ECSService${metric === "cpu" ? "CPU" : "Memory"}Utilization` };
}

/** `app/<load balancer>/<id>/targetgroup/<target group>/<id>`. */
function labelOf(counter: RequestCounter | undefined): string {
  const { loadBalancerArnSuffix, targetGroupArnSuffix } = counted(counter);
  return `${loadBalancerArnSuffix}/${targetGroupArnSuffix}`;
}

/** The rules have looked at it. */
function counted(counter: RequestCounter | undefined): RequestCounter {
  if (counter === undefined) {
    throw new InvalidPropsError("no load balancer counts the service's requests");
  }
  return counter;
}

/** A metric of CloudWatch as target tracking takes it. */
export function customizedMetric(metric: ScalingMetric | MetricMath) {
  if (isMetricMath(metric)) {
    return {
      metrics: queriesOf(metric).map(({ metric: source, ...query }) => ({
        ...query,
        ...(source === undefined ? {} : { metricStat: source }),
      })),
    };
  }
  const { namespace, name, statistic = "Average", unit } = metric;
  return {
    namespace,
    metricName: name,
    statistic,
    ...(unit === undefined ? {} : { unit }),
    dimensions: pairsOf(metric),
  };
}

interface Query {
  readonly id: string;
  readonly returnData: boolean;
  readonly expression?: string;
  readonly label?: string;
  readonly metric?: {
    readonly stat: string;
    readonly unit?: string;
    readonly metric: {
      readonly namespace: string;
      readonly metricName: string;
      readonly dimensions: { readonly name: string; readonly value: string }[];
    };
  };
}

/** The metrics by their ids in order, then what is computed of them. */
function queriesOf(math: MetricMath): Query[] {
  const { expression, metrics, label = expression } = math;
  const sources = Object.entries(metrics)
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, source]): Query => {
      const { namespace, name, statistic = "Average", unit } = source;
      return {
        id,
        returnData: false,
        metric: {
          stat: statistic,
          ...(unit === undefined ? {} : { unit }),
          metric: { namespace, metricName: name, dimensions: pairsOf(source) },
        },
      };
    });
  return [...sources, { id: freeId(metrics), returnData: true, expression, label }];
}

function freeId(metrics: MetricMath["metrics"]): string {
  let id = RESULT;
  while (Object.hasOwn(metrics, id)) {
    id = `${id}_`;
  }
  return id;
}

function pairsOf({ dimensions = {} }: ScalingMetric): { readonly name: string; readonly value: string }[] {
  return Object.entries(dimensions)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => ({ name, value }));
}

/** A metric as an alarm watches it. */
export function alarmSource(
  metric: WatchedMetric,
  service: IEcsService,
  period: number,
): Partial<CloudwatchMetricAlarmConfig> {
  if (!isServiceMetric(metric) && isMetricMath(metric)) {
    return {
      metricQuery: queriesOf(metric).map(({ metric: source, ...query }) => ({
        ...query,
        ...(source === undefined ? {} : { metric: statOf(source, period) }),
      })),
    };
  }
  const { namespace, name, dimensions = {}, statistic = "Average", unit } = plainMetric(metric, service);
  return {
    namespace,
    metricName: name,
    dimensions: { ...dimensions },
    period,
    ...(STATISTICS.some((known) => known === statistic) ? { statistic } : { extendedStatistic: statistic }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function statOf({ stat, unit, metric }: NonNullable<Query["metric"]>, period: number) {
  const { namespace, metricName, dimensions } = metric;
  return {
    namespace,
    metricName,
    dimensions: Object.fromEntries(dimensions.map(({ name, value }) => [name, value])),
    stat,
    period,
    ...(unit === undefined ? {} : { unit }),
  };
}

function plainMetric(metric: ServiceMetric | ScalingMetric, service: IEcsService): ScalingMetric {
  if (!isServiceMetric(metric)) {
    return metric;
  }
  if (metric !== "requestsPerTarget") {
    return ecsMetric(metric, { clusterName: service.cluster.clusterName, serviceName: service.serviceName });
  }
  return requestsMetric(counted(service.requestCounter));
}
