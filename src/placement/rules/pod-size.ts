import { describeSize, FARGATE_POD_OVERHEAD, FARGATE_POD_SIZES } from "../../model/fargate-sizes";
import { podSize } from "../pod-size";
import { podRequests } from "../requests";
import type { Rule } from "../rule";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

const LARGEST = FARGATE_POD_SIZES.at(-1);

export const podSizeLimit: Rule = {
  id: "pod-size",
  severity: "error",
  title: "Pods fit into a size of Fargate",
  reason: `with the ${FARGATE_POD_OVERHEAD} that Fargate adds it is more than the largest size${LARGEST === undefined ? "" : `, ${describeSize(LARGEST)}`}`,
  fix: "request less, split the pod into several, or run it on nodes",
  source: POD_CONFIGURATION_GUIDE,
  check({ pod, podPath }) {
    const requests = podRequests(pod);
    return podSize(requests) === undefined
      ? [
          {
            at: [...podPath, "containers"],
            message: `a pod requests ${requests.cpu} of CPU and ${requests.memory} of memory`,
          },
        ]
      : [];
  },
};
