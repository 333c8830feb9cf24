import type { Rule } from "../rule";
import { initContainersOf } from "./support/containers";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

export const nativeSidecar: Rule = {
  id: "native-sidecar",
  severity: "advice",
  title: "Pods have no restartable init containers",
  reason:
    "AWS does not say how Fargate counts what it requests; the size is reckoned as Kubernetes does, beside the containers",
  fix: "compare the annotation 'CapacityProvisioned' of a running pod with the size given here",
  source: POD_CONFIGURATION_GUIDE,
  check: (workload) =>
    initContainersOf(workload)
      .filter(({ container }) => container.restartable)
      .map(({ at, called }) => ({
        at: [...at, "restartPolicy"],
        message: `${called} is an init container with 'restartPolicy' Always`,
      })),
};
