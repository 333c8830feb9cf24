import { type FoldedFinding, findingGroups, locations, rulePage } from "./findings";
import { Footnotes } from "./footnotes";
import { hourly, monthly, rangeText, UNKNOWN, workloadLabel } from "./format";
import { bullets, code, escapeMarkdown, joinSections, markdownTable, sentence } from "./markdown";
import { discountText, priceLines, targetText } from "./provenance";
import type { FitReport } from "./report";
import { describeWhere, shareText, type WorkloadRow, workloadRows } from "./rows";
import { costLine, countsLine, findingsLine, headline, readLine, summarize, wasteLine } from "./summary";

const HEAD = [
  "Workload",
  "Pods",
  "Where",
  "Requested",
  "Size",
  "Waste",
  "of CPU",
  "of memory",
  "$ per hour",
  "$ per month",
];
const RIGHT = new Set(["Pods", "Waste", "of CPU", "of memory", "$ per hour", "$ per month"]);

/** The answer of `fit` in GitHub's Markdown, as a comment of a pull request takes it. Ends with a line break. */
export function fitMarkdown(report: FitReport): string {
  const summary = summarize(report);
  return joinSections([
    "# Fit for Fargate",
    sentence(headline(report)),
    ...workloadSections(report),
    ...findingSections(report),
    ...problemSections(report),
    "## Summary",
    bullets([
      countsLine(summary),
      costLine(report),
      wasteLine(report),
      `findings: ${findingsLine(summary.findings)}`,
      `read: ${readLine(report)}`,
      `profiles: ${escapeMarkdown(targetText(report.target))}`,
      `discounts: ${discountText(report.cost.discounts)}`,
    ]),
    `## Prices of ${escapeMarkdown(report.cost.region)}`,
    bullets(priceLines(report.cost.prices).map(escapeMarkdown)),
    `Made by ${escapeMarkdown(report.generator)}.`,
  ]);
}

function workloadSections(report: FitReport): string[] {
  const footnotes = new Footnotes();
  const rows = workloadRows(report);
  if (rows.length === 0) {
    return [];
  }
  const table = markdownTable(
    HEAD,
    rows.map((row) => cellsOf(row, footnotes)),
    RIGHT,
  );
  const remarks = [
    ...footnotes.lines,
    ...(rows.some(({ elsewhere, cost }) => elsewhere && cost?.month !== undefined)
      ? ["In parentheses: what it would cost on Fargate, where it does not run; not in the total."]
      : []),
  ];
  return ["## Workloads", table, remarks.map(escapeMarkdown).join("  \n")];
}

function cellsOf(row: WorkloadRow, footnotes: Footnotes): string[] {
  const { label, pods, where, requested, size, waste, cost, elsewhere, unpriced } = row;
  const money = [rangeText(cost?.hour, hourly), rangeText(cost?.month, monthly)].map((text) => {
    if (text === UNKNOWN) {
      return unpriced === undefined ? UNKNOWN : `${UNKNOWN} ${footnotes.mark(unpriced)}`;
    }
    return elsewhere ? `(${text})` : text;
  });
  const shares = [waste.cost, waste.cpu, waste.memory].map(shareText);
  return [label, pods, describeWhere(where), requested, size ?? UNKNOWN, ...shares, ...money].map(escapeMarkdown);
}

function findingSections(report: FitReport): string[] {
  const groups = findingGroups(report);
  return groups.length === 0
    ? []
    : [
        "## Findings",
        ...groups.flatMap(({ workload, findings }) => [
          `### ${escapeMarkdown(workloadLabel(workload))}`,
          bullets(findings.map(findingItem)),
        ]),
      ];
}

function findingItem(folded: FoldedFinding): string {
  const { severity, rule, message, fix } = folded.finding;
  return [
    `**${severity}** [${escapeMarkdown(rule)}](${encodeURI(rulePage(rule))}) at ${code(locations(folded))}: ${escapeMarkdown(message)}`,
    `Fix: ${escapeMarkdown(fix)}`,
  ].join("  \n  ");
}

function problemSections({ inventory }: FitReport): string[] {
  return inventory.problems.length === 0
    ? []
    : [
        "## Not read",
        bullets(
          inventory.problems.map(
            ({ file, document, line, message }) =>
              `${code(`${file}${line === undefined ? "" : `:${line}`}`)}${document === undefined ? "" : ` (document ${document})`}: ${escapeMarkdown(message)}`,
          ),
        ),
      ];
}
