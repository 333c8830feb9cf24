import { ClusterAlarms } from "../../constructs/observability/cluster-alarms";
import { ClusterDashboard } from "../../constructs/observability/cluster-dashboard";
import { alarmsOf } from "../../settings/in-cluster/alarms";
import type { InClusterContext } from "./context";

/** Alarms, and the dashboard that shows them. */
export function addDashboard(
  { stack, cluster, settings, inCluster }: InClusterContext,
  { webAclName }: { readonly webAclName?: string },
): void {
  const alarms =
    inCluster.alarms === undefined ? undefined : new ClusterAlarms(stack, "alarms", { cluster, ...alarmsOf(settings) });
  if (inCluster.dashboard !== undefined) {
    const { containerInsights } = inCluster;
    new ClusterDashboard(stack, "dashboard", {
      cluster,
      ...inCluster.dashboard,
      containerInsights: containerInsights !== undefined,
      podMetrics: containerInsights?.podMetrics ?? true,
      ...(alarms === undefined ? {} : { alarms }),
      ...(webAclName === undefined ? {} : { webAclName }),
    });
  }
}
