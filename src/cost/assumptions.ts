import type { Placement } from "../placement/placement";
import type { CostOptions } from "./cost-lines";
import { unmetByType } from "./node-fit";
import { isDaemonSet, SYSTEM_DAEMON_SETS } from "./nodes";
import { counted } from "./words";

/** What a comparison takes for granted, each in a sentence. */
export function assumptionsOf(placements: readonly Placement[], { zones, instanceTypes }: CostOptions): string[] {
  const runs = placements.filter(({ workload }) => workload.runTime.kind === "runs");
  return [
    "A month has 730 hours.",
    "On-Demand prices before tax, without free tiers; a discount is taken off vCPU and memory of Fargate (not Spot, not ephemeral storage) and off instances.",
    "Not counted: data through NAT gateways, endpoints and load balancers, between zones and to the internet, logs, images, and volumes other than the root volumes of nodes.",
    "Counted is what the manifests hold: add-ons that are not among them, such as CoreDNS, cost extra on every option.",
    ...(instanceTypes.length === 0 ? [] : nodeAssumptions(placements, { zones, instanceTypes })),
    ...(runs.length === 0 ? [] : runAssumptions(instanceTypes.length > 0)),
  ];
}

function nodeAssumptions(
  placements: readonly Placement[],
  { zones, instanceTypes }: Pick<CostOptions, "zones" | "instanceTypes">,
): string[] {
  const daemonSets = placements.filter(isDaemonSet);
  const elsewhere = daemonSets.some(({ workload }) =>
    instanceTypes.some((type) => unmetByType(workload, type) !== undefined),
  );
  const system = SYSTEM_DAEMON_SETS.map(({ name, cpu }) => `${name} with ${cpu}`).join(" and ");
  return [
    `Nodes of one type are spread evenly over ${counted(zones, "zone")}, at least one in each; replicas of a workload in two zones differ by at most one.`,
    "Nodes have what is allocatable after the kubelet and the system, and as many pods as the VPC CNI gives addresses without prefix delegation.",
    `Every node runs ${daemonSets.length === 0 ? "" : `${counted(daemonSets.length, "DaemonSet")} of the manifests${elsewhere ? " (none that asks for another operating system or architecture)" : ""} and `}the DaemonSets of EKS (${system}, unless the manifests hold them).`,
    "Nodes are Linux, without accelerators, and have all other labels that pods ask for; affinities among pods and host ports are not looked at.",
    "Pods are packed by requests, without room to spare for updates and scaling; between the fewest and the most replicas nodes come and go as needed.",
  ];
}

function runAssumptions(nodes: boolean): string[] {
  return [
    "A Job runs once in the month. A pod or task on Fargate is billed for at least a minute; on EKS it goes on to be billed after its end until Kubernetes deletes it, on ECS it does not.",
    ...(nodes
      ? [
          "Nodes keep room for the pods of Jobs and CronJobs all the time: for as many runs as there are at once on average, rounded up.",
        ]
      : []),
  ];
}
