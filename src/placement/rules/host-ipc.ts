import type { Rule } from "../rule";
import { report } from "./support/sources";

export const hostIpc: Rule = {
  id: "host-ipc",
  severity: "error",
  title: "Pods do not use the host's IPC namespace",
  reason: 'Fargate refuses pods with "fields not supported: HostIPC"',
  fix: "remove 'hostIPC', or run the pods on nodes",
  source: report("kubernetes-sigs/aws-efs-csi-driver", 589),
  check: ({ pod, podPath }) =>
    pod.hostIPC
      ? [{ at: [...podPath, "hostIPC"], message: "the pods use the host's IPC namespace ('hostIPC' is true)" }]
      : [],
};
