import { ContainerInsights } from "../../constructs/observability/container-insights";
import type { InClusterContext } from "./context";

export function addContainerInsights({ stack, cluster, oidcProvider, inCluster }: InClusterContext): void {
  if (inCluster.containerInsights !== undefined) {
    new ContainerInsights(stack, "container-insights", { cluster, oidcProvider, ...inCluster.containerInsights });
  }
}
