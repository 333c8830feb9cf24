import { FARGATE_EPHEMERAL_STORAGE_MAX } from "../../model/fargate-sizes";
import { podRequests } from "../requests";
import type { Rule } from "../rule";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

export const ephemeralStorage: Rule = {
  id: "ephemeral-storage",
  severity: "error",
  title: `Pods request at most ${FARGATE_EPHEMERAL_STORAGE_MAX} of ephemeral storage`,
  reason: `a pod on Fargate has at most ${FARGATE_EPHEMERAL_STORAGE_MAX}`,
  fix: "request less 'ephemeral-storage', and keep large data in EFS or S3",
  source: POD_CONFIGURATION_GUIDE,
  check({ pod, podPath }) {
    const requested = podRequests(pod).ephemeralStorage;
    return FARGATE_EPHEMERAL_STORAGE_MAX.covers(requested)
      ? []
      : [{ at: [...podPath, "containers"], message: `a pod requests ${requested} of ephemeral storage` }];
  },
};
