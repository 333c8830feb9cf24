import * as v from "valibot";
import {
  autoscalerRelease,
  autoscalingProblems,
  EXPANDERS,
  NO_NODES_PROBLEM,
  noReleaseProblem,
} from "../../model/cluster-autoscaler";
import { DEFAULT_EKS_VERSION } from "../../model/eks-versions";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt } from "../../model/problem";
import { hasLinuxNodes } from "../nodes";
import { chart, described, image, positive, text } from "../pieces";
import type { Settings } from "../schema";

export const clusterAutoscalerSchema = described(
  v.strictObject({
    expander: v.exactOptional(described(v.picklist(EXPANDERS), "Default: least-waste.")),
    balanceSimilarNodeGroups: v.exactOptional(described(v.boolean(), "Default: true.")),
    scaleDown: v.exactOptional(
      v.strictObject({
        enabled: v.exactOptional(described(v.boolean(), "Default: true.")),
        unneededMinutes: v.exactOptional(described(positive, "Default: 10.")),
        delayAfterAddMinutes: v.exactOptional(described(positive, "Default: 10.")),
        utilizationThreshold: v.exactOptional(described(v.number(), "Between 0 and 1. Default: 0.5.")),
      }),
    ),
    roleName: v.exactOptional(described(text, "Default: <name>-cluster-autoscaler.")),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "Cluster Autoscaler of the node groups; {} for the defaults.",
);

/** What is wrong with the Cluster Autoscaler. */
export function clusterAutoscalerProblems(settings: Settings): Problem[] {
  const { name, cluster, inCluster } = settings;
  const options = inCluster?.clusterAutoscaler;
  if (options === undefined) {
    return [];
  }
  const version = kubernetesVersion(cluster);
  const unknown = options.image?.tag === undefined && autoscalerRelease(version) === undefined;
  const role = nameProblem("role", options.roleName ?? names.clusterAutoscalerRole(name), "set another 'roleName'");
  return [
    ...problemAt([], hasLinuxNodes(settings) ? undefined : NO_NODES_PROBLEM),
    ...problemAt([], unknown ? noReleaseProblem(version) : undefined),
    ...problemAt(options.roleName === undefined ? [] : ["roleName"], role),
    ...autoscalingProblems(options),
  ];
}

/** Version of the cluster; of somebody else's it is not known, and taken to be the newest. */
export function kubernetesVersion(cluster: Settings["cluster"]): string {
  return cluster?.version ?? DEFAULT_EKS_VERSION;
}
