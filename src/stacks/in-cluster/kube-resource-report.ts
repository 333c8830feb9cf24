import { Annotations, TerraformOutput } from "cdktf";
import { KubeResourceReport } from "../../constructs/addons/kube-resource-report";
import type { MetricsServer } from "../../constructs/addons/metrics-server";
import type { InClusterContext } from "./context";

/** @param metricsServer what answers for the use of pods, where the settings have it */
export function addKubeResourceReport(
  { stack, cluster, inCluster }: InClusterContext,
  metricsServer: MetricsServer | undefined,
): void {
  if (inCluster.kubeResourceReport === undefined) {
    return;
  }
  const report = new KubeResourceReport(stack, "kube-resource-report", {
    cluster,
    ...inCluster.kubeResourceReport,
    ...(metricsServer === undefined ? {} : { dependsOn: [metricsServer.ready] }),
  });
  if (metricsServer === undefined) {
    Annotations.of(report).addWarning(
      "the report asks the Metrics Server what pods use, and the settings have none; add 'metricsServer', unless the cluster has one already",
    );
  }
  new TerraformOutput(stack, "kube_resource_report_command", {
    description: "Shows the report of requests and use on http://localhost:8080",
    value: report.portForwardCommand,
  });
}
