import { type Finding, SEVERITIES, type Severity } from "../model/finding";
import type { Workload } from "../model/workload";
import type { FitReport } from "./report";

/** Findings that say the same about one workload, at one or several places. */
export interface FoldedFinding {
  readonly finding: Finding;
  /** From the first; each line once. */
  readonly lines: readonly number[];
}

/** What was found in one workload. */
export interface FindingGroup {
  readonly workload: Workload;
  readonly findings: readonly FoldedFinding[];
}

/** Every finding: of each workload in the order of the placements, those that no placement holds after its own. */
export function allFindings({ placements, extraFindings }: FitReport): Finding[] {
  const extras = groupBy(extraFindings, ({ workload }) => workload);
  const placed = new Set(placements.map(({ workload }) => workload));
  return [
    ...placements.flatMap(({ workload, findings }) => [...findings, ...(extras.get(workload) ?? [])]),
    ...extraFindings.filter(({ workload }) => !placed.has(workload)),
  ];
}

/** The findings by workload, the worst of each first; workloads without one are left out. */
export function findingGroups(report: FitReport): FindingGroup[] {
  const groups = groupBy(allFindings(report), ({ workload }) => workload);
  return [...groups].map(([workload, findings]) => ({ workload, findings: fold(findings) }));
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, advice: 0 };
  for (const { severity } of findings) {
    counts[severity]++;
  }
  return counts;
}

/** `shop.yaml:12`, `shop.yaml:12, 30, 44`. */
export function locations({ finding, lines }: FoldedFinding): string {
  return `${finding.workload.source.file}:${lines.join(", ")}`;
}

/** Page of a rule, from the project's root. */
export function rulePage(rule: string): string {
  return `docs/rules/${rule}.md`;
}

export function findingLine({ workload, at }: Finding): number {
  return workload.source.lineOf(at);
}

/** Lists by key, in the order in which the keys come up. */
export function groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

function fold(findings: readonly Finding[]): FoldedFinding[] {
  const same = groupBy(findings, ({ rule, severity, message, fix }) => JSON.stringify([severity, rule, message, fix]));
  return [...same.values()]
    .flatMap((group) => {
      const [finding] = group;
      return finding === undefined ? [] : [{ finding, lines: linesOf(group) }];
    })
    .sort((a, b) => SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity));
}

function linesOf(findings: readonly Finding[]): number[] {
  return [...new Set(findings.map(findingLine))].sort((a, b) => a - b);
}
