import type { Inventory } from "../../src/model/inventory";
import type { Workload } from "../../src/model/workload";
import { checkRules } from "../../src/placement/check";
import { ClusterIndex } from "../../src/placement/cluster-index";
import { inventory } from "./workloads";

/** What one rule finds in a workload, among the objects given. */
export function findingsOf(rule: string, workload: Workload, among: Partial<Inventory> = {}) {
  return checkRules(workload, new ClusterIndex(inventory(among))).filter((finding) => finding.rule === rule);
}

/** What was found, without the reason behind it. */
export function foundBy(rule: string, workload: Workload, among: Partial<Inventory> = {}): string[] {
  return findingsOf(rule, workload, among).map(({ severity, message }) => `${severity}: ${message.split("; ")[0]}`);
}
