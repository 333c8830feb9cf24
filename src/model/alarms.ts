import { controlPlaneMetric, FARGATE_USAGE, type Metric, podMetric } from "./cluster-metrics";
import { type Problem, quote } from "./problem";

/** What a single metric says, or what is computed of several. */
export type AlarmSource =
  | { readonly metric: Metric; readonly statistic: string }
  | {
      readonly expression: string;
      readonly label: string;
      readonly metrics: Readonly<Record<string, { readonly metric: Metric; readonly statistic: string }>>;
    };

interface AlarmDefinition {
  /** What is the matter, and where to look. */
  readonly description: string;
  readonly unit: string;
  /** The alarm goes off beyond it. */
  readonly threshold: number;
  readonly max?: number;
  readonly below?: true;
  /** How many of the metric's units make one of the threshold's. @default 1 */
  readonly scale?: number;
  readonly periodInSeconds: number;
  readonly minutes: number;
  readonly missingData: "breaching" | "notBreaching";
  /** Whether the metrics are those of the collector in the cluster. */
  readonly ofPods: boolean;
  readonly source: (cluster: string) => AlarmSource;
}

/** Verbs of requests whose latency is a matter of the API server alone; that of a LIST is a matter of what is listed. */
const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const MINUTE = 60;
const GIB = 1024 ** 3;

/**
 * Why data may be missing differs: a quiet API server publishes no errors, which is good; a collector that publishes
 * nothing is dead, or its pods are.
 */
const DEFINITIONS = {
  apiServerErrors: {
    description: "The API server answers requests with errors of its own (5xx). See the control plane's logs",
    unit: "percent of requests",
    threshold: 1,
    max: 100,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: false,
    source: (cluster) => ({
      expression: "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)",
      label: "API server errors (percent)",
      metrics: {
        errors: { metric: controlPlaneMetric(cluster, "apiserver_request_total_5XX"), statistic: "Sum" },
        requests: { metric: controlPlaneMetric(cluster, "apiserver_request_total"), statistic: "Sum" },
      },
    }),
  },
  apiServerLatency: {
    description: "One in a hundred requests to the API server takes long. See webhooks, and clients that ask too much",
    unit: "seconds",
    threshold: 1,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: false,
    source: (cluster) => ({
      expression: "MAX(METRICS())",
      label: "API server latency, p99 (seconds)",
      metrics: Object.fromEntries(
        VERBS.map((verb) => [
          verb.toLowerCase(),
          {
            metric: controlPlaneMetric(cluster, `apiserver_request_duration_seconds_${verb}_P99`),
            statistic: "Average",
          },
        ]),
      ),
    }),
  },
  collector: {
    description: "No metrics of pods arrive. See the ADOT collector in the cluster, and whether its pod runs",
    unit: "data points in 5 minutes",
    threshold: 1,
    below: true,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "breaching",
    ofPods: true,
    source: (cluster) => ({ metric: podMetric(cluster, "pod_memory_working_set"), statistic: "SampleCount" }),
  },
  fargateQuota: {
    description:
      "Fargate's vCPUs in this account and Region are nearly used up, beyond which pods stay Pending. Ask AWS for more (quota L-3032A538)",
    unit: "percent of the quota",
    threshold: 80,
    max: 100,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: false,
    source: () => ({
      expression: "100 * used / SERVICE_QUOTA(used)",
      label: "vCPUs on Fargate (percent of the quota)",
      metrics: { used: { metric: FARGATE_USAGE, statistic: "Maximum" } },
    }),
  },
  podCpu: {
    description:
      "A pod on Fargate uses nearly all of its CPU. See the dashboard for which; give it more, or run more of them",
    unit: "percent of the limit",
    threshold: 90,
    max: 100,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: true,
    source: (cluster) => ({ metric: podMetric(cluster, "pod_cpu_utilization_over_pod_limit"), statistic: "Maximum" }),
  },
  podMemory: {
    description:
      "A pod on Fargate uses nearly all of its memory, beyond which it is killed. See the dashboard for which",
    unit: "percent of the limit",
    threshold: 90,
    max: 100,
    periodInSeconds: 5 * MINUTE,
    minutes: 10,
    missingData: "notBreaching",
    ofPods: true,
    source: (cluster) => ({
      metric: podMetric(cluster, "pod_memory_utilization_over_pod_limit"),
      statistic: "Maximum",
    }),
  },
  stateSize: {
    description:
      "The cluster's database grows towards 8 GiB, beyond which it takes no writes. See objects that nobody deletes, such as finished Jobs",
    unit: "GiB",
    threshold: 6,
    scale: GIB,
    periodInSeconds: 5 * MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: false,
    source: (cluster) => ({
      metric: controlPlaneMetric(cluster, "apiserver_storage_size_bytes"),
      statistic: "Maximum",
    }),
  },
  unschedulablePods: {
    description: "Pods find no place. No Fargate profile takes them, or no node has room for them",
    unit: "pods",
    threshold: 0,
    periodInSeconds: MINUTE,
    minutes: 15,
    missingData: "notBreaching",
    ofPods: false,
    source: (cluster) => ({
      metric: controlPlaneMetric(cluster, "scheduler_pending_pods_UNSCHEDULABLE"),
      statistic: "Sum",
    }),
  },
} as const satisfies Record<string, AlarmDefinition>;

/** An alarm that a cluster can have, by name. */
export type AlarmKey = keyof typeof DEFINITIONS;

export const ALARM_KEYS = Object.keys(DEFINITIONS).sort() as AlarmKey[];

/** When one alarm rings. */
export interface AlarmOptions {
  /** Beyond which the alarm goes off, in the alarm's own unit. @default - see docs/dashboard.md */
  readonly threshold?: number;
  /** For how long, in minutes. @default - see docs/dashboard.md */
  readonly minutes?: number;
}

/** Alarms by what they watch; `false` for none. */
export type AlarmChoices = { readonly [key in AlarmKey]?: AlarmOptions | false };

/** Which alarms a cluster has, and whom they tell. */
export interface AlarmsOptions extends AlarmChoices {
  /** ARNs of the SNS topics that hear when an alarm goes off, and when it is over; five at most. @default - none */
  readonly topicArns?: readonly string[];
  /** Whether a collector publishes metrics of pods (Container Insights). @default true */
  readonly containerInsights?: boolean;
}

/** An alarm as it is created. */
export interface PlannedAlarm {
  readonly key: AlarmKey;
  /** As names and ids have it: `pod-cpu`. */
  readonly slug: string;
  readonly description: string;
  /** In the unit of the metric. */
  readonly threshold: number;
  readonly below: boolean;
  readonly periodInSeconds: number;
  readonly periods: number;
  readonly missingData: "breaching" | "notBreaching";
  readonly source: AlarmSource;
}

/** The alarms that are wanted, by their keys in alphabetical order. */
export function plannedAlarms(cluster: string, options: AlarmsOptions): PlannedAlarm[] {
  return ALARM_KEYS.flatMap((key) => {
    const choice = options[key] ?? {};
    const definition: AlarmDefinition = DEFINITIONS[key];
    if (choice === false || (definition.ofPods && options.containerInsights === false)) {
      return [];
    }
    const { threshold = definition.threshold, minutes = definition.minutes } = choice;
    return [
      {
        key,
        slug: key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        description: definition.description,
        threshold: threshold * (definition.scale ?? 1),
        below: definition.below ?? false,
        periodInSeconds: definition.periodInSeconds,
        periods: (minutes * MINUTE) / definition.periodInSeconds,
        missingData: definition.missingData,
        source: definition.source(cluster),
      },
    ];
  });
}

const TOPIC_ARN = /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
const MAX_TOPICS = 5;
const DAY_IN_MINUTES = 24 * 60;

/**
 * What is wrong with a choice of alarms.
 *
 * @param isKnown whether a value is known at synth; what is not is left to AWS
 */
export function alarmsProblems(options: AlarmsOptions, isKnown: (value: string) => boolean = () => true): Problem[] {
  const { topicArns = [], containerInsights = true } = options;
  return [
    ...ALARM_KEYS.flatMap((key) => {
      const choice = options[key];
      return choice === undefined || choice === false ? [] : choiceProblems(key, choice, containerInsights);
    }),
    ...topicArns.flatMap((arn, index) =>
      !isKnown(arn) || (TOPIC_ARN.test(arn) && !arn.endsWith(".fifo"))
        ? []
        : [
            {
              at: ["topicArns", index],
              message: `'topicArns' must hold ARNs of SNS topics, like "arn:aws:sns:eu-west-1:111122223333:alarms", got ${quote(arn)}`,
            },
          ],
    ),
    ...(topicArns.length <= MAX_TOPICS
      ? []
      : [
          { at: ["topicArns"], message: `'topicArns' must hold at most ${MAX_TOPICS} topics, got ${topicArns.length}` },
        ]),
  ];
}

function choiceProblems(key: AlarmKey, { threshold, minutes }: AlarmOptions, containerInsights: boolean): Problem[] {
  const { unit, max, periodInSeconds, ofPods }: AlarmDefinition = DEFINITIONS[key];
  const period = periodInSeconds / MINUTE;
  const right = threshold === undefined || (threshold >= 0 && threshold <= (max ?? Number.MAX_SAFE_INTEGER));
  return [
    ...(right
      ? []
      : [
          {
            at: [key, "threshold"],
            message: `'threshold' of alarm ${quote(key)} must be ${max === undefined ? "0 or more" : `0 to ${max}`} (${unit}), got ${quote(threshold)}`,
          },
        ]),
    ...(minutes === undefined || (Number.isInteger(minutes / period) && minutes >= period && minutes <= DAY_IN_MINUTES)
      ? []
      : [
          {
            at: [key, "minutes"],
            message: `'minutes' of alarm ${quote(key)} must be ${period === 1 ? "a whole number" : `a multiple of ${period}`} of at most ${DAY_IN_MINUTES}, got ${quote(minutes)}`,
          },
        ]),
    ...(ofPods && !containerInsights
      ? [
          {
            at: [key],
            message: `alarm ${quote(key)} watches metrics of pods, which 'containerInsights' false says are not published; leave one of the two out`,
          },
        ]
      : []),
  ];
}
