import { SEVERITIES } from "../model/finding";
import type { Outcome } from "../placement/placement";
import { type FoldedFinding, findingGroups, locations, rulePage } from "./findings";
import { Footnotes } from "./footnotes";
import { ends, hourly, monthly, printable, UNKNOWN, workloadLabel } from "./format";
import { discountText, priceLines, targetText } from "./provenance";
import type { FitReport, TerminalLayout } from "./report";
import { describeWhere, shareText, type WorkloadRow, workloadRows } from "./rows";
import { costLine, countsLine, findingsLine, readLine, summarize, wasteLine } from "./summary";
import {
  type Cell,
  type Column,
  type GridRow,
  grid,
  hanging,
  type Paint,
  painter,
  SEVERITY_STYLE,
  type Style,
} from "./terminal";

/** From this width on, selector and requests have columns of their own; below it they stand on a second line. */
const WIDE = 130;

const PRICED_ELSEWHERE = "in parentheses: what it would cost on Fargate, where it does not run; not in the total";

const OUTCOME_STYLE: Readonly<Partial<Record<Outcome["kind"], Style>>> = { pending: "red", ambiguous: "yellow" };

/** The answer of `fit` for a terminal. Ends with a line break. */
export function fitTable(report: FitReport, { colors, columns }: TerminalLayout): string {
  const paint = painter(colors);
  const sections = [
    workloadSection(report, columns, paint),
    ...findingSection(report, columns, paint),
    ...problemSection(report, columns, paint),
    summarySection(report, columns, paint),
  ];
  return `${sections.join("\n\n")}\n`;
}

function workloadSection(report: FitReport, columns: number, paint: Paint): string {
  const footnotes = new Footnotes();
  const rows = workloadRows(report);
  if (rows.length === 0) {
    return "no workloads were found";
  }
  const table =
    columns >= WIDE
      ? grid(
          WIDE_COLUMNS,
          rows.map((row) => wideRow(row, footnotes)),
          columns,
          paint,
        )
      : grid(
          NARROW_COLUMNS,
          rows.flatMap((row) => narrowRows(row, footnotes)),
          columns,
          paint,
        );
  const remarks = [...footnotes.lines, ...(rows.some(isPricedElsewhere) ? [PRICED_ELSEWHERE] : [])];
  return [table, ...remarks.map((remark) => hanging(remark, columns, "", "    "))].join("\n");
}

const WIDE_COLUMNS: readonly Column[] = [
  { head: "WORKLOAD", share: 3 },
  { head: "PODS", align: "right" },
  { head: "WHERE", share: 4 },
  { head: "REQUESTED -> SIZE", share: 3 },
  { head: "WASTE", align: "right" },
  { head: "OF CPU", align: "right" },
  { head: "OF MEMORY", align: "right" },
  { head: "$/HOUR", align: "right" },
  { head: "$/MONTH", align: "right" },
];

const NARROW_COLUMNS: readonly Column[] = [
  { head: "WORKLOAD", share: 1 },
  { head: "PODS", align: "right" },
  { head: "SIZE" },
  { head: "WASTE", align: "right" },
  { head: "$/HOUR", align: "right" },
  { head: "$/MONTH", align: "right" },
];

function wideRow(row: WorkloadRow, footnotes: Footnotes): GridRow {
  const { label, pods, where, requested, size, waste } = row;
  return [
    { text: printable(label) },
    { text: pods },
    { text: printable(describeWhere(where)), ...styleOf(where.kind) },
    { text: `${requested} -> ${size ?? UNKNOWN}` },
    { text: shareText(waste.cost) },
    { text: shareText(waste.cpu) },
    { text: shareText(waste.memory) },
    ...moneyCells(row, footnotes),
  ];
}

/** Where the pods run and what they request stand below, over all columns. */
function narrowRows(row: WorkloadRow, footnotes: Footnotes): GridRow[] {
  const { label, pods, where, requested, size, waste } = row;
  return [
    [
      { text: printable(label), ...styleOf(where.kind) },
      { text: pods },
      { text: size ?? UNKNOWN },
      { text: shareText(waste.cost) },
      ...moneyCells(row, footnotes),
    ],
    { across: printable(describeWhere(where)), indent: 2 },
    { across: `requests ${requested}`, indent: 2 },
  ];
}

function styleOf(kind: Outcome["kind"]): Pick<Cell, "style"> {
  const style = OUTCOME_STYLE[kind];
  return style === undefined ? {} : { style };
}

/** Ranges on two lines, so that the columns stay narrow. */
function moneyCells({ cost, elsewhere, unpriced }: WorkloadRow, footnotes: Footnotes): Cell[] {
  const amounts = [
    { range: cost?.hour, format: hourly },
    { range: cost?.month, format: monthly },
  ];
  return amounts.map(({ range, format }) => {
    if (range === undefined) {
      return { text: unpriced === undefined ? UNKNOWN : `${UNKNOWN} ${footnotes.mark(unpriced)}` };
    }
    const text = ends(range, format).join(" -\n");
    return { text: elsewhere ? `(${text})` : text };
  });
}

function isPricedElsewhere({ elsewhere, cost }: WorkloadRow): boolean {
  return elsewhere && cost?.month !== undefined;
}

function findingSection(report: FitReport, columns: number, paint: Paint): string[] {
  const groups = findingGroups(report);
  return groups.length === 0
    ? []
    : [
        paint("bold", "FINDINGS"),
        ...groups.map(({ workload, findings }) =>
          [
            paint("bold", printable(workloadLabel(workload))),
            ...findings.map((each) => findingText(each, columns, paint)),
          ].join("\n"),
        ),
      ];
}

const SEVERITY_WIDTH = Math.max(...SEVERITIES.map(({ length }) => length));

function findingText(folded: FoldedFinding, columns: number, paint: Paint): string {
  const { rule, severity, message, fix } = folded.finding;
  const below = (text: string) => hanging(text, columns, "    ", "    ");
  return [
    `  ${paint(SEVERITY_STYLE[severity], severity.padEnd(SEVERITY_WIDTH))}  ${paint("bold", printable(rule))}  ${printable(locations(folded))}`,
    below(printable(message)),
    below(`fix: ${printable(fix)}`),
    below(`see ${printable(rulePage(rule))}`),
  ].join("\n");
}

function problemSection({ inventory }: FitReport, columns: number, paint: Paint): string[] {
  const { problems } = inventory;
  return problems.length === 0
    ? []
    : [
        [
          paint("bold", "NOT READ"),
          ...problems.flatMap(({ file, document, line, message }) => [
            `  ${paint("red", "error".padEnd(SEVERITY_WIDTH))}  ${printable(file)}${line === undefined ? "" : `:${line}`}${document === undefined ? "" : ` (document ${document})`}`,
            hanging(printable(message), columns, "    ", "    "),
          ]),
        ].join("\n"),
      ];
}

function summarySection(report: FitReport, columns: number, paint: Paint): string {
  const summary = summarize(report);
  const { cost, target } = report;
  const [firstPrice = "none", ...otherPrices] = priceLines(cost.prices);
  const lines: readonly (readonly [string, string])[] = [
    ["workloads", countsLine(summary)],
    ["cost", costLine(report)],
    ["waste", wasteLine(report)],
    ["findings", findingsLine(summary.findings)],
    ["read", `${readLine(report)}${summary.problems === 0 ? "" : `; ${summary.problems} not read`}`],
    ["profiles", targetText(target)],
    ["discounts", discountText(cost.discounts)],
    [`prices`, `${cost.region}, US dollars; ${firstPrice}`],
    ...otherPrices.map((text) => ["", text] as const),
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return [
    paint("bold", "SUMMARY"),
    ...lines.map(([name, text]) => hanging(printable(text), columns, `  ${name.padEnd(width)}`, " ".repeat(width + 2))),
  ].join("\n");
}
