import { parse } from "yaml";
import { collectorConfig } from "../../../src/constructs/observability/collector-config";
import { INSIGHTS_DIMENSIONS, INSIGHTS_METRICS } from "../../../src/model/container-insights";

interface Relabeling {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly action?: string;
  readonly target_label?: string;
  readonly replacement?: string;
}

interface Config {
  readonly receivers: {
    readonly prometheus: {
      readonly config: {
        readonly scrape_configs: readonly {
          readonly relabel_configs: readonly Relabeling[];
          readonly metric_relabel_configs: readonly Relabeling[];
        }[];
      };
    };
  };
  readonly processors: Readonly<Record<string, { readonly [key: string]: unknown }>>;
  readonly exporters: { readonly awsemf: Readonly<Record<string, unknown>> };
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly service: { readonly pipelines: { readonly metrics: Readonly<Record<string, readonly string[]>> } };
}

const OPTIONS = {
  clusterName: "platform",
  region: "eu-west-1",
  logGroupName: "/aws/containerinsights/platform/performance",
  podMetrics: true,
};

const configOf = (options: Partial<typeof OPTIONS> = {}) =>
  parse(collectorConfig({ ...OPTIONS, ...options })) as Config;

function scraping() {
  const [scrape] = configOf().receivers.prometheus.config.scrape_configs;
  if (scrape === undefined) {
    throw new Error("nothing is scraped");
  }
  return scrape;
}

/** Whether the collector keeps a value of cAdvisor with these labels: Prometheus joins them with ";" and anchors the expression. */
function keeps(labels: { name: string; pod?: string; container?: string; image?: string }): boolean {
  const [keep] = scraping().metric_relabel_configs;
  const { name, pod = "", container = "", image = "" } = labels;
  expect(keep).toMatchObject({ action: "keep", source_labels: ["__name__", "pod", "container", "image"] });
  return new RegExp(`^(?:${keep?.regex})$`).test([name, pod, container, image].join(";"));
}

const CPU = "container_cpu_usage_seconds_total";
const RECEIVED = "container_network_receive_bytes_total";

describe("the collector's configuration", () => {
  test("asks the nodes of Fargate and no others, through the API server", () => {
    const [keep, address, path] = scraping().relabel_configs;
    expect(keep).toEqual({
      source_labels: ["__meta_kubernetes_node_label_eks_amazonaws_com_compute_type"],
      regex: "fargate",
      action: "keep",
    });
    expect(address).toEqual({ target_label: "__address__", replacement: "kubernetes.default.svc:443" });
    expect(path?.replacement).toBe("/api/v1/nodes/$$1/proxy/metrics/cadvisor");
  });

  test.each([
    ["the pod as a whole", { name: CPU, pod: "web-1" }, true],
    ["one of its containers", { name: CPU, pod: "web-1", container: "web", image: "web:1" }, false],
    ["its sandbox", { name: CPU, pod: "web-1", image: "pause:3.9" }, false],
    ["the node", { name: CPU }, false],
    ["the pod's network, which is that of its sandbox", { name: RECEIVED, pod: "web-1", image: "pause:3.9" }, true],
    ["the node's network", { name: RECEIVED }, false],
    ["what Container Insights does not show", { name: "container_fs_usage_bytes", pod: "web-1" }, false],
  ])("knows the values of %s: %j", (_, labels, kept) => {
    expect(keeps(labels)).toBe(kept);
  });

  test("makes each metric that it declares, and declares no other", () => {
    const { processors, exporters } = configOf();
    const transforms = processors.metrics_transform?.transforms as { new_name: string }[];
    const rules = processors.metricsgeneration?.rules as { name: string }[];
    const made = [...transforms.map(({ new_name }) => new_name), ...rules.map(({ name }) => name)].sort();
    expect(made).toEqual(Object.keys(INSIGHTS_METRICS));
    const [declaration] = exporters.awsemf.metric_declarations as { metric_name_selectors: string[] }[];
    expect(declaration?.metric_name_selectors).toEqual(made.map((name) => `^${name}$$`));
  });

  test("computes percentages of metrics that are there by then", () => {
    const { processors } = configOf();
    const rules = processors.metricsgeneration?.rules as { metric1: string; metric2: string }[];
    for (const { metric1, metric2 } of rules) {
      expect(Object.keys(INSIGHTS_METRICS)).toEqual(expect.arrayContaining([metric1, metric2]));
    }
  });

  test("runs every processor, exporter and extension that it configures, and no other", () => {
    const { processors, exporters, extensions, receivers, service } = configOf();
    expect([...(service.pipelines.metrics.processors ?? [])].sort()).toEqual(Object.keys(processors).sort());
    expect(service.pipelines.metrics.exporters).toEqual(Object.keys(exporters));
    expect(service.pipelines.metrics.receivers).toEqual(Object.keys(receivers));
    expect(service).toMatchObject({ extensions: Object.keys(extensions) });
  });

  test("turns counters into changes before it makes rates of them", () => {
    const order = configOf().service.pipelines.metrics.processors ?? [];
    expect(order.indexOf("metrics_transform")).toBeLessThan(order.indexOf("cumulativetodelta"));
    expect(order.indexOf("cumulativetodelta")).toBeLessThan(order.indexOf("deltatorate"));
    expect(order.indexOf("deltatorate")).toBeLessThan(order.indexOf("metricsgeneration"));
  });

  test("keeps metrics of single pods unless told otherwise", () => {
    const dimensions = (podMetrics: boolean) => {
      const [declaration] = configOf({ podMetrics }).exporters.awsemf.metric_declarations as { dimensions: unknown }[];
      return declaration?.dimensions;
    };
    const { cluster, namespace, pod } = INSIGHTS_DIMENSIONS;
    expect(dimensions(true)).toEqual([cluster, namespace, pod]);
    expect(dimensions(false)).toEqual([cluster, namespace]);
  });

  test("sets every label that is a dimension", () => {
    const { relabel_configs, metric_relabel_configs } = scraping();
    const set = [...relabel_configs, ...metric_relabel_configs].map(({ target_label }) => target_label);
    expect(set).toEqual(expect.arrayContaining([...INSIGHTS_DIMENSIONS.pod]));
  });

  test("has no ${ in it, which Terraform and the collector would both take for an expression", () => {
    expect(collectorConfig(OPTIONS)).not.toContain("${");
  });

  test("quotes a cluster's name that YAML would read as a number", () => {
    expect(scraping().relabel_configs).toContainEqual({ target_label: "ClusterName", replacement: "platform" });
    expect(collectorConfig({ ...OPTIONS, clusterName: "123" })).toContain('replacement: "123"');
  });
});
