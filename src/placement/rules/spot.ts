import type { Rule } from "../rule";
import { unmetDemands } from "./support/node-demands";
import { FARGATE_GUIDE } from "./support/sources";

export const spot: Rule = {
  id: "spot",
  severity: "error",
  title: "Pods do not ask for Spot capacity",
  reason: "EKS has no Fargate Spot, which is for ECS only",
  fix: "remove the selector, or run the pods on Spot nodes",
  source: FARGATE_GUIDE,
  check: (workload) => unmetDemands(workload, "spot"),
};
