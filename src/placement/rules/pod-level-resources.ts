import type { Rule } from "../rule";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

export const podLevelResources: Rule = {
  id: "pod-level-resources",
  severity: "warning",
  title: "Containers, and not the pod as a whole, request resources",
  reason: "it is not verified that Fargate sizes a pod by them; AWS speaks of what containers request",
  fix: "give the containers requests whose sum is the pod's",
  source: POD_CONFIGURATION_GUIDE,
  check: ({ pod, podPath }) =>
    pod.resources === undefined
      ? []
      : [{ at: [...podPath, "resources"], message: "the pod as a whole has resources ('spec.resources')" }],
};
