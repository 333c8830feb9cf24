import type { AlarmKey } from "./alarms";
import { controlPlaneMetric, FARGATE_USAGE, type Metric, podMetric, podSearch } from "./cluster-metrics";
import type { InsightsMetric } from "./container-insights";
import { type Problem, quote } from "./problem";

export interface DashboardOptions {
  /** Whether a collector publishes metrics of pods (Container Insights). @default true */
  readonly containerInsights?: boolean;
  /** Whether it publishes those of single pods too. @default true */
  readonly podMetrics?: boolean;
  /** Load balancers to show, as CloudWatch names them, `app/<name>/<id>`. @default - all of the Region that the AWS Load Balancer Controller has made */
  readonly loadBalancers?: readonly string[];
  /** How far back it looks at first, an ISO 8601 duration. @default "PT6H" */
  readonly start?: string;
}

export interface DashboardContent extends DashboardOptions {
  readonly cluster: string;
  readonly region: string;
  /** ARNs of alarms whose state it shows. */
  readonly alarmArns: readonly string[];
  /** Thresholds to draw, in the units of the metrics. */
  readonly thresholds: Readonly<Partial<Record<AlarmKey, number>>>;
  /** Name of the web ACL in front of the cluster. */
  readonly webAclName?: string;
}

/** A widget on the grid of a dashboard. */
export interface Widget {
  readonly type: "text" | "metric" | "alarm";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: "inherit";
  readonly widgets: readonly Widget[];
}

type Unplaced = Omit<Widget, "x" | "y">;

/** Columns of the grid. Source: Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax". */
const COLUMNS = 24;
const GRAPH_HEIGHT = 6;
const PERIOD_IN_SECONDS = 300;

const LOAD_BALANCER = /^(app|net)\/[\w-]{1,32}\/[0-9a-f]+$/;
const START = /^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$/;

/** What is wrong with the choices for a dashboard. */
export function dashboardProblems({ loadBalancers = [], start }: DashboardOptions): Problem[] {
  return [
    ...loadBalancers.flatMap((name, index) =>
      LOAD_BALANCER.test(name)
        ? []
        : [
            {
              at: ["loadBalancers", index],
              message: `'loadBalancers' must hold the ends of load balancers' ARNs, like "app/k8s-web-front-0a1b2c3d4e/0123456789abcdef", got ${quote(name)}`,
            },
          ],
    ),
    ...(start === undefined || START.test(start)
      ? []
      : [
          { at: ["start"], message: `'start' must be an ISO 8601 duration, like "PT6H" or "P7D", got ${quote(start)}` },
        ]),
  ];
}

/**
 * A dashboard of one cluster: its alarms, then from the pods outward to the network and inward to the control plane.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(content: DashboardContent): DashboardBody {
  const { cluster, alarmArns, containerInsights = true, webAclName, start = "PT6H" } = content;
  return {
    start: `-${start}`,
    periodOverride: "inherit",
    widgets: placeWidgets([
      [text(1, `# EKS cluster ${cluster}\nMade by Terraform, which takes back what is changed here.`)],
      ...(alarmArns.length === 0 ? [] : [[alarms(alarmArns)]]),
      ...(containerInsights ? [[text(1, "## Pods on Fargate")], ...podRows(content)] : []),
      [text(1, "## Places for pods")],
      placesRow(content),
      [text(1, "## Traffic: load balancers and NAT gateways of the Region")],
      ...trafficRows(content),
      ...(webAclName === undefined ? [] : [[text(1, "## Web ACL")], webAclRow(content, webAclName)]),
      [text(1, "## Control plane")],
      ...controlPlaneRows(content),
    ]),
  };
}

/** Puts rows of widgets below each other, and those of a row beside each other. */
export function placeWidgets(rows: readonly (readonly Unplaced[])[]): Widget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const placed = row.map((widget) => {
      const at = { x, y };
      x += widget.width;
      return { ...widget, ...at };
    });
    y += Math.max(0, ...row.map(({ height }) => height));
    return placed;
  });
}

function podRows(content: DashboardContent): Unplaced[][] {
  const { cluster, thresholds, podMetrics = true } = content;
  const usage = (title: string, metric: InsightsMetric, threshold: number | undefined) => {
    const busiest = `SORT(${podSearch(cluster, metric, "pod", "Maximum")}, MAX, DESC, 10)`;
    return podMetrics
      ? graph(content, `${title}, percent of the limit, the ten busiest pods`, [expression(busiest, "")], threshold)
      : graph(
          content,
          `${title}, percent of the limit, the busiest pod`,
          [series(podMetric(cluster, metric), "Maximum", "busiest pod")],
          threshold,
        );
  };
  const byNamespace = (title: string, metric: InsightsMetric, statistic: string) =>
    graph(content, `${title}, by namespace`, [expression(podSearch(cluster, metric, "namespace", statistic), "")]);
  const [cpu, memory] = ["pod_cpu_utilization_over_pod_limit", "pod_memory_utilization_over_pod_limit"] as const;
  return [
    [byNamespace("CPU, percent of the limit", cpu, "Average"), usage("CPU", cpu, thresholds.podCpu)],
    [byNamespace("Memory, percent of the limit", memory, "Average"), usage("Memory", memory, thresholds.podMemory)],
    [
      byNamespace("Bytes received each second", "pod_network_rx_bytes", "Sum"),
      byNamespace("Bytes sent each second", "pod_network_tx_bytes", "Sum"),
    ],
  ];
}

function placesRow(content: DashboardContent): Unplaced[] {
  const { cluster, thresholds, containerInsights = true } = content;
  return thirds([
    graph(
      content,
      "Pods without a place",
      [
        series(controlPlaneMetric(cluster, "scheduler_pending_pods_UNSCHEDULABLE"), "Maximum", "no place"),
        series(controlPlaneMetric(cluster, "scheduler_pending_pods"), "Maximum", "pending"),
      ],
      thresholds.unschedulablePods,
    ),
    graph(
      content,
      "vCPUs on Fargate in this account and Region, percent of the quota",
      [
        [...series(FARGATE_USAGE, "Maximum", "used").slice(0, -1), { id: "used", stat: "Maximum", visible: false }],
        expression("100 * used / SERVICE_QUOTA(used)", "percent of the quota"),
      ],
      thresholds.fargateQuota,
    ),
    graph(content, "Data points of pods in 5 minutes", [
      ...(containerInsights
        ? [series(podMetric(cluster, "pod_memory_working_set"), "SampleCount", "data points")]
        : [series(controlPlaneMetric(cluster, "scheduler_schedule_attempts_SCHEDULED"), "Sum", "scheduled")]),
    ]),
  ]);
}

function trafficRows(content: DashboardContent): Unplaced[][] {
  const balancers = (title: string, metrics: readonly string[], statistic: string) =>
    graph(
      content,
      title,
      metrics.flatMap((metric) => loadBalancerSeries(content, metric, statistic)),
    );
  const nat = (title: string, metric: string) =>
    graph(content, title, [expression(`SEARCH('{AWS/NATGateway,NatGatewayId} MetricName="${metric}"', 'Sum')`, "")]);
  return [
    thirds([
      balancers("Requests", ["RequestCount"], "Sum"),
      balancers(
        "Errors (5xx) of targets and load balancers",
        ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"],
        "Sum",
      ),
      balancers("Response time of targets, p99 (seconds)", ["TargetResponseTime"], "p99"),
    ]),
    thirds([
      nat("Bytes sent through NAT gateways", "BytesOutToDestination"),
      nat("Connections that found no port on a NAT gateway", "ErrorPortAllocation"),
      nat("Packets dropped by NAT gateways", "PacketsDropCount"),
    ]),
  ];
}

/** The controller calls what it makes `k8s-…`, and nobody knows the rest before it does. */
function loadBalancerSeries({ loadBalancers }: DashboardContent, metric: string, statistic: string): unknown[] {
  return loadBalancers === undefined
    ? [expression(`SEARCH('{AWS/ApplicationELB,LoadBalancer} MetricName="${metric}" k8s', '${statistic}')`, "")]
    : [...loadBalancers]
        .sort()
        .map((name) =>
          series({ namespace: "AWS/ApplicationELB", name: metric, dimensions: { LoadBalancer: name } }, statistic),
        );
}

function webAclRow(content: DashboardContent, webAclName: string): Unplaced[] {
  const requests = (title: string, metric: string) =>
    graph(content, title, [
      expression(`SEARCH('{AWS/WAFV2,Region,Rule,WebACL} MetricName="${metric}" WebACL="${webAclName}"', 'Sum')`, ""),
    ]);
  return [
    requests("Requests blocked, by rule", "BlockedRequests"),
    requests("Requests counted, by rule", "CountedRequests"),
  ];
}

function controlPlaneRows(content: DashboardContent): Unplaced[][] {
  const { cluster, thresholds } = content;
  const of = (name: string, statistic: string, label: string) =>
    series(controlPlaneMetric(cluster, name), statistic, label);
  return [
    thirds([
      graph(content, "Requests to the API server", [of("apiserver_request_total", "Sum", "all")]),
      graph(content, "Requests that failed", [
        of("apiserver_request_total_4XX", "Sum", "4xx"),
        of("apiserver_request_total_429", "Sum", "429, too many"),
        of("apiserver_request_total_5XX", "Sum", "5xx"),
      ]),
      graph(
        content,
        "Latency of the API server, p99 (seconds)",
        ["GET", "LIST", "POST", "PUT", "PATCH", "DELETE"].map((verb) =>
          of(`apiserver_request_duration_seconds_${verb}_P99`, "Average", verb),
        ),
        thresholds.apiServerLatency,
      ),
    ]),
    thirds([
      graph(
        content,
        "Size of the cluster's database (bytes)",
        [of("apiserver_storage_size_bytes", "Maximum", "size")],
        thresholds.stateSize,
      ),
      graph(content, "Requests that webhooks rejected", [
        of("apiserver_admission_webhook_rejection_count", "Sum", "rejected"),
      ]),
      graph(content, "Requests in flight", [
        of("apiserver_current_inflight_requests_MUTATING", "Sum", "mutating"),
        of("apiserver_current_inflight_requests_READONLY", "Sum", "reading"),
      ]),
    ]),
  ];
}

function text(height: number, markdown: string): Unplaced {
  const lines = markdown.split("\n").length;
  return { type: "text", width: COLUMNS, height: Math.max(height, lines), properties: { markdown } };
}

function alarms(alarmArns: readonly string[]): Unplaced {
  return { type: "alarm", width: COLUMNS, height: 3, properties: { title: "Alarms", alarms: alarmArns } };
}

function thirds(widgets: readonly Unplaced[]): Unplaced[] {
  return widgets.map((widget) => ({ ...widget, width: COLUMNS / 3 }));
}

function graph({ region }: DashboardContent, title: string, metrics: readonly unknown[], threshold?: number): Unplaced {
  return {
    type: "metric",
    width: COLUMNS / 2,
    height: GRAPH_HEIGHT,
    properties: {
      title,
      view: "timeSeries",
      stacked: false,
      region,
      period: PERIOD_IN_SECONDS,
      yAxis: { left: { min: 0 } },
      metrics,
      ...(threshold === undefined ? {} : { annotations: { horizontal: [{ label: "alarm", value: threshold }] } }),
    },
  };
}

/** A metric as dashboards write it: namespace, name, dimensions by turns, and how it is drawn. */
function series({ namespace, name, dimensions }: Metric, stat: string, label?: string): unknown[] {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat, ...(label === undefined ? {} : { label }) }];
}

function expression(text: string, label: string): unknown[] {
  return [{ expression: text, label }];
}
