/**
 * Linux capabilities that containers on Fargate may add: those that they have anyway where nothing drops them.
 *
 * As of 2026-11-21. Source: the admission code of Fargate's kubelet and the error that users report (frappe/helm #182).
 */
export const FARGATE_CAPABILITIES = [
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
] as const;

export type FargateCapability = (typeof FARGATE_CAPABILITIES)[number];
