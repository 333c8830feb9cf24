import type { WorkloadDecision } from "../cost/cost";
import { SEVERITIES, type Severity } from "../model/finding";
import { describeRule } from "./rule-descriptions";

/** A rule that speaks against where workloads run. */
export interface ObjectionRule {
  readonly rule: string;
  /** The worst of its findings. */
  readonly severity: Severity;
  /** The good state, in one short sentence. */
  readonly title: string;
  /** Why it should be met, in one sentence; empty when nobody says. */
  readonly reason: string;
  /** In how many workloads it finds something. */
  readonly workloads: number;
}

/** What speaks against where a workload runs, and the rules by their ids: `no profile takes its pods yet; burstable`. */
export function describeObjections({ against, findings, choice }: WorkloadDecision): string {
  const rules = choice === "fargate" ? [...new Set(findings.map(({ rule }) => rule))] : [];
  return [...against, ...(rules.length === 0 ? [] : [rules.join(", ")])].join("; ");
}

/** Each rule that speaks against where workloads run on Fargate: the worst first, then by id. */
export function objectionRules(decisions: readonly WorkloadDecision[]): ObjectionRule[] {
  const rules = new Map<string, { severity: Severity; of: Set<WorkloadDecision> }>();
  for (const decision of decisions.filter(({ choice }) => choice === "fargate")) {
    for (const { rule, severity } of decision.findings) {
      const known = rules.get(rule) ?? { severity, of: new Set() };
      known.of.add(decision);
      known.severity = SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.severity) ? severity : known.severity;
      rules.set(rule, known);
    }
  }
  return [...rules]
    .map(([rule, { severity, of }]) => {
      const { title, reason } = describeRule(rule);
      return { rule, severity, title, reason, workloads: of.size };
    })
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1));
}
