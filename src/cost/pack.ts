import type { NodeCapacity, PodGroup } from "./capacity";
import { ZoneNodes } from "./zone-nodes";

/** So many pods of a group on a node. */
export interface Assignment {
  /** Index of the group. */
  readonly group: number;
  /** From 0; node i is in zone i mod zones. */
  readonly node: number;
  readonly pods: number;
}

export interface Packing {
  /** How many nodes there are, the empty ones between others included. */
  readonly nodes: number;
  /** By group in the order in which they were packed, then as the nodes were filled. */
  readonly assignments: readonly Assignment[];
  /** Indices of the groups of which no pod fits on an empty node, in ascending order. */
  readonly tooLarge: readonly number[];
}

/**
 * Packs pods on identical nodes, spread over zones for high availability.
 *
 * Nodes are in a row, node i in zone i mod `zones`. Groups are taken from the one whose pods need the largest part of a
 * node (of CPU or memory, whichever is more), and of equals the first. Each pod goes to the first node with room among
 * the nodes of those zones that have the fewest pods of its group. So the pods of a group in two zones never differ by
 * more than one, and a group of n pods is on at least min(n, `zones`) nodes.
 *
 * @throws RangeError when `zones` is not a whole number of 1 or more
 */
export function pack(groups: readonly PodGroup[], node: NodeCapacity, zones: number): Packing {
  if (!Number.isSafeInteger(zones) || zones < 1) {
    throw new RangeError(`pods must be spread over a whole number of zones, 1 or more, got ${zones}`);
  }
  const rows = Array.from({ length: zones }, () => new ZoneNodes(node));
  const assignments: Assignment[] = [];
  for (const index of largestFirst(groups, node)) {
    const group = groups[index];
    if (group !== undefined) {
      packGroup(group, rows, (at, pods) => assignments.push({ group: index, node: at, pods }));
    }
  }
  return {
    nodes: assignments.reduce((most, each) => Math.max(most, each.node + 1), 0),
    assignments,
    tooLarge: groups.flatMap((group, index) => (group.count > 0 && !fits(group, node) ? [index] : [])),
  };
}

/** Zones do not share nodes: each takes its whole part of the group at once, and the rest goes to the first nodes. */
function packGroup(group: PodGroup, rows: readonly ZoneNodes[], assign: (node: number, pods: number) => void): void {
  const zones = rows.length;
  const rest = group.count % zones;
  const candidates = rows.map((row, zone) => {
    // Nodes that were passed over stay too full for the group.
    let first = 0;
    for (let left = Math.floor(group.count / zones); left > 0; ) {
      first = row.first(group, first);
      const pods = row.take(first, group, left);
      assign(first * zones + zone, pods);
      left -= pods;
    }
    return { row, zone, first: rest === 0 ? first : row.first(group, first) };
  });
  candidates.sort((a, b) => a.first - b.first || a.zone - b.zone);
  for (const { row, zone, first } of candidates.slice(0, rest)) {
    assign(first * zones + zone, row.take(first, group, 1));
  }
}

/** Indices of the groups that have pods and fit, in the order of packing. */
function largestFirst(groups: readonly PodGroup[], node: NodeCapacity): number[] {
  return groups
    .map((group, index) => ({ index, group, part: largestPart(group, node) }))
    .filter(({ group }) => group.count > 0 && fits(group, node))
    .sort((a, b) => b.part - a.part || a.index - b.index)
    .map(({ index }) => index);
}

/** The part of a node that a pod needs, of the resource of which it needs most. */
function largestPart({ cpu, memory }: PodGroup, node: NodeCapacity): number {
  return Math.max(part(cpu.millis, node.cpu.millis), part(memory.bytes, node.memory.bytes));
}

function part(amount: number, whole: number): number {
  return amount === 0 ? 0 : amount / whole;
}

function fits({ cpu, memory }: PodGroup, node: NodeCapacity): boolean {
  return node.pods >= 1 && node.cpu.covers(cpu) && node.memory.covers(memory);
}
