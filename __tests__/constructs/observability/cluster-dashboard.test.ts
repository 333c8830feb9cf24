import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { ClusterAlarms } from "../../../src/constructs/observability/cluster-alarms";
import { ClusterDashboard, type ClusterDashboardProps } from "../../../src/constructs/observability/cluster-dashboard";
import type { DashboardBody } from "../../../src/model/dashboard";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

type Options = Partial<Omit<ClusterDashboardProps, "cluster">>;

function build(options: Options = {}, withAlarms = false, region = "eu-west-1") {
  const stack = stackFor(region);
  const cluster = importedClusterIn(stack);
  const alarms = withAlarms ? { alarms: new ClusterAlarms(stack, "alarms", { cluster }) } : {};
  const dashboard = new ClusterDashboard(stack, "dashboard", { cluster, ...alarms, ...options });
  const properties = resource(synth(stack), CloudwatchDashboard);
  return { dashboard, properties, body: JSON.parse(String(properties.dashboard_body)) as DashboardBody };
}

describe("ClusterDashboard", () => {
  test("is called after the cluster and the Region, because an account's dashboards share their names", () => {
    expect(build().properties.dashboard_name).toBe("platform-eu-west-1");
    expect(build({}, false, "cn-north-1").dashboard.dashboardName).toBe("platform-cn-north-1");
  });

  test("shows the cluster of the stack's Region", () => {
    const { body } = build();
    expect(body.start).toBe("-PT6H");
    expect(JSON.stringify(body)).toContain('ClusterName=\\"platform\\"');
    const regions = body.widgets.flatMap(({ properties }) => properties.region ?? []);
    expect(new Set(regions)).toEqual(new Set(["eu-west-1"]));
    expect(body.widgets.some(({ type }) => type === "alarm")).toBe(false);
  });

  test("shows the states and the thresholds of alarms", () => {
    const { body } = build({}, true);
    const alarms = body.widgets.find(({ type }) => type === "alarm")?.properties.alarms;
    expect(alarms).toHaveLength(8);
    expect(alarms).toContain("${aws_cloudwatch_metric_alarm.alarms_pod-cpu.arn}");
    expect(JSON.stringify(body)).toContain('{"horizontal":[{"label":"alarm","value":90}]}');
  });

  test("takes every option at once", () => {
    const { dashboard, body } = build({
      dashboardName: "front",
      containerInsights: false,
      loadBalancers: ["app/k8s-web/0123abcd"],
      start: "P7D",
      webAclName: "platform-ingress",
    });
    expect(dashboard.dashboardName).toBe("front");
    expect(body.start).toBe("-P7D");
    expect(JSON.stringify(body)).toContain('WebACL=\\"platform-ingress\\"');
    expect(JSON.stringify(body)).not.toContain("ContainerInsights");
  });

  test("is refused with a name or a choice that is none", () => {
    expect(refusal(() => build({ dashboardName: "my dashboard", start: "6h" })).split("\n")).toEqual([
      `[test/dashboard] the name of an Amazon CloudWatch dashboard must be 1 to 255 characters (letters, digits, "-" and "_"), got "my dashboard" (12); give another 'dashboardName'`,
      `[test/dashboard] 'start' must be an ISO 8601 duration, like "PT6H" or "P7D", got "6h"`,
    ]);
  });
});
