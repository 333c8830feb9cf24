import type { Rule } from "../rule";
import { extendedResourcesOf } from "./support/extended-resources";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

export const extendedResource: Rule = {
  id: "extended-resource",
  severity: "error",
  title: "Containers request only CPU, memory and ephemeral storage",
  reason: "the nodes of Fargate offer no extended resources and no huge pages",
  fix: "remove the resource, or run the pods on nodes that have it",
  source: POD_CONFIGURATION_GUIDE,
  check: (workload) =>
    extendedResourcesOf(workload)
      .filter(({ accelerator }) => !accelerator)
      .map(({ at, message }) => ({ at, message })),
};
