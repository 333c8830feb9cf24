import { describeSize, FARGATE_POD_SIZES } from "../../model/fargate-sizes";
import type { Workload } from "../../model/workload";
import type { Rule, Violation } from "../rule";
import { longRunningContainersOf } from "./support/containers";
import { describeResource, isRequestedByPod, SIZED_RESOURCES } from "./support/requests";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

const [SMALLEST] = FARGATE_POD_SIZES;

export const noRequests: Rule = {
  id: "no-requests",
  severity: "warning",
  title: "Every container requests CPU and memory",
  reason: "Fargate sizes the pod by what its containers request, and leaves no room for what they do not",
  fix: "request what the container needs",
  source: POD_CONFIGURATION_GUIDE,
  check(workload) {
    const missing = missingRequests(workload);
    return missing.length > 0 && requestsNothing(workload)
      ? [
          {
            at: [...workload.podPath, "containers"],
            message: `no container requests CPU or memory${SMALLEST === undefined ? "" : `, so that a pod gets ${describeSize(SMALLEST)} whatever it needs`}`,
          },
        ]
      : missing;
  },
};

function missingRequests(workload: Workload): Violation[] {
  return longRunningContainersOf(workload).flatMap(({ container, at, called }) => {
    const missing = SIZED_RESOURCES.filter(
      (resource) => container.resources.requests[resource] === undefined && !isRequestedByPod(workload.pod, resource),
    );
    return missing.length === 0
      ? []
      : [
          {
            at: [...at, "resources"],
            message: `${called} requests no ${missing.map(describeResource).join(" and no ")}`,
          },
        ];
  });
}

function requestsNothing({ pod }: Workload): boolean {
  return SIZED_RESOURCES.every(
    (resource) =>
      !isRequestedByPod(pod, resource) &&
      [...pod.containers, ...pod.initContainers].every(({ resources }) => resources.requests[resource] === undefined),
  );
}
