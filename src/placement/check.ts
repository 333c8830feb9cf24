import { type Finding, SEVERITIES } from "../model/finding";
import { compareText } from "../model/order";
import type { Problem } from "../model/problem";
import type { Workload } from "../model/workload";
import type { ClusterIndex } from "./cluster-index";
import type { Rule, Violation } from "./rule";
import { RULES } from "./rules/index";

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}

/**
 * What speaks against running a workload's pods on EKS Fargate: the worst first, then by rule, then by path.
 */
export function checkRules(workload: Workload, cluster: ClusterIndex): Finding[] {
  const findings: Finding[] = [];
  for (const rule of RULES) {
    for (const violation of rule.check(workload, cluster)) {
      findings.push(toFinding(rule, violation, workload));
    }
  }
  return findings.sort(compareFindings);
}

function toFinding(rule: Rule, violation: Violation, workload: Workload): Finding {
  return {
    rule: rule.id,
    severity: violation.severity ?? rule.severity,
    workload,
    at: violation.at,
    message: `${violation.message}; ${violation.reason ?? rule.reason}`,
    fix: violation.fix ?? rule.fix,
  };
}

/** The order of findings: the worst first, then by rule, then as they stand in the manifest. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.rule, b.rule) ||
    comparePaths(a.at, b.at)
  );
}

/** Indices by their number, so that container 10 comes after container 2. */
function comparePaths(a: Problem["at"], b: Problem["at"]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index] ?? "", b[index] ?? ""];
    const order =
      typeof left === "number" && typeof right === "number" ? left - right : compareText(String(left), String(right));
    if (order !== 0) {
      return order;
    }
  }
  return a.length - b.length;
}
