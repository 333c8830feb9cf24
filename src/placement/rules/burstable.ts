import type { Resources } from "../../model/pod";
import type { Problem } from "../../model/problem";
import type { Workload } from "../../model/workload";
import type { Rule, Violation } from "../rule";
import { longRunningContainersOf } from "./support/containers";
import { describeAmount, isRequestedByPod, SIZED_RESOURCES, type SizedResource } from "./support/requests";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

export const burstable: Rule = {
  id: "burstable",
  severity: "warning",
  title: "Limits are the requests",
  reason: "pods on Fargate are not burstable: the pod's node has the size of the requests, and no more",
  fix: "set requests and limits to what the container needs at its peak",
  source: POD_CONFIGURATION_GUIDE,
  check(workload) {
    const { pod, podPath } = workload;
    const whole: Violation[] =
      pod.resources === undefined
        ? []
        : violations(pod.resources, "the pod", [...podPath, "resources"], SIZED_RESOURCES);
    return [...whole, ...containerViolations(workload)];
  },
};

/** What the pod as a whole requests is not asked of its containers. */
function containerViolations(workload: Workload): Violation[] {
  const resources = SIZED_RESOURCES.filter((resource) => !isRequestedByPod(workload.pod, resource));
  return longRunningContainersOf(workload).flatMap(({ container, at, called }) =>
    violations(container.resources, called, [...at, "resources"], resources),
  );
}

/** One for all resources of a container; what is not requested at all is the matter of `no-requests`. */
function violations(
  { requests, limits }: Resources,
  called: string,
  at: Problem["at"],
  resources: readonly SizedResource[],
): Violation[] {
  const open = resources.filter(
    (resource) => requests[resource] !== undefined && String(requests[resource]) !== String(limits[resource]),
  );
  const described = open.map((resource) => {
    const limit = limits[resource];
    return `${describeAmount(requests, resource)} ${limit === undefined ? "without a limit" : `with a limit of ${limit}`}`;
  });
  return open.length === 0 ? [] : [{ at, message: `${called} requests ${described.join(" and ")}` }];
}
