import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { report } from "./support/sources";

export const allowPrivilegeEscalation: Rule = {
  id: "allow-privilege-escalation",
  severity: "error",
  title: "Containers do not ask for privilege escalation",
  reason: 'Fargate refuses pods with "invalid SecurityContext fields: AllowPrivilegeEscalation"',
  fix: "set 'allowPrivilegeEscalation' to false, or leave it out",
  source: report("kubernetes/ingress-nginx", 4888),
  check: (workload) =>
    containersOf(workload)
      .filter(({ container }) => container.allowPrivilegeEscalation === true)
      .map(({ at, called }) => ({
        at: [...at, "securityContext", "allowPrivilegeEscalation"],
        message: `${called} asks for privilege escalation ('securityContext.allowPrivilegeEscalation' is true)`,
      })),
};
