import type { Rule } from "../rule";
import { placeDemands, unmetDemands } from "./support/node-demands";
import { report } from "./support/sources";

export const nodeSelector: Rule = {
  id: "node-selector",
  severity: "error",
  title: "Pods ask for nothing that Fargate's nodes do not have",
  reason: `no node of Fargate has it, and the pod stays Pending with "MatchNodeSelector failed"`,
  fix: "remove the selector or the affinity, or keep the pods off the Fargate profiles",
  source: report("kubernetes-sigs/aws-ebs-csi-driver", 496),
  check: (workload) => [
    ...unmetDemands(workload, "other"),
    ...placeDemands(workload).map((demand) => ({
      ...demand,
      severity: "warning" as const,
      reason: "the subnets of the Fargate profile decide where its pods run",
      fix: "give those pods a profile of their own with subnets of that place only, and remove the selector",
    })),
  ],
};
