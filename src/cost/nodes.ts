import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import type { InstanceType } from "../pricing/instance-types";
import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import type { Money } from "../units/money";
import type { NodeCapacity } from "./capacity";
import type { Unfit } from "./cost";
import { noRoom, unmetByType } from "./node-fit";
import { type Packing, pack } from "./pack";
import { podsAtOnce } from "./run-time";

/** An instance type as packing sees it. */
export type NodeType = Pick<InstanceType, "name" | "arch" | "maxPods" | "allocatable">;

/**
 * DaemonSets that EKS itself runs on every node, in `kube-system`; they request no memory. Manifests that hold them are
 * believed instead.
 *
 * Source: aws/amazon-vpc-cni-k8s charts/aws-vpc-cni/values.yaml at 00554250 for the 25m of the first container of
 * `aws-node`. That its second container requests as much, and the 100m of `kube-proxy`, are taken for granted, and the
 * comparison says so.
 */
export const SYSTEM_DAEMON_SETS = [
  { namespace: "kube-system", name: "aws-node", cpu: Cpu.ofMillis(50) },
  { namespace: "kube-system", name: "kube-proxy", cpu: Cpu.ofMillis(100) },
] as const;

/** Workloads on identical nodes. */
export interface PackedNodes {
  readonly type: NodeType;
  /** What one node has for the pods of workloads. */
  readonly usable: NodeCapacity;
  /** Nodes at the fewest and at the most replicas: at least one in each zone when there is a pod. */
  readonly count: { readonly min: number; readonly max: number };
  readonly packed: readonly Placement[];
  /** Of which no pod runs on an empty node. */
  readonly unfit: readonly Unfit[];
}

export function isDaemonSet({ workload }: Placement): boolean {
  return workload.kind === "DaemonSet";
}

/**
 * What the DaemonSets take of every node of a type: those among the placements that run there, and the system's own. One
 * for Windows or another architecture is not on these nodes.
 */
export function daemonSetLoad(placements: readonly Placement[], type: Pick<NodeType, "arch">): NodeCapacity {
  const given = placements.filter(
    (placement) => isDaemonSet(placement) && unmetByType(placement.workload, type) === undefined,
  );
  const system = SYSTEM_DAEMON_SETS.filter(
    ({ namespace, name }) => !given.some(({ workload }) => workload.namespace === namespace && workload.name === name),
  );
  return {
    cpu: [...given.map(({ requests }) => requests.cpu), ...system.map(({ cpu }) => cpu)].reduce(
      (sum, cpu) => sum.plus(cpu),
      Cpu.ZERO,
    ),
    memory: given.reduce((sum, { requests }) => sum.plus(requests.memory), Memory.ZERO),
    pods: given.length + system.length,
  };
}

/**
 * Packs workloads on nodes of a type.
 *
 * @param load what DaemonSets take of every node
 * @param zones Availability Zones that the nodes and the pods of each workload are spread over
 */
export function packOnNodes(
  placements: readonly Placement[],
  type: NodeType,
  load: NodeCapacity,
  zones: number,
): PackedNodes {
  const usable = {
    cpu: type.allocatable.cpu.minus(load.cpu),
    memory: type.allocatable.memory.minus(load.memory),
    pods: Math.max(0, type.maxPods - load.pods),
  };
  const [packed, unfit]: [Placement[], Unfit[]] = [[], []];
  for (const placement of placements) {
    const reason = unmetByType(placement.workload, type) ?? noRoom(placement, usable);
    if (reason === undefined || placement.workload.replicas.max === 0) {
      packed.push(placement);
    } else {
      unfit.push({ workload: placement.workload, reason });
    }
  }
  const most = packAt("max", packed, usable, zones);
  const same = packed.every(({ workload: { replicas } }) => replicas.min === replicas.max);
  const fewest = same ? most : packAt("min", packed, usable, zones);
  return { type, usable, count: { min: nodesOf(fewest, zones), max: nodesOf(most, zones) }, packed, unfit };
}

function packAt(end: "min" | "max", placements: readonly Placement[], usable: NodeCapacity, zones: number): Packing {
  const groups = placements.map(({ workload, requests: { cpu, memory } }) => ({
    cpu,
    memory,
    count: podsAtOnce(workload, workload.replicas[end]),
  }));
  return pack(groups, usable, zones);
}

/** A node group that survives the loss of a zone has a node in each, however little runs. */
function nodesOf({ nodes }: Packing, zones: number): number {
  return nodes === 0 ? 0 : Math.max(nodes, zones);
}

/** Requests of the workloads divided by what the nodes have for them, at the fewest replicas; 0 when there are no nodes. */
export function useOf({ packed, usable, count }: PackedNodes): { readonly cpu: number; readonly memory: number } {
  let [millis, bytes] = [0, 0];
  for (const { workload, requests } of packed) {
    const pods = podsAtOnce(workload, workload.replicas.min);
    millis += pods * requests.cpu.millis;
    bytes += pods * requests.memory.bytes;
  }
  return { cpu: part(millis, usable.cpu.millis * count.min), memory: part(bytes, usable.memory.bytes * count.min) };
}

/**
 * What each workload bears of `month`, the cost at the fewest replicas of the nodes that it is packed on with all the
 * others, in proportion to the part of a node that its pods take, of CPU, memory or number of pods, whichever is most.
 * Idle capacity is shared the same way: the shares add up to the whole.
 */
export function nodeShares(
  placements: readonly Placement[],
  usable: NodeCapacity,
  month: Money,
): ReadonlyMap<Workload, Money> {
  const weights = placements.map(({ workload, requests: { cpu, memory } }) => {
    const ofPod = Math.max(
      part(cpu.millis, usable.cpu.millis),
      part(memory.bytes, usable.memory.bytes),
      part(1, usable.pods),
    );
    const pods = podsAtOnce(workload, workload.replicas.min);
    return { workload, weight: pods === 0 ? 0 : ofPod * pods };
  });
  const sum = weights.reduce((all, { weight }) => all + weight, 0);
  return new Map(weights.map(({ workload, weight }) => [workload, month.times(part(weight, sum))]));
}

function part(amount: number, whole: number): number {
  return amount === 0 ? 0 : amount / whole;
}
