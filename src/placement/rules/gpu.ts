import type { Rule } from "../rule";
import { extendedResourcesOf } from "./support/extended-resources";
import { FARGATE_GUIDE } from "./support/sources";

export const gpu: Rule = {
  id: "gpu",
  severity: "error",
  title: "Containers use no GPU or other accelerator",
  reason: "Fargate has no GPUs and no accelerators",
  fix: "run the pods on nodes of an accelerated instance type",
  source: FARGATE_GUIDE,
  check: (workload) =>
    extendedResourcesOf(workload)
      .filter(({ accelerator }) => accelerator)
      .map(({ at, message }) => ({ at, message })),
};
