import type { Problem } from "./problem";
import { describeWorkload, type Workload } from "./workload";

/**
 * `error`: the pod does not run there. `warning`: it runs, but not as written, or nobody has verified that it does.
 * `advice`: it runs, and something else would serve better.
 */
export const SEVERITIES = ["error", "warning", "advice"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that a rule found in a workload. */
export interface Finding {
  /** Id of the rule, which is the name of its page in docs/rules. */
  readonly rule: string;
  readonly severity: Severity;
  readonly workload: Workload;
  /** Where in the workload's object. */
  readonly at: Problem["at"];
  /** What was found and why it matters, in one sentence. */
  readonly message: string;
  /** What to change. */
  readonly fix: string;
}

/** Whether `severity` is `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** A finding in one line, with its place and its fix: `k8s/api.yaml:12: Deployment web/api: …; add a selector …`. */
export function describeFinding({ workload, at, message, fix }: Finding): string {
  const { file } = workload.source;
  return `${file}:${workload.source.lineOf(at)}: ${describeWorkload(workload)}: ${message}; ${fix}`;
}
