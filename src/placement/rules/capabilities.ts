import { quote } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { containersOf } from "./support/containers";
import { report } from "./support/sources";

/** What containers have by default, so that adding it changes nothing. */
const ALLOWED = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

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
