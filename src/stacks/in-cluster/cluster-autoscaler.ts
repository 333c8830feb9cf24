import { ClusterAutoscaler } from "../../constructs/addons/cluster-autoscaler";
import { kubernetesVersion } from "../../settings/in-cluster/cluster-autoscaler";
import type { InClusterContext } from "./context";

export function addClusterAutoscaler({ stack, cluster, oidcProvider, settings, inCluster }: InClusterContext): void {
  if (inCluster.clusterAutoscaler !== undefined) {
    new ClusterAutoscaler(stack, "cluster-autoscaler", {
      cluster,
      oidcProvider,
      kubernetesVersion: kubernetesVersion(settings.cluster),
      ...inCluster.clusterAutoscaler,
    });
  }
}
