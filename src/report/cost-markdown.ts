import type { CapacityOption, Comparison, CostLine } from "../cost/cost";
import { monthly, plural, rangeText, workloadLabel } from "./format";
import { bullets, escapeMarkdown, joinSections, markdownTable, sentence } from "./markdown";
import { BREAK_EVEN, gaps, isComplete, lineText, missingText, optionNotes, optionRows } from "./options";
import { discountText, priceLines } from "./provenance";

const RIGHT = new Set(["$ per month", "Against the first", "Nodes", "Break-even"]);

/** The answer of `cost` in GitHub's Markdown. Ends with a line break. */
export function costMarkdown(comparison: Comparison): string {
  return joinSections([
    "# What the workloads cost",
    `${plural(comparison.compared.length, "workload")} compared in ${escapeMarkdown(comparison.region)}, for a month.`,
    optionTable(comparison),
    sentence(BREAK_EVEN),
    ...comparison.options.flatMap(optionSections),
    ...leftOutSections(comparison),
    "## Assumptions",
    bullets(comparison.assumptions.map(escapeMarkdown)),
    "## Prices",
    bullets([`discounts: ${discountText(comparison.discounts)}`, ...priceLines(comparison.prices)].map(escapeMarkdown)),
  ]);
}

/** The options, one a row. */
export function optionTable(comparison: Comparison): string {
  return markdownTable(
    ["Option", "$ per month", "Against the first", "Nodes", "Use", "Break-even"],
    optionRows(comparison).map(({ option, difference, nodes, use, breakEven }) =>
      [
        option.title,
        [
          isComplete(option) ? "" : "at least ",
          rangeText(option.month, monthly),
          ...gaps(option).map((gap) => `, ${gap}`),
        ].join(""),
        difference,
        nodes,
        use,
        breakEven,
      ].map(escapeMarkdown),
    ),
    RIGHT,
  );
}

function optionSections(option: CapacityOption): string[] {
  return [
    `## ${escapeMarkdown(option.title)}`,
    markdownTable(["Line", "$ per month", "Remark"], [...option.compute, ...option.platform].map(lineCells), RIGHT),
    bullets(optionNotes(option).map(escapeMarkdown)),
  ];
}

function lineCells(line: CostLine): string[] {
  const remarks = [missingText(line.missing), line.note ?? ""].filter((text) => text !== "");
  return [lineText(line), rangeText(line.month, monthly), remarks.join("; ")].map(escapeMarkdown);
}

function leftOutSections({ leftOut }: Comparison): string[] {
  return leftOut.length === 0
    ? []
    : [
        "## Not compared",
        bullets(leftOut.map(({ workload, reason }) => escapeMarkdown(`${workloadLabel(workload)}: ${reason}`))),
      ];
}
