import type { Rule } from "../rule";
import { report } from "./support/sources";

export const hostPid: Rule = {
  id: "host-pid",
  severity: "error",
  title: "Pods do not use the host's process namespace",
  reason: 'Fargate refuses pods with "fields not supported: HostPID"',
  fix: "remove 'hostPID', or run the pods on nodes",
  source: report("kubernetes-sigs/aws-efs-csi-driver", 589),
  check: ({ pod, podPath }) =>
    pod.hostPID
      ? [{ at: [...podPath, "hostPID"], message: "the pods use the host's process namespace ('hostPID' is true)" }]
      : [],
};
