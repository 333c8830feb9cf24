import type { FitReport } from "../../src/report/report";
import { source } from "../support/workloads";
import { costOf, shopReport } from "./shop";
import { PLACEMENTS } from "./shop-workloads";

export const SCRIPT_TAG = '<script>alert("1")</script>';
export const ESCAPE = "\u001b[31m";
export const OVERRIDE = "\u202e";

/** A report whose names, paths and messages try to be markup, or to command the terminal. */
export function hostileReport(): FitReport {
  const evil = `${SCRIPT_TAG}|\`*_[x](javascript:1)\n# ${ESCAPE}${OVERRIDE}"'&`;
  const [first, ...others] = PLACEMENTS;
  if (first === undefined) {
    throw new Error("the shop has no workload");
  }
  const workload = {
    ...first.workload,
    namespace: evil,
    name: evil,
    kind: evil,
    source: source({ file: `${evil}.yaml`, line: 7, lineOf: () => 7 }),
  };
  const finding = { rule: evil, severity: "error" as const, workload, at: ["spec", evil], message: evil, fix: evil };
  const profile = { key: evil, name: evil, hashed: false, selectors: [{ namespace: evil, labels: { [evil]: evil } }] };
  const selector = profile.selectors[0] ?? { namespace: evil };
  const placement = {
    ...first,
    workload,
    outcome: { kind: "fargate" as const, chosen: { profile, selector } },
    findings: [finding],
    fargateFindings: [finding],
  };
  const placements = [placement, ...others];
  const report = shopReport({ placements, cost: costOf(placements), extraFindings: [finding], generator: evil });
  return {
    ...report,
    target: { profiles: [profile], nodes: true, from: evil },
    inventory: { ...report.inventory, problems: [{ file: evil, document: 1, line: 1, message: evil }] },
  };
}
