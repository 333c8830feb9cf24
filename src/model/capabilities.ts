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

/** Every Linux capability that a container can be given. Source: API model of ECS, KernelCapabilities, 2026-11-17. */
export const LINUX_CAPABILITIES = [
  ...FARGATE_CAPABILITIES,
  "AUDIT_CONTROL",
  "BLOCK_SUSPEND",
  "DAC_READ_SEARCH",
  "IPC_LOCK",
  "IPC_OWNER",
  "LEASE",
  "LINUX_IMMUTABLE",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "NET_ADMIN",
  "NET_BROADCAST",
  "SYSLOG",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_MODULE",
  "SYS_NICE",
  "SYS_PACCT",
  "SYS_PTRACE",
  "SYS_RAWIO",
  "SYS_RESOURCE",
  "SYS_TIME",
  "SYS_TTY_CONFIG",
  "WAKE_ALARM",
] as const;

export type LinuxCapability = (typeof LINUX_CAPABILITIES)[number];
