import type { CapacityOption, Comparison, CostLine, NodePlan } from "../cost/cost";
import { discountsJson, pricesJson, rangeJson, SCHEMA_VERSION, toJson, unfitJson, workloadJson } from "./json";

/** The answer of `cost` as JSON. */
export function costJson(comparison: Comparison, generator: string): string {
  return toJson({ schemaVersion: SCHEMA_VERSION, kind: "cost", generator, ...comparisonJson(comparison) });
}

/** The comparison as a value of JSON. */
export function comparisonJson({
  region,
  compared,
  leftOut,
  options,
  prices,
  discounts,
  assumptions,
}: Comparison): object {
  return {
    region,
    compared: compared.map(workloadJson),
    leftOut: unfitJson(leftOut),
    options: options.map(optionJson),
    discounts: discountsJson(discounts),
    prices: pricesJson(prices),
    assumptions: [...assumptions],
  };
}

export function lineJson({ what, quantity, month, missing, note }: CostLine) {
  return { what, quantity: { ...quantity }, month: rangeJson(month), missingPrices: [...missing], note: note ?? null };
}

function optionJson({ id, title, compute, platform, month, leftOut, notes, nodes }: CapacityOption) {
  return {
    id,
    title,
    compute: compute.map(lineJson),
    platform: platform.map(lineJson),
    month: rangeJson(month),
    leftOut,
    notes: [...notes],
    nodes: nodes === undefined ? null : nodesJson(nodes),
  };
}

/** Shares are 0 to 1; `breakEven` may be more. */
function nodesJson({ instanceType, count, usable, cpuUse, memoryUse, breakEven, unfit }: NodePlan) {
  return {
    instanceType,
    count: { ...count },
    usable: { cpuMillis: usable.cpu.millis, memoryMib: usable.memory.mib, pods: usable.pods },
    cpuUse,
    memoryUse,
    breakEven: breakEven ?? null,
    unfit: unfitJson(unfit),
  };
}
