import { FARGATE_CAPABILITIES } from "../../model/capabilities";
import { quote } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { containersOf } from "./support/containers";
import { report } from "./support/sources";

const ALLOWED: ReadonlySet<string> = new Set(FARGATE_CAPABILITIES);

/** What Fargate can be told to allow; nothing that AWS publishes says where it does. */
const UNVERIFIED = new Set(["IPC_LOCK", "LINUX_IMMUTABLE", "SYS_PTRACE", "SYS_RESOURCE"]);

const REFUSED = 'Fargate refuses pods with "invalid SecurityContext fields: Capabilities added"';

export const capabilities: Rule = {
  id: "capabilities",
  severity: "error",
  title: "Containers add only capabilities that Fargate allows",
  reason: REFUSED,
  fix: "drop the capability, or run the pods on nodes",
  source: report("frappe/helm", 182),
  check: (workload) =>
    containersOf(workload).flatMap(({ container, at, called }) =>
      container.capabilitiesAdded.flatMap((capability, index) =>
        violations(capability, `${called} adds the capability ${quote(capability)}`).map((violation) => ({
          ...violation,
          at: [...at, "securityContext", "capabilities", "add", index],
        })),
      ),
    ),
};

function violations(capability: string, message: string): Omit<Violation, "at">[] {
  if (ALLOWED.has(capability)) {
    return [];
  }
  const plain = capability.toUpperCase().replace(/^CAP_/, "");
  if (ALLOWED.has(plain)) {
    return [
      {
        message,
        reason: `${REFUSED} unless the name is exactly Kubernetes' own`,
        fix: `write ${plain}`,
      },
    ];
  }
  return [
    UNVERIFIED.has(plain)
      ? {
          message,
          severity: "warning",
          reason: "it is not verified that pods on Fargate may have it",
          fix: "try it in a test cluster, or drop the capability",
        }
      : { message },
  ];
}
