import type { NodeCapacity, PodGroup } from "./capacity";

/** What an entry of the tree holds, side by side: free CPU in millis, free memory in bytes, free pods. */
const WIDTH = 3;

/**
 * Identical nodes of one zone, without end: a node is there as soon as a pod needs it. Finds the first node with room
 * for a pod in a tree whose inner entries hold the most that any node below has free.
 */
export class ZoneNodes {
  /** Leaves of the tree, a power of 2. Entry 1 is the root; entry i has the children 2i and 2i + 1. */
  private leaves = 1;
  private free: Float64Array;

  constructor(private readonly node: NodeCapacity) {
    this.free = emptyNodes(2, node);
  }

  /**
   * The first node from `from` on with room for a pod of the group, which must fit on an empty node.
   *
   * @param from 0, or a node that was found before
   */
  first({ cpu, memory }: PodGroup, from: number): number {
    const { free, leaves } = this;
    let entry = leaves + from;
    while (entry > 0) {
      const at = entry * WIDTH;
      if ((free[at] ?? 0) < cpu.millis || (free[at + 1] ?? 0) < memory.bytes || (free[at + 2] ?? 0) < 1) {
        entry = nextToTheRight(entry);
      } else if (entry < leaves) {
        // The most free CPU and the most free memory may be on different nodes, so that there need be none below.
        entry *= 2;
      } else {
        return entry - leaves;
      }
    }
    this.grow();
    return leaves;
  }

  /** Puts as many of `count` pods of the group on the node as it has room for, and says how many. */
  take(node: number, { cpu, memory }: PodGroup, count: number): number {
    const { free } = this;
    let entry = this.leaves + node;
    const at = entry * WIDTH;
    const [freeCpu = 0, freeMemory = 0, freePods = 0] = [free[at], free[at + 1], free[at + 2]];
    const taken = Math.min(
      count,
      freePods,
      cpu.millis === 0 ? count : Math.floor(freeCpu / cpu.millis),
      memory.bytes === 0 ? count : Math.floor(freeMemory / memory.bytes),
    );
    free[at] = freeCpu - taken * cpu.millis;
    free[at + 1] = freeMemory - taken * memory.bytes;
    free[at + 2] = freePods - taken;
    do {
      entry >>= 1;
    } while (entry > 0 && this.update(entry));
    return taken;
  }

  /** Twice the leaves; the new half is empty nodes. */
  private grow(): void {
    const { leaves, free } = this;
    this.leaves = 2 * leaves;
    this.free = emptyNodes(4 * leaves, this.node);
    this.free.set(free.subarray(leaves * WIDTH), 2 * leaves * WIDTH);
    for (let entry = this.leaves - 1; entry > 0; entry--) {
      this.update(entry);
    }
  }

  /** Whether anything changed, so that the entries above may as well. */
  private update(entry: number): boolean {
    const { free } = this;
    let changed = false;
    for (let offset = 0; offset < WIDTH; offset++) {
      const at = entry * WIDTH + offset;
      const left = 2 * entry * WIDTH + offset;
      const most = Math.max(free[left] ?? 0, free[left + WIDTH] ?? 0);
      changed ||= most !== free[at];
      free[at] = most;
    }
    return changed;
  }
}

/** The entry after all that are below this one, or 0 when there is none. */
function nextToTheRight(entry: number): number {
  let up = entry;
  while (up % 2 === 1) {
    up >>= 1;
  }
  return up === 0 ? 0 : up + 1;
}

function emptyNodes(entries: number, { cpu, memory, pods }: NodeCapacity): Float64Array {
  const free = new Float64Array(entries * WIDTH);
  for (let at = 0; at < free.length; at += WIDTH) {
    free[at] = cpu.millis;
    free[at + 1] = memory.bytes;
    free[at + 2] = pods;
  }
  return free;
}
