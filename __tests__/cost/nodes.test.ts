import fc from "fast-check";
import { nodeShares, packOnNodes, useOf } from "../../src/cost/nodes";
import type { Placement } from "../../src/placement/placement";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";
import { Money } from "../../src/units/money";
import { nodeType, placed, replicas } from "./support";

fc.configureGlobal({ seed: 20261121, numRuns: 60 });

const NO_LOAD = { cpu: Cpu.ZERO, memory: Memory.ZERO, pods: 0 };
const M6I = nodeType("m6i.large");
const HUNDRED = Money.usd(100);

const placements = fc.array(
  fc
    .record({ millis: fc.nat(1930), mib: fc.nat(6903), min: fc.nat(5), more: fc.nat(5), index: fc.nat(1e6) })
    .map(({ millis, mib, min, more, index }) =>
      placed({ cpu: `${millis}m`, memory: `${mib}Mi` }, { ...replicas(min, min + more), name: `w${index}` }),
    ),
  { minLength: 1, maxLength: 10 },
);

/** The shares at the fewest replicas, to the cent. */
function shares(all: readonly Placement[], usable = packOnNodes(all, M6I, NO_LOAD, 1).usable) {
  return [...nodeShares(all, usable, HUNDRED).values()].map((share) => share.toFixed(2));
}

describe("shares of nodes", () => {
  test("are by requests: three times the CPU bears three times as much", () => {
    expect(shares([placed({ cpu: "300m" }), placed({ cpu: "100m" })])).toEqual(["75.00", "25.00"]);
  });

  test("are by the number of pods", () => {
    expect(shares([placed({ cpu: "300m" }, replicas(3)), placed({ cpu: "300m" })])).toEqual(["75.00", "25.00"]);
  });

  test("go by the resource of which a pod takes the largest part of a node", () => {
    // Half of the CPU and a tenth of the memory bears as much as a tenth of the CPU and half of the memory.
    expect(shares([placed({ cpu: "965m", memory: "690Mi" }), placed({ cpu: "193m", memory: "3451.5Mi" })])).toEqual([
      "50.00",
      "50.00",
    ]);
  });

  test("of a pod that requests nothing are its place among the pods of a node", () => {
    // One of 29 places, beside 28 / 29 of the CPU.
    expect(shares([placed({}), placed({ cpu: "965m" }, replicas(2))])).toEqual(["3.33", "96.67"]);
  });

  test("of a workload without pods are nothing, also where DaemonSets take all of the CPU", () => {
    const usable = { cpu: Cpu.ZERO, memory: Memory.ofGib(1), pods: 5 };
    expect(shares([placed({ cpu: "1" }, replicas(0)), placed({})], usable)).toEqual(["0.00", "100.00"]);
  });

  test("add up to the whole", () => {
    fc.assert(
      fc.property(placements, (all) => {
        const { packed, usable } = packOnNodes(all, M6I, NO_LOAD, 2);
        const values = [...nodeShares(packed, usable, HUNDRED).values()];
        const any = packed.some(({ workload }) => workload.replicas.min > 0);
        expect(Money.sum(values).toFixed(9)).toBe(any ? "100.000000000" : "0.000000000");
      }),
    );
  });
});

describe("packOnNodes", () => {
  test("uses no more than there is, and has at least a node in each zone", () => {
    fc.assert(
      fc.property(placements, fc.integer({ min: 1, max: 4 }), (all, zones) => {
        const nodes = packOnNodes(all, M6I, NO_LOAD, zones);
        const use = useOf(nodes);
        expect(Math.max(use.cpu, use.memory)).toBeLessThanOrEqual(1);
        const running = all.some(({ workload }) => workload.replicas.min > 0);
        expect(nodes.count.min).toBeGreaterThanOrEqual(running ? zones : 0);
      }),
    );
  });

  test("finds every pod too large when DaemonSets take the whole node", () => {
    const all = [placed({ cpu: "1m" })];
    const load = { cpu: Cpu.ofVcpu(4), memory: Memory.ZERO, pods: 40 };
    expect(packOnNodes(all, M6I, load, 1)).toMatchObject({
      count: { min: 0, max: 0 },
      packed: [],
      unfit: [{ workload: all[0]?.workload, reason: "DaemonSets leave no place for another pod" }],
      usable: { cpu: { millis: 0 }, pods: 0 },
    });
  });
});
