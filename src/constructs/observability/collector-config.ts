import { stringify } from "yaml";
import {
  CONTAINER_INSIGHTS_NAMESPACE,
  FARGATE_LAUNCH_TYPE,
  INSIGHTS_DIMENSIONS,
  INSIGHTS_METRICS,
} from "../../model/container-insights";

export interface CollectorConfigOptions {
  readonly clusterName: string;
  readonly region: string;
  readonly logGroupName: string;
  /** Whether CloudWatch keeps metrics of single pods, beside those of namespaces and the cluster. */
  readonly podMetrics: boolean;
}

/** One log stream for the events of all pods: streams stay for ever, and pods do not. */
const LOG_STREAM = "adot-collector";

/** Port on which the collector says that it is well. */
export const HEALTH_PORT = 13133;

/** What cAdvisor calls the values of a pod, and what Container Insights calls them. */
const RENAMED = [
  // In seconds of CPU time, which become millicores when they are counted per second.
  { from: "container_cpu_usage_seconds_total", to: "pod_cpu_usage_total", scale: 1000 },
  // In microseconds of every 100,000, the period of all pods.
  { from: "container_spec_cpu_quota", to: "pod_cpu_limit", scale: 0.01 },
  { from: "container_memory_working_set_bytes", to: "pod_memory_working_set" },
  { from: "container_spec_memory_limit_bytes", to: "pod_memory_limit" },
  { from: "container_network_receive_bytes_total", to: "pod_network_rx_bytes" },
  { from: "container_network_transmit_bytes_total", to: "pod_network_tx_bytes" },
] as const;

/** Those that count up, of which Container Insights wants the change per second. */
const COUNTERS = ["pod_cpu_usage_total", "pod_network_rx_bytes", "pod_network_tx_bytes"] as const;

/**
 * Configuration of the ADOT collector, as YAML: it asks the kubelet of each pod on Fargate for the metrics of its
 * containers and writes those of the pod to CloudWatch Logs, which makes metrics of them (Embedded Metric Format).
 *
 * For collector v0.49.0 (OpenTelemetry v0.156.0), whose processors are called and configured otherwise than in the
 * template that AWS publishes.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function collectorConfig(options: CollectorConfigOptions): string {
  const config = {
    receivers: { prometheus: { config: scrapeConfig(options) } },
    processors: processors(),
    exporters: { awsemf: exporter(options) },
    extensions: { health_check: { endpoint: `0.0.0.0:${HEALTH_PORT}` } },
    service: {
      extensions: ["health_check"],
      // Nobody asks the collector for metrics of its own.
      telemetry: { metrics: { level: "none" } },
      pipelines: {
        metrics: {
          receivers: ["prometheus"],
          processors: [
            "memory_limiter",
            "filter",
            "metrics_transform",
            "cumulativetodelta",
            "deltatorate",
            "metricsgeneration",
            "batch",
          ],
          exporters: ["awsemf"],
        },
      },
    },
  };
  // Values may be Terraform expressions, of which nobody knows here whether they must be quoted.
  return stringify(config, {
    aliasDuplicateObjects: false,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    lineWidth: 0,
  });
}

/** Which pods are asked, how, and which of their values and labels are kept. `$$` is a `$` to the collector. */
function scrapeConfig({ clusterName }: CollectorConfigOptions) {
  const credentials = "/var/run/secrets/kubernetes.io/serviceaccount";
  return {
    global: { scrape_interval: "1m", scrape_timeout: "40s" },
    scrape_configs: [
      {
        job_name: "fargate-pods",
        scheme: "https",
        // A node of Fargate has one pod, and some 50 values for each of its containers.
        sample_limit: 10_000,
        kubernetes_sd_configs: [{ role: "node" }],
        authorization: { credentials_file: `${credentials}/token` },
        tls_config: { ca_file: `${credentials}/ca.crt` },
        relabel_configs: [
          {
            source_labels: ["__meta_kubernetes_node_label_eks_amazonaws_com_compute_type"],
            regex: "fargate",
            action: "keep",
          },
          // A pod on Fargate reaches no kubelet, but the API server does.
          { target_label: "__address__", replacement: "kubernetes.default.svc:443" },
          {
            source_labels: ["__meta_kubernetes_node_name"],
            target_label: "__metrics_path__",
            replacement: "/api/v1/nodes/$$1/proxy/metrics/cadvisor",
          },
          { source_labels: ["__meta_kubernetes_node_name"], target_label: "instance" },
          { source_labels: ["__meta_kubernetes_node_name"], target_label: "NodeName" },
          { target_label: "ClusterName", replacement: clusterName },
          { target_label: "LaunchType", replacement: FARGATE_LAUNCH_TYPE },
          { target_label: "Type", replacement: "Pod" },
        ],
        metric_relabel_configs: [
          // The pod as a whole has no container and no image; its network is that of its sandbox, which may have both.
          {
            source_labels: ["__name__", "pod", "container", "image"],
            regex:
              "(container_cpu_usage_seconds_total|container_spec_cpu_quota|container_memory_working_set_bytes|container_spec_memory_limit_bytes);.+;;|container_network_(receive|transmit)_bytes_total;.+;.*;.*",
            action: "keep",
          },
          { source_labels: ["namespace"], target_label: "Namespace" },
          { source_labels: ["pod"], target_label: "PodName" },
          { regex: "container|cpu|id|image|name|namespace|pod", action: "labeldrop" },
        ],
      },
    ],
  };
}

function processors() {
  return {
    // Drops what is read before the collector runs out of memory and everything is lost.
    memory_limiter: { check_interval: "5s", limit_percentage: 80, spike_limit_percentage: 20 },
    // Without what Prometheus says of its own asking, such as whether a node answered.
    filter: { metrics: { metric: ['not IsMatch(name, "^container_")'] } },
    metrics_transform: {
      transforms: RENAMED.map(({ from, to, ...rest }) => ({
        include: from,
        action: "update",
        new_name: to,
        ...("scale" in rest
          ? { operations: [{ action: "experimental_scale_value", experimental_scale: rest.scale }] }
          : {}),
      })),
    },
    cumulativetodelta: { include: { match_type: "strict", metrics: COUNTERS } },
    deltatorate: { metrics: COUNTERS },
    // What one node answers is taken together, and a node of Fargate has one pod: values of two pods never meet.
    metricsgeneration: {
      rules: [
        percentOf("pod_cpu_utilization_over_pod_limit", "pod_cpu_usage_total", "pod_cpu_limit"),
        percentOf("pod_memory_utilization_over_pod_limit", "pod_memory_working_set", "pod_memory_limit"),
      ],
    },
    batch: { timeout: "60s" },
  };
}

function percentOf(name: string, metric1: string, metric2: string) {
  return { name, unit: "Percent", type: "calculate", metric1, metric2, operation: "percent" };
}

function exporter({ region, logGroupName, podMetrics }: CollectorConfigOptions) {
  const { cluster, namespace, pod } = INSIGHTS_DIMENSIONS;
  return {
    region,
    namespace: CONTAINER_INSIGHTS_NAMESPACE,
    log_group_name: logGroupName,
    log_stream_name: LOG_STREAM,
    dimension_rollup_option: "NoDimensionRollup",
    // Adds what CloudWatch's own queries of a pod's events look for, as an object and not as text.
    eks_fargate_container_insights_enabled: true,
    parse_json_encoded_attr_values: ["kubernetes"],
    metric_declarations: [
      {
        dimensions: podMetrics ? [cluster, namespace, pod] : [cluster, namespace],
        metric_name_selectors: Object.keys(INSIGHTS_METRICS).map((name) => `^${name}$$`),
      },
    ],
    metric_descriptors: Object.entries(INSIGHTS_METRICS).map(([metric_name, unit]) => ({
      metric_name,
      unit,
      overwrite: true,
    })),
  };
}
