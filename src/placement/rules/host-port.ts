import type { ContainerPort } from "../../model/pod";
import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { report } from "./support/sources";

export const hostPort: Rule = {
  id: "host-port",
  severity: "error",
  title: "Containers take no port or address of the host",
  reason: 'Fargate refuses pods with "port contains HostIP or HostPort"',
  fix: "remove 'hostPort' and 'hostIP', and reach the pods through a Service",
  source: report("kubernetes-sigs/aws-efs-csi-driver", 589),
  check: (workload) =>
    containersOf(workload).flatMap(({ container, at, called }) =>
      container.ports.flatMap((port, index) =>
        taken(port).map(({ property, value }) => ({
          at: [...at, "ports", index, property],
          message: `${called} takes ${value} of the host ('${property}')`,
        })),
      ),
    ),
};

function taken({ hostPort = 0, hostIP = "" }: ContainerPort): { property: string; value: string }[] {
  return [
    ...(hostPort > 0 ? [{ property: "hostPort", value: `port ${hostPort}` }] : []),
    ...(hostIP !== "" ? [{ property: "hostIP", value: `address ${quote(hostIP)}` }] : []),
  ];
}
