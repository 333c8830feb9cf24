import { quoteAll } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { FARGATE_PROFILE_GUIDE } from "./support/sources";

/** To be on no node with another pod is what every pod on Fargate has. */
const HOSTNAME = "kubernetes.io/hostname";

export const podAffinity: Rule = {
  id: "pod-affinity",
  severity: "warning",
  title: "Pods do not rely on affinity to other pods",
  reason: "Fargate does not apply it: each pod has a node of its own",
  fix: "remove the affinity",
  source: FARGATE_PROFILE_GUIDE,
  check({ pod: { affinity }, podPath }) {
    const violations = (property: string, topologyKeys: readonly string[]): Violation[] =>
      topologyKeys.length === 0
        ? []
        : [
            {
              at: [...podPath, "affinity", property, "requiredDuringSchedulingIgnoredDuringExecution"],
              message: `the pods have a required '${property}' by ${quoteAll(new Set(topologyKeys))}`,
            },
          ];
    return [
      ...violations("podAffinity", affinity?.requiredPodAffinity ?? []),
      ...violations(
        "podAntiAffinity",
        (affinity?.requiredPodAntiAffinity ?? []).filter((key) => key !== HOSTNAME),
      ),
    ];
  },
};
