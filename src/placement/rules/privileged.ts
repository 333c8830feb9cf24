import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { FARGATE_GUIDE } from "./support/sources";

export const privileged: Rule = {
  id: "privileged",
  severity: "error",
  title: "Containers are not privileged",
  reason: 'Fargate refuses pods with "invalid SecurityContext fields: Privileged"',
  fix: "remove 'privileged', or run the pods on nodes",
  source: FARGATE_GUIDE,
  check: (workload) =>
    containersOf(workload)
      .filter(({ container }) => container.privileged)
      .map(({ at, called }) => ({
        at: [...at, "securityContext", "privileged"],
        message: `${called} is privileged ('securityContext.privileged' is true)`,
      })),
};
