import {
  CONTAINER_INSIGHTS_NAMESPACE,
  FARGATE_LAUNCH_TYPE,
  INSIGHTS_DIMENSIONS,
  type InsightsMetric,
} from "./container-insights";

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * A metric of the control plane, which AWS publishes each minute for every cluster.
 *
 * Source: Amazon EKS User Guide, "Monitor cluster data with Amazon CloudWatch", 2026.
 */
export function controlPlaneMetric(cluster: string, name: string): Metric {
  return { namespace: "AWS/EKS", name, dimensions: { ClusterName: cluster } };
}

/**
 * A metric of all pods on Fargate together. The collector publishes each pod's value under the cluster, under its
 * namespace and under its own name, so that the maximum under the cluster is that of the busiest pod. It publishes no
 * restarts.
 */
export function podMetric(cluster: string, name: InsightsMetric): Metric {
  return {
    namespace: CONTAINER_INSIGHTS_NAMESPACE,
    name,
    dimensions: { ClusterName: cluster, LaunchType: FARGATE_LAUNCH_TYPE },
  };
}

/**
 * A search for the metric of each namespace, or of each pod.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function podSearch(cluster: string, name: InsightsMetric, by: "namespace" | "pod", statistic: string): string {
  const schema = [CONTAINER_INSIGHTS_NAMESPACE, ...INSIGHTS_DIMENSIONS[by]].join(",");
  const filter = `MetricName="${name}" ClusterName="${cluster}" LaunchType="${FARGATE_LAUNCH_TYPE}"`;
  return `SEARCH('{${schema}} ${filter}', '${statistic}')`;
}

/**
 * The vCPUs of all pods and tasks on Fargate in the account and Region, which AWS limits.
 *
 * Source: Amazon EKS User Guide, "Collect AWS Fargate app and usage metrics", 2026.
 */
export const FARGATE_USAGE: Metric = {
  namespace: "AWS/Usage",
  name: "ResourceCount",
  dimensions: { Class: "Standard/OnDemand", Resource: "vCPU", Service: "Fargate", Type: "Resource" },
};
