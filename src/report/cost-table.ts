import type { CapacityOption, Comparison, CostLine } from "../cost/cost";
import { Footnotes } from "./footnotes";
import { ends, monthly, plural, printable, UNKNOWN, workloadLabel } from "./format";
import { BREAK_EVEN, gaps, lineText, missingText, type OptionRow, optionNotes, optionRows } from "./options";
import { discountText, priceLines } from "./provenance";
import type { TerminalLayout } from "./report";
import { type Cell, type Column, type GridRow, grid, hanging, type Paint, painter } from "./terminal";

const COLUMNS: readonly Column[] = [
  { head: "OPTION", share: 1 },
  { head: "$/MONTH", align: "right" },
  { head: "VS FIRST", align: "right" },
  { head: "NODES", align: "right" },
  { head: "USE" },
  { head: "BREAK-EVEN", align: "right" },
];

const LINE_COLUMNS: readonly Column[] = [
  { head: "LINE", share: 2 },
  { head: "$/MONTH", align: "right" },
  { head: "REMARK", share: 2 },
];

/** The answer of `cost` for a terminal. Ends with a line break. */
export function costTable(comparison: Comparison, { colors, columns }: TerminalLayout): string {
  const paint = painter(colors);
  const sections = [
    optionSection(comparison, columns, paint),
    ...comparison.options.map((option) => linesSection(option, columns, paint)),
    ...leftOutSection(comparison, columns, paint),
    listSection("ASSUMPTIONS", comparison.assumptions, columns, paint),
    listSection(
      "PRICES",
      [
        `${comparison.region}, US dollars`,
        `discounts: ${discountText(comparison.discounts)}`,
        ...priceLines(comparison.prices),
      ],
      columns,
      paint,
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

function optionSection(comparison: Comparison, columns: number, paint: Paint): string {
  const footnotes = new Footnotes();
  const rows = optionRows(comparison);
  const first = comparison.options[0]?.title;
  const remarks = () => [
    ...footnotes.lines,
    ...(first === undefined ? [] : [`vs first: compared with ${first}, at the fewest replicas`]),
    ...(rows.some(({ nodes }) => nodes !== "") ? [BREAK_EVEN] : []),
  ];
  return [
    paint("bold", `${plural(comparison.compared.length, "workload")} compared, for a month`),
    grid(
      COLUMNS,
      rows.map((row) => optionCells(row, footnotes)),
      columns,
      paint,
    ),
    ...remarks().map((remark) => hanging(printable(remark), columns, "", "    ")),
  ].join("\n");
}

function optionCells({ option, difference, nodes, use, breakEven }: OptionRow, footnotes: Footnotes): GridRow {
  const marks = gaps(option).map((gap) => ` ${footnotes.mark(gap)}`);
  return [
    { text: printable(option.title) },
    { text: `${ends(option.month, monthly).join(" -\n")}${marks.join("")}` },
    { text: difference },
    { text: nodes },
    { text: use.replace(", ", ",\n") },
    { text: breakEven },
  ];
}

function linesSection(option: CapacityOption, columns: number, paint: Paint): string {
  const rows = [...option.compute, ...option.platform].map(lineCells);
  return [
    paint("bold", printable(option.title)),
    grid(LINE_COLUMNS, rows, columns, paint),
    ...optionNotes(option).map((note) => hanging(printable(note), columns, "", "    ")),
  ].join("\n");
}

function lineCells(line: CostLine): Cell[] {
  const remarks = [missingText(line.missing), line.note ?? ""].filter((text) => text !== "");
  return [
    { text: printable(lineText(line)) },
    { text: line.month === undefined ? UNKNOWN : ends(line.month, monthly).join(" -\n") },
    { text: printable(remarks.join("; ")) },
  ];
}

function leftOutSection({ leftOut }: Comparison, columns: number, paint: Paint): string[] {
  return leftOut.length === 0
    ? []
    : [
        listSection(
          "NOT COMPARED",
          leftOut.map(({ workload, reason }) => `${workloadLabel(workload)}: ${reason}`),
          columns,
          paint,
        ),
      ];
}

function listSection(title: string, items: readonly string[], columns: number, paint: Paint): string {
  return [paint("bold", title), ...items.map((item) => hanging(printable(item), columns, "  ", "    "))].join("\n");
}
