import { KubeDownscaler } from "../../constructs/addons/kube-downscaler";
import type { InClusterContext } from "./context";
import { before, type Namespaces } from "./tenants";

/** @param namespaces those of tenants, in which the chart makes rights where the settings name them */
export function addKubeDownscaler({ stack, cluster, inCluster }: InClusterContext, namespaces: Namespaces): void {
  if (inCluster.kubeDownscaler !== undefined) {
    const named = inCluster.kubeDownscaler.namespaces ?? [];
    new KubeDownscaler(stack, "kube-downscaler", {
      cluster,
      ...inCluster.kubeDownscaler,
      dependsOn: [...new Set(named)].sort().flatMap((namespace) => before(namespaces, namespace).dependsOn ?? []),
    });
  }
}
