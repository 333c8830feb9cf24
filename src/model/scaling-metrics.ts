import type { Known } from "./container-spec";
import { unitProblem } from "./metric-units";
import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

/**
 * What ECS and the load balancer know of every service: CPU and memory in percent of what its tasks have, and requests
 * for each task in a minute.
 */
export const SERVICE_METRICS = ["cpu", "memory", "requestsPerTarget"] as const;

export type ServiceMetric = (typeof SERVICE_METRICS)[number];

/** A metric of Amazon CloudWatch. */
export interface ScalingMetric {
  /** Such as `AWS/SQS`, or one of your own. */
  readonly namespace: string;
  /** Name of the metric in its namespace. */
  readonly name: string;
  /** Values by the names of the dimensions. @default - none */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** `Average`, `Minimum`, `Maximum`, `SampleCount`, `Sum`, or a percentile such as `p99`. @default "Average" */
  readonly statistic?: string;
  /** Unit in which it is published, where there are several. @default - any */
  readonly unit?: string;
}

/** What is computed of several metrics. */
export interface MetricMath {
  /** Such as `visible / running`. */
  readonly expression: string;
  /** The metrics by the ids that stand for them in the expression. */
  readonly metrics: Readonly<Record<string, ScalingMetric>>;
  /** @default - the expression */
  readonly label?: string;
}

/** What the number of tasks may follow. */
export type WatchedMetric = ServiceMetric | ScalingMetric | MetricMath;

/** An Application Load Balancer and one of its target groups, as metrics of CloudWatch name them. */
export interface RequestCounter {
  /** The load balancer, as metrics of CloudWatch name it. */
  readonly loadBalancerArnSuffix: string;
  /** The target group, as metrics of CloudWatch name it. */
  readonly targetGroupArnSuffix: string;
}

/** What is known of the service whose tasks are scaled. */
export interface ScaledService {
  /** Whether an Application Load Balancer counts its requests. */
  readonly hasRequestCounter: boolean;
  /** What counts them, as metrics name it. @default - not known; such a metric is then not recognized as the service's own */
  readonly requestCounter?: RequestCounter | undefined;
  /** @default - not known; a metric that is spelled out is then not recognized as the service's own */
  readonly clusterName?: string;
  /** @default - not known */
  readonly serviceName?: string;
  /** Whether a value is known when it is checked. @default - every value is */
  readonly known?: Known;
}

export const STATISTICS = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const;

/** Source: Amazon CloudWatch User Guide, "CloudWatch statistics definitions". */
const PERCENTILE = /^(?:p|tm|wm|tc|ts)\d{1,3}(?:\.\d{1,10})?$|^IQM$|^(?:PR|TM|WM|TC|TS)\([\d.%]*:[\d.%]*\)$/;

/** Source: API model of CloudWatch (MetricName, Namespace, Dimension, Dimensions, Expression), 2026-11-17. */
const MAX = { name: 255, dimensions: 30, dimensionValue: 1024, expression: 1024 } as const;

/** Source: Amazon CloudWatch User Guide, "CloudWatch service quotas": metrics of an alarm on an expression. */
const MAX_METRICS = 10;

const ID = /^[a-z]\w{0,254}$/;
const WORD = /[A-Za-z_]\w*/g;
/** Text between quotes, in which no metric is meant. */
const TEXT = /"[^"]*"|'[^']*'/g;
/** Text between quotes, a word, or space. */
const PIECE = new RegExp(`${TEXT.source}|${WORD.source}|\\s+`, "g");

export function isServiceMetric(metric: WatchedMetric): metric is ServiceMetric {
  return typeof metric === "string";
}

export function isMetricMath(metric: ScalingMetric | MetricMath): metric is MetricMath {
  return "expression" in metric;
}

/** Whether the metric has a value while no task runs: not what the service's own tasks tell alone, in whatever words. */
export function seenWithoutTasks(metric: WatchedMetric, service: ScaledService): boolean {
  if (isServiceMetric(metric)) {
    return false;
  }
  const sources = isMetricMath(metric) ? Object.values(metric.metrics) : [metric];
  return sources.some((source) => ownMetric(source, service) === undefined);
}

/** One text for one metric, however it is written; statistics, spaces and the ids of an expression do not count. */
export function metricIdentity(metric: WatchedMetric, service: ScaledService): string {
  if (isServiceMetric(metric)) {
    return metric;
  }
  if (!isMetricMath(metric)) {
    return ownMetric(metric, service) ?? textOf(metric);
  }
  const { expression, metrics } = metric;
  const [alone] = expression.match(/^[\s(]*([a-z]\w*)[\s)]*$/)?.slice(1) ?? [];
  const one = alone === undefined ? undefined : metrics[alone];
  return one === undefined
    ? expression.replaceAll(PIECE, (piece) => {
        const source = metrics[piece];
        return source === undefined ? piece.trim() : `{${metricIdentity(source, service)}}`;
      })
    : metricIdentity(one, service);
}

/** The service's own metric under its full name. */
function ownMetric(metric: ScalingMetric, service: ScaledService): ServiceMetric | undefined {
  const { clusterName, serviceName, requestCounter } = service;
  const text = textOf(metric);
  if (requestCounter !== undefined) {
    const requests = requestsMetric(requestCounter);
    const { TargetGroup = "" } = requests.dimensions ?? {};
    if ([requests, { ...requests, dimensions: { TargetGroup } }].some((own) => textOf(own) === text)) {
      return "requestsPerTarget";
    }
  }
  if (clusterName === undefined || serviceName === undefined) {
    return undefined;
  }
  return (["cpu", "memory"] as const).find((own) => text === textOf(ecsMetric(own, { clusterName, serviceName })));
}

function textOf({ namespace, name, dimensions = {} }: ScalingMetric): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return [namespace, name, ...pairs.sort(compareText)].join("|");
}

/**
 * CPU or memory of a service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export function ecsMetric(
  metric: "cpu" | "memory",
  service: { readonly clusterName: string; readonly serviceName: string },
): ScalingMetric {
  return {
    namespace: "AWS/ECS",
    name: metric === "cpu" ? "CPUUtilization" : "MemoryUtilization",
    dimensions: { ClusterName: service.clusterName, ServiceName: service.serviceName },
    statistic: "Average",
  };
}

/**
 * Requests a minute for each task.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function requestsMetric({ loadBalancerArnSuffix, targetGroupArnSuffix }: RequestCounter): ScalingMetric {
  return {
    namespace: "AWS/ApplicationELB",
    name: "RequestCountPerTarget",
    dimensions: { LoadBalancer: loadBalancerArnSuffix, TargetGroup: targetGroupArnSuffix },
    statistic: "Sum",
  };
}

/**
 * What is wrong with a metric.
 *
 * @param called the policy, such as `policy "cpu"`
 * @param only the statistics that can be had @default - percentiles too
 */
export function metricProblems(
  metric: WatchedMetric,
  called: string,
  service: ScaledService,
  only?: readonly string[],
): Problem[] {
  if (isServiceMetric(metric)) {
    return problemAt([], serviceMetricProblem(metric, called, service));
  }
  return isMetricMath(metric) ? mathProblems(metric, called, service) : singleProblems(metric, called, service, only);
}

function serviceMetricProblem(metric: ServiceMetric, called: string, service: ScaledService): string | undefined {
  if (!SERVICE_METRICS.includes(metric)) {
    return `'metric' of ${called} must be one of ${quoteAll(SERVICE_METRICS)}, or a metric of CloudWatch with its namespace and name, got ${quote(metric)}`;
  }
  return metric === "requestsPerTarget" && !service.hasRequestCounter
    ? `'metric' of ${called} is "requestsPerTarget", which an Application Load Balancer counts, and the service is behind none with a target group that keeps its requests; put it behind one, with 'strategy' "ROLLING" of 'deployment', or use "cpu" or "memory"`
    : undefined;
}

function singleProblems(
  metric: ScalingMetric,
  called: string,
  { known = () => true }: ScaledService,
  only?: readonly string[],
): Problem[] {
  const { namespace, name, dimensions = {}, statistic = "Average", unit } = metric;
  const texts = Object.entries({ namespace, name }).flatMap(([property, value]) =>
    problemAt(
      [property],
      !known(value) || (value.length >= 1 && value.length <= MAX.name && !value.startsWith(":"))
        ? undefined
        : `'${property}' of the metric of ${called} must be 1 to ${MAX.name} characters, not beginning with ":", got ${quote(value)}`,
    ),
  );
  return [
    ...texts,
    ...under("dimensions", dimensionProblems(dimensions, called, known)),
    ...problemAt(["statistic"], statisticProblem(statistic, called, only)),
    ...problemAt(["unit"], unit === undefined || !known(unit) ? undefined : unitProblem(unit, called)),
  ];
}

function statisticProblem(statistic: string, called: string, only: readonly string[] | undefined): string | undefined {
  if (STATISTICS.some((known) => known === statistic)) {
    return undefined;
  }
  if (!PERCENTILE.test(statistic)) {
    return `'statistic' of the metric of ${called} must be one of ${quoteAll(STATISTICS)}, or a percentile like "p99", got ${quote(statistic)}`;
  }
  return only === undefined
    ? undefined
    : `'statistic' of the metric of ${called} must be one of ${quoteAll(only)}, got ${quote(statistic)}; for a percentile write it as metric math, with an expression that is the id of the one metric`;
}

function dimensionProblems(dimensions: Readonly<Record<string, string>>, called: string, known: Known): Problem[] {
  const entries = Object.entries(dimensions);
  return [
    ...entries.flatMap(([name, value]) =>
      problemAt(
        [name],
        name.length <= MAX.name && (!known(value) || (value.trim().length >= 1 && value.length <= MAX.dimensionValue))
          ? undefined
          : `dimension ${quote(name)} of the metric of ${called} must have a value of 1 to ${MAX.dimensionValue} characters, got ${quote(value)}`,
      ),
    ),
    ...problemAt(
      [],
      entries.length <= MAX.dimensions
        ? undefined
        : `'dimensions' of the metric of ${called} must be at most ${MAX.dimensions}, got ${entries.length}`,
    ),
  ];
}

function mathProblems({ expression, metrics }: MetricMath, called: string, service: ScaledService): Problem[] {
  const ids = Object.keys(metrics);
  const words = new Set(expression.replaceAll(TEXT, "").match(WORD) ?? []);
  // Functions of CloudWatch are written in capital letters, ids begin with a small one.
  const unknown = [...words].filter((word) => /^[a-z]/.test(word) && !ids.includes(word));
  const { known = () => true } = service;
  return [
    ...problemAt(
      ["metrics"],
      ids.length >= 1 && ids.length <= MAX_METRICS
        ? undefined
        : `'metrics' of ${called} must be 1 to ${MAX_METRICS}, got ${ids.length}`,
    ),
    ...(known(expression) ? under("expression", expressionProblems(expression, unknown, ids, called)) : []),
    ...ids.flatMap((id) => [
      ...problemAt(
        ["metrics", id],
        !ID.test(id)
          ? `'metrics' of ${called} must have ids of letters, digits and "_", beginning with a small letter, got ${quote(id)}`
          : !known(expression) || words.has(id)
            ? undefined
            : `metric ${quote(id)} of ${called} does not stand in 'expression', which is ${quote(expression)}; use it, or leave it out`,
      ),
      ...under(["metrics", id], singleProblems(metrics[id] as ScalingMetric, called, service)),
    ]),
  ];
}

function expressionProblems(
  expression: string,
  unknown: readonly string[],
  ids: readonly string[],
  called: string,
): Problem[] {
  if (expression.trim() === "" || expression.length > MAX.expression) {
    return problemAt(
      [],
      `'expression' of ${called} must be 1 to ${MAX.expression} characters, got ${expression.length}`,
    );
  }
  if (/\bSEARCH\s*\(/.test(expression)) {
    return problemAt(
      [],
      `'expression' of ${called} must not search for metrics, which an alarm cannot, got ${quote(expression)}; name them in 'metrics'`,
    );
  }
  return problemAt(
    [],
    unknown.length === 0
      ? undefined
      : `'expression' of ${called} has ${quoteAll(unknown)}, which 'metrics' does not (it has ${quoteAll(ids)}); add the metric, or correct the expression`,
  );
}
