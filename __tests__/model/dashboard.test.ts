import fc from "fast-check";
import {
  type DashboardContent,
  dashboardBody,
  dashboardProblems,
  placeWidgets,
  type Widget,
} from "../../src/model/dashboard";

const minimal: DashboardContent = { cluster: "platform", region: "eu-west-1", alarmArns: [], thresholds: {} };
const maximal: DashboardContent = {
  ...minimal,
  alarmArns: ["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:platform-pod-cpu"],
  thresholds: { podCpu: 80, podMemory: 90, apiServerLatency: 1, fargateQuota: 80, stateSize: 6, unschedulablePods: 0 },
  loadBalancers: ["app/k8s-b/1", "app/k8s-a/1"],
  webAclName: "platform-ingress",
  start: "P1D",
};

/** What every property of a widget may be, by the type of the widget. Source: the API reference of dashboard bodies. */
const PROPERTIES: Readonly<Record<Widget["type"], readonly string[]>> = {
  text: ["markdown", "background"],
  alarm: ["alarms", "sortBy", "states", "title"],
  metric: ["annotations", "legend", "metrics", "period", "region", "stacked", "stat", "title", "view", "yAxis"],
};

function overlap(a: Widget, b: Widget): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function overlaps(widgets: readonly Widget[]): [Widget, Widget][] {
  return widgets.flatMap((a, index) =>
    widgets.slice(index + 1).flatMap((b): [Widget, Widget][] => (overlap(a, b) ? [[a, b]] : [])),
  );
}

const titles = (content: DashboardContent) =>
  dashboardBody(content).widgets.map(({ properties: { title, markdown } }) => String(title ?? markdown));
const metricsOf = (content: DashboardContent, title: string) =>
  dashboardBody(content).widgets.find(({ properties }) => properties.title === title)?.properties;

describe.each([
  ["minimal", minimal],
  ["maximal", maximal],
  ["without metrics of pods", { ...minimal, containerInsights: false }],
])("the body of a %s dashboard", (_, content) => {
  const { widgets, ...rest } = dashboardBody(content);

  test("has up to 500 widgets of known types, on the grid, beside each other", () => {
    expect(widgets.length).toBeGreaterThan(10);
    expect(widgets.length).toBeLessThanOrEqual(500);
    for (const { type, x, y, width, height } of widgets) {
      expect(Object.keys(PROPERTIES)).toContain(type);
      expect([x, y, width, height].every(Number.isInteger)).toBe(true);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(width).toBeGreaterThanOrEqual(1);
      expect(x + width).toBeLessThanOrEqual(24);
      expect(height).toBeGreaterThanOrEqual(1);
      expect(height).toBeLessThanOrEqual(1000);
    }
    expect(overlaps(widgets)).toEqual([]);
  });

  test("has properties that CloudWatch knows, and those that it needs", () => {
    expect(Object.keys(rest).sort()).toEqual(["periodOverride", "start"]);
    for (const { type, properties } of widgets) {
      expect(PROPERTIES[type]).toEqual(expect.arrayContaining(Object.keys(properties)));
      if (type === "metric") {
        expect(properties).toMatchObject({ region: "eu-west-1", title: expect.any(String), view: "timeSeries" });
        expect(Number(properties.period) % 60).toBe(0);
      } else if (type === "alarm") {
        expect((properties.alarms as string[]).length).toBeGreaterThan(0);
      } else {
        expect(properties.markdown).not.toBe("");
      }
    }
  });

  test("names metrics with pairs of dimensions, or an expression alone", () => {
    const metrics = widgets.flatMap(({ properties }) => (properties.metrics as unknown[][] | undefined) ?? []);
    for (const metric of metrics) {
      const [options, ...names] = [...metric].reverse() as [Record<string, unknown>, ...unknown[]];
      expect(options).toEqual(expect.objectContaining({}));
      if (names.length === 0) {
        expect(options.expression).toEqual(expect.any(String));
      } else {
        expect(names.every((name) => typeof name === "string")).toBe(true);
        expect(names.length % 2).toBe(0);
        expect(options.stat).toEqual(expect.any(String));
      }
    }
  });

  test("has searches whose brackets and quotes are closed", () => {
    const text = JSON.stringify(widgets);
    const searches = text.match(/SEARCH\([^)]*\)/g) ?? [];
    expect(searches.length).toBeGreaterThan(0);
    for (const search of searches) {
      expect(search).toMatch(/^SEARCH\('\{[^{}']+\} [^']+', '\w+'\)$/);
      expect((search.match(/\\"/g) ?? []).length % 2).toBe(0);
    }
  });
});

describe("a dashboard", () => {
  test("shows alarms, pods, places, traffic, web ACL and control plane, in this order", () => {
    const sections = titles(maximal).filter((title) => title.startsWith("#") || title === "Alarms");
    expect(sections).toEqual([
      "# EKS cluster platform\nMade by Terraform, which takes back what is changed here.",
      "Alarms",
      "## Pods on Fargate",
      "## Places for pods",
      "## Traffic: load balancers and NAT gateways of the Region",
      "## Web ACL",
      "## Control plane",
    ]);
    expect(dashboardBody(maximal).start).toBe("-P1D");
  });

  test("shows only what is there", () => {
    const shown = titles({ ...minimal, containerInsights: false });
    expect(shown).not.toContain("Alarms");
    expect(shown).not.toContain("## Pods on Fargate");
    expect(shown).not.toContain("## Web ACL");
    expect(JSON.stringify(dashboardBody({ ...minimal, containerInsights: false }))).not.toContain("ContainerInsights");
  });

  test("finds the busiest pods by a search", () => {
    expect(metricsOf(maximal, "CPU, percent of the limit, the ten busiest pods")).toMatchObject({
      metrics: [
        [
          {
            expression: `SORT(SEARCH('{ContainerInsights,ClusterName,LaunchType,Namespace,PodName} MetricName="pod_cpu_utilization_over_pod_limit" ClusterName="platform" LaunchType="fargate"', 'Maximum'), MAX, DESC, 10)`,
          },
        ],
      ],
      annotations: { horizontal: [{ label: "alarm", value: 80 }] },
    });
  });

  test("shows the busiest pod of all where metrics of single pods are not published", () => {
    const content = { ...maximal, podMetrics: false };
    expect(metricsOf(content, "Memory, percent of the limit, the busiest pod")?.metrics).toEqual([
      [
        "ContainerInsights",
        "pod_memory_utilization_over_pod_limit",
        "ClusterName",
        "platform",
        "LaunchType",
        "fargate",
        { stat: "Maximum", label: "busiest pod" },
      ],
    ]);
    expect(JSON.stringify(dashboardBody(content))).not.toContain("PodName");
  });

  test("shows the load balancers that it is told of, or all that the controller has made", () => {
    expect(metricsOf(maximal, "Requests")?.metrics).toEqual([
      ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/k8s-a/1", { stat: "Sum" }],
      ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/k8s-b/1", { stat: "Sum" }],
    ]);
    expect(metricsOf(minimal, "Requests")?.metrics).toEqual([
      [
        {
          expression: `SEARCH('{AWS/ApplicationELB,LoadBalancer} MetricName="RequestCount" k8s', 'Sum')`,
          label: "",
        },
      ],
    ]);
  });

  test("compares Fargate's vCPUs with their quota", () => {
    expect(metricsOf(minimal, "vCPUs on Fargate in this account and Region, percent of the quota")?.metrics).toEqual([
      [
        "AWS/Usage",
        "ResourceCount",
        "Class",
        "Standard/OnDemand",
        "Resource",
        "vCPU",
        "Service",
        "Fargate",
        "Type",
        "Resource",
        { id: "used", stat: "Maximum", visible: false },
      ],
      [{ expression: "100 * used / SERVICE_QUOTA(used)", label: "percent of the quota" }],
    ]);
  });
});

test("widgets of any size never overlap when their rows fit", () => {
  const widget = fc.record({
    type: fc.constant("text" as const),
    width: fc.integer({ min: 1, max: 8 }),
    height: fc.integer({ min: 1, max: 10 }),
    properties: fc.constant({}),
  });
  fc.assert(
    fc.property(fc.array(fc.array(widget, { maxLength: 3 }), { maxLength: 6 }), (rows) => {
      const widgets = placeWidgets(rows);
      expect(widgets).toHaveLength(rows.flat().length);
      expect(overlaps(widgets)).toEqual([]);
      expect(widgets.every(({ x, width }) => x + width <= 24)).toBe(true);
    }),
  );
});

describe("refused is", () => {
  test.each(["k8s-web", "arn:aws:elasticloadbalancing:x", "app/k8s-web/xyz"])("the load balancer %j", (name) => {
    expect(dashboardProblems({ loadBalancers: [name] })).toEqual([
      {
        at: ["loadBalancers", 0],
        message: `'loadBalancers' must hold the ends of load balancers' ARNs, like "app/k8s-web-front-0a1b2c3d4e/0123456789abcdef", got "${name}"`,
      },
    ]);
  });

  test.each(["6h", "P", "PT", "-PT6H", ""])("the start %j", (start) => {
    expect(dashboardProblems({ start })).toEqual([
      { at: ["start"], message: `'start' must be an ISO 8601 duration, like "PT6H" or "P7D", got "${start}"` },
    ]);
  });

  test.each(["PT6H", "PT90M", "P7D", "P1DT12H"])("not the start %j", (start) => {
    expect(dashboardProblems({ start, loadBalancers: ["app/k8s-web/0123abcd"] })).toEqual([]);
  });
});
