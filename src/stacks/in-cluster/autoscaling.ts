import type { HorizontalPodAutoscalerProps } from "../../constructs/workloads/horizontal-pod-autoscaler";
import { HorizontalPodAutoscaler } from "../../constructs/workloads/horizontal-pod-autoscaler";
import {
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
} from "../../constructs/workloads/vertical-pod-autoscaler";
import { byKey, type InClusterContext } from "./context";
import { before, type Namespaces } from "./tenants";

/** What autoscalers wait for, where the settings have it. */
export interface AutoscalingPrograms {
  readonly metricsServer: HorizontalPodAutoscalerProps["metricsServer"] | undefined;
  readonly controller: VerticalPodAutoscalerProps["controller"] | undefined;
}

export function addAutoscaling(
  { stack, cluster, inCluster }: InClusterContext,
  namespaces: Namespaces,
  { metricsServer, controller }: AutoscalingPrograms,
): void {
  const { horizontal, vertical } = inCluster.autoscaling ?? {};
  for (const [name, options] of byKey(horizontal)) {
    new HorizontalPodAutoscaler(stack, `horizontal-${name}`, {
      ...options,
      ...before(namespaces, options.namespace),
      ...(metricsServer === undefined ? {} : { metricsServer }),
      cluster,
      name,
    });
  }
  for (const [name, options] of byKey(vertical)) {
    new VerticalPodAutoscaler(stack, `vertical-${name}`, {
      ...options,
      ...before(namespaces, options.namespace),
      ...(controller === undefined ? {} : { controller }),
      cluster,
      name,
    });
  }
}
