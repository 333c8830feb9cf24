import type { Rule } from "../rule";
import { report } from "./support/sources";

export const hostNetwork: Rule = {
  id: "host-network",
  severity: "error",
  title: "Pods do not use the host's network",
  reason: 'Fargate refuses pods with "fields not supported: HostNetwork"',
  fix: "remove 'hostNetwork', or run the pods on nodes",
  source: report("kubernetes-sigs/aws-efs-csi-driver", 589),
  check: ({ pod, podPath }) =>
    pod.hostNetwork
      ? [{ at: [...podPath, "hostNetwork"], message: "the pods use the host's network ('hostNetwork' is true)" }]
      : [],
};
