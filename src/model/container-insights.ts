/**
 * What Container Insights knows of pods on Fargate: the metrics that the collector writes to CloudWatch, and by which
 * dimensions they are kept.
 *
 * Source: https://aws-otel.github.io/docs/getting-started/container-insights/eks-fargate, whose names these are.
 */

/** Namespace of the metrics in CloudWatch. */
export const CONTAINER_INSIGHTS_NAMESPACE = "ContainerInsights";

/** Value of the dimension `LaunchType`. */
export const FARGATE_LAUNCH_TYPE = "fargate";

/** Units as CloudWatch knows them. It has none for thousandths of a CPU. */
export type InsightsUnit = "Percent" | "Bytes" | "Bytes/Second" | "None";

/** The metrics of one pod with their units. CPU is in thousandths of a vCPU. */
export const INSIGHTS_METRICS = {
  pod_cpu_limit: "None",
  pod_cpu_usage_total: "None",
  pod_cpu_utilization_over_pod_limit: "Percent",
  pod_memory_limit: "Bytes",
  pod_memory_utilization_over_pod_limit: "Percent",
  pod_memory_working_set: "Bytes",
  pod_network_rx_bytes: "Bytes/Second",
  pod_network_tx_bytes: "Bytes/Second",
} as const satisfies Record<string, InsightsUnit>;

export type InsightsMetric = keyof typeof INSIGHTS_METRICS;

/** Dimensions of the metrics, from the whole cluster to one pod. CloudWatch keeps a metric for each of the sets. */
export const INSIGHTS_DIMENSIONS = {
  cluster: ["ClusterName", "LaunchType"],
  namespace: ["ClusterName", "LaunchType", "Namespace"],
  pod: ["ClusterName", "LaunchType", "Namespace", "PodName"],
} as const;
