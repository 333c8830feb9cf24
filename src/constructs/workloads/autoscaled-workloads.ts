import type { Construct } from "constructs";
import { type Autoscaler, autoscalerConflicts, type ScaleTarget } from "../../model/autoscaling";
import { quote } from "../../model/problem";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { PodController } from "../kubernetes/pod-controller";

const KNOWN = new WeakMap<IEksCluster, Autoscaler[]>();

/**
 * Enters an autoscaler among those of its cluster.
 *
 * @param scope construct whose path the message names
 * @throws InvalidPropsError when it would fight with one that is there already
 */
export function enterAutoscaler(scope: Construct, cluster: IEksCluster, autoscaler: Autoscaler): void {
  const known = KNOWN.get(cluster) ?? [];
  refuse(scope, autoscalerConflicts(autoscaler, known));
  KNOWN.set(cluster, [...known, autoscaler]);
}

/** A workload by its kind and name, from a construct of it or as given. */
export function targetOf(target: ScaleTarget | PodController): ScaleTarget {
  return target instanceof PodController ? { kind: target.kind, name: target.objectName } : target;
}

/** Why the workload cannot be in this namespace, or `undefined`. */
export function namespaceProblem(namespace: string, target: ScaleTarget | PodController): string | undefined {
  return target instanceof PodController && target.namespace !== namespace
    ? `'namespace' must be that of ${target.kind} ${target.objectName}, ${quote(target.namespace)}, got ${quote(namespace)}`
    : undefined;
}
