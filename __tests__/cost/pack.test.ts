import fc from "fast-check";
import type { NodeCapacity, PodGroup } from "../../src/cost/capacity";
import { type Assignment, pack } from "../../src/cost/pack";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

fc.configureGlobal({ seed: 20261121, numRuns: 100 });

function group(millis: number, bytes: number, count: number): PodGroup {
  return { cpu: Cpu.ofMillis(millis), memory: Memory.ofBytes(bytes), count };
}

function node(millis: number, bytes: number, pods: number): NodeCapacity {
  return { cpu: Cpu.ofMillis(millis), memory: Memory.ofBytes(bytes), pods };
}

// Small numbers collide often: ties, exact fits and pods that are too large all come up.
const groups = fc.array(
  fc.record({ millis: fc.nat(12), bytes: fc.nat(12), count: fc.nat(9) }).map((g) => group(g.millis, g.bytes, g.count)),
  { maxLength: 8 },
);
const nodes = fc
  .record({ millis: fc.nat(14), bytes: fc.nat(14), pods: fc.nat(6) })
  .map((n) => node(n.millis, n.bytes, n.pods));
const zoneCounts = fc.integer({ min: 1, max: 4 });

/** A second implementation, as the definition has it: one pod after the other, along the row of nodes. */
function packSlowly(all: readonly PodGroup[], capacity: NodeCapacity, zones: number) {
  const row: { millis: number; bytes: number; pods: number }[] = [];
  const onNode = new Map<string, number>();
  const fitsEmpty = ({ cpu, memory }: PodGroup) =>
    capacity.pods >= 1 && cpu.millis <= capacity.cpu.millis && memory.bytes <= capacity.memory.bytes;
  const partOf = ({ cpu, memory }: PodGroup) =>
    Math.max(
      cpu.millis === 0 ? 0 : cpu.millis / capacity.cpu.millis,
      memory.bytes === 0 ? 0 : memory.bytes / capacity.memory.bytes,
    );
  const order = all
    .map((each, index) => ({ each, index }))
    .filter(({ each }) => each.count > 0 && fitsEmpty(each))
    .sort((a, b) => partOf(b.each) - partOf(a.each) || a.index - b.index);
  for (const { each, index } of order) {
    const inZone = Array.from({ length: zones }, () => 0);
    for (let pod = 0; pod < each.count; pod++) {
      const fewest = Math.min(...inZone);
      for (let i = 0; ; i++) {
        row[i] ??= { millis: 0, bytes: 0, pods: 0 };
        const used = row[i] ?? { millis: 0, bytes: 0, pods: 0 };
        const zone = i % zones;
        if (
          inZone[zone] === fewest &&
          used.millis + each.cpu.millis <= capacity.cpu.millis &&
          used.bytes + each.memory.bytes <= capacity.memory.bytes &&
          used.pods < capacity.pods
        ) {
          row[i] = {
            millis: used.millis + each.cpu.millis,
            bytes: used.bytes + each.memory.bytes,
            pods: used.pods + 1,
          };
          inZone[zone] = fewest + 1;
          onNode.set(`${index}/${i}`, (onNode.get(`${index}/${i}`) ?? 0) + 1);
          break;
        }
      }
    }
  }
  return {
    nodes: row.findLastIndex(({ pods }) => pods > 0) + 1,
    onNode: Object.fromEntries([...onNode].sort()),
    tooLarge: all.flatMap((each, index) => (each.count > 0 && !fitsEmpty(each) ? [index] : [])),
  };
}

/** Pods by group and node, which assignments may name in several parts. */
function byNode(assignments: readonly Assignment[]) {
  const sums = new Map<string, number>();
  for (const { group: index, node: at, pods } of assignments) {
    sums.set(`${index}/${at}`, (sums.get(`${index}/${at}`) ?? 0) + pods);
  }
  return Object.fromEntries([...sums].sort());
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}

describe("pack", () => {
  test("agrees with taking one pod after the other along the row of nodes", () => {
    fc.assert(
      fc.property(groups, nodes, zoneCounts, (all, capacity, zones) => {
        const { nodes: count, assignments, tooLarge } = pack(all, capacity, zones);
        expect({ nodes: count, onNode: byNode(assignments), tooLarge }).toEqual(packSlowly(all, capacity, zones));
      }),
    );
  });

  test("no node has more than it holds, and every pod has a node or its group is too large", () => {
    fc.assert(
      fc.property(groups, nodes, zoneCounts, (all, capacity, zones) => {
        const { nodes: count, assignments, tooLarge } = pack(all, capacity, zones);
        const used = Array.from({ length: count }, (_, i) => {
          const here = assignments.filter((each) => each.node === i);
          return {
            pods: sum(here.map(({ pods }) => pods)),
            millis: sum(here.map(({ group: g, pods }) => pods * (all[g]?.cpu.millis ?? 0))),
            bytes: sum(here.map(({ group: g, pods }) => pods * (all[g]?.memory.bytes ?? 0))),
          };
        });
        const overfull = used.filter(
          ({ pods, millis, bytes }) =>
            pods > capacity.pods || millis > capacity.cpu.millis || bytes > capacity.memory.bytes,
        );
        expect(overfull).toEqual([]);
        const packed = all.map((_, index) =>
          sum(assignments.filter((each) => each.group === index).map((each) => each.pods)),
        );
        expect(packed).toEqual(all.map(({ count: pods }, index) => (tooLarge.includes(index) ? 0 : pods)));
      }),
    );
  });

  test("pods of a group differ by at most one between zones, and are on at least min(pods, zones) nodes", () => {
    fc.assert(
      fc.property(groups, nodes, zoneCounts, (all, capacity, zones) => {
        const { assignments, tooLarge } = pack(all, capacity, zones);
        for (const [index, { count }] of all.entries()) {
          const here = assignments.filter((each) => each.group === index);
          const inZones = Array.from({ length: zones }, (_, zone) =>
            sum(here.filter((each) => each.node % zones === zone).map(({ pods }) => pods)),
          );
          expect(Math.max(...inZones) - Math.min(...inZones)).toBeLessThanOrEqual(1);
          expect(new Set(here.map((each) => each.node)).size).toBeGreaterThanOrEqual(
            tooLarge.includes(index) ? 0 : Math.min(count, zones),
          );
        }
      }),
    );
  });

  test("there are at least as many nodes as the sums of CPU, memory and pods need", () => {
    fc.assert(
      fc.property(groups, nodes, zoneCounts, (all, capacity, zones) => {
        const packing = pack(all, capacity, zones);
        const packed = all.filter((_, index) => !packing.tooLarge.includes(index));
        expect(packing.nodes * capacity.cpu.millis).toBeGreaterThanOrEqual(
          sum(packed.map(({ cpu, count }) => cpu.millis * count)),
        );
        expect(packing.nodes * capacity.memory.bytes).toBeGreaterThanOrEqual(
          sum(packed.map(({ memory, count }) => memory.bytes * count)),
        );
        expect(packing.nodes * capacity.pods).toBeGreaterThanOrEqual(sum(packed.map(({ count }) => count)));
      }),
    );
  });

  test("larger pods go first, so that small ones fill what they leave", () => {
    // In the order given, the small ones would take the first node and leave no room for a large one on it.
    expect(pack([group(4, 0, 2), group(6, 0, 2)], node(10, 10, 10), 1)).toEqual({
      nodes: 2,
      assignments: [
        { group: 1, node: 0, pods: 1 },
        { group: 1, node: 1, pods: 1 },
        { group: 0, node: 0, pods: 1 },
        { group: 0, node: 1, pods: 1 },
      ],
      tooLarge: [],
    });
  });

  test("two replicas in three zones are on two nodes, though one node has room for both", () => {
    expect(pack([group(1, 1, 2)], node(10, 10, 10), 3)).toEqual({
      nodes: 2,
      assignments: [
        { group: 0, node: 0, pods: 1 },
        { group: 0, node: 1, pods: 1 },
      ],
      tooLarge: [],
    });
  });

  test("pods that request nothing are as many on a node as it takes pods", () => {
    expect(pack([group(0, 0, 7)], node(10, 10, 3), 1).nodes).toBe(3);
  });

  test("a pod that is exactly as large as a node fits", () => {
    expect(pack([group(10, 10, 1)], node(10, 10, 1), 1)).toMatchObject({ nodes: 1, tooLarge: [] });
  });

  test("groups of which no pod fits on an empty node are told, unless they have no pods", () => {
    expect(
      pack([group(11, 0, 1), group(0, 11, 1), group(11, 11, 0), group(1, 1, 1)], node(10, 10, 5), 1),
    ).toMatchObject({ nodes: 1, tooLarge: [0, 1] });
  });

  test("nodes that take no pods hold nothing", () => {
    expect(pack([group(0, 0, 1)], node(10, 10, 0), 1)).toEqual({ nodes: 0, assignments: [], tooLarge: [0] });
  });

  test("nothing to pack needs no nodes", () => {
    expect(pack([], node(10, 10, 5), 3)).toEqual({ nodes: 0, assignments: [], tooLarge: [] });
  });

  test("many nodes are found as soon as few", () => {
    const all = Array.from({ length: 200 }, (_, index) => group(1 + (index % 7), 1 + (index % 5), 20));
    const { nodes: count, assignments } = pack(all, node(16, 16, 8), 3);
    expect(sum(assignments.map(({ pods }) => pods))).toBe(4000);
    expect(count).toBe(packSlowly(all, node(16, 16, 8), 3).nodes);
  });

  test.each([0, -1, 1.5, Number.NaN])("%p zones are refused", (zones) => {
    expect(() => pack([], node(1, 1, 1), zones)).toThrow(
      `pods must be spread over a whole number of zones, 1 or more, got ${zones}`,
    );
  });
});
