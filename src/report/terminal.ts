import type { Severity } from "../model/finding";

/** Blanks between two columns. */
const GAP = 2;

/** Narrower than this nothing can be laid out; longer lines are left to the terminal. */
const MIN_COLUMNS = 40;

const CODES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof CODES;

export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", advice: "cyan" };

/** Colours text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export function painter(colors: boolean): Paint {
  return colors ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_, text) => text;
}

/** A column of a grid. */
export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
  /** Its part of the width that the columns of fixed width leave. @default - as wide as its widest cell */
  readonly share?: number;
}

/** The cells of a row, or one text over all columns. */
export type GridRow = readonly Cell[] | { readonly across: string; readonly indent: number };

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/**
 * Columns of text without rules, in all no wider than `columns` unless the fixed ones are. A library for tables would
 * lay them out too, but takes seconds for thousands of rows.
 */
export function grid(head: readonly Column[], rows: readonly GridRow[], columns: number, paint: Paint): string {
  const width = Math.max(columns, MIN_COLUMNS);
  const widths = columnWidths(head, rows, width);
  const titles = head.map(({ head: text }): Cell => ({ text, style: "dim" }));
  return [titles, ...rows]
    .flatMap((row) => ("across" in row ? spanning(row, width, paint) : cellLines(row, { head, widths, paint })))
    .join("\n");
}

function spanning({ across, indent }: { across: string; indent: number }, width: number, paint: Paint): string[] {
  return wrap(across, width - indent).map((line) => `${" ".repeat(indent)}${paint("dim", line)}`);
}

interface Layout {
  readonly head: readonly Column[];
  readonly widths: readonly number[];
  readonly paint: Paint;
}

/** The lines of a row: as many as its highest cell has. */
function cellLines(row: readonly Cell[], { head, widths, paint }: Layout): string[] {
  const cells = row.map(({ text }, index) => wrap(text, widths[index] ?? 0));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    let result = "";
    let blanks = 0;
    row.forEach(({ style }, index) => {
      const text = cells[index]?.[line] ?? "";
      const spare = Math.max(0, (widths[index] ?? 0) - text.length);
      const before = head[index]?.align === "right" ? spare : 0;
      if (text !== "") {
        result += " ".repeat(blanks + before) + (style === undefined ? text : paint(style, text));
        blanks = spare - before + GAP;
      } else {
        blanks += spare + GAP;
      }
    });
    return result;
  });
}

/** Columns without a share take what their widest line needs; the others share the rest, and take no more than they need. */
function columnWidths(head: readonly Column[], rows: readonly GridRow[], columns: number): number[] {
  const widths = head.map((column, index) => widest(column, index, rows));
  const shared = head
    .flatMap(({ share, head: title }, index) =>
      share === undefined ? [] : [{ index, share, need: widths[index] ?? 0, least: title.length }],
    )
    .sort((a, b) => a.need / a.share - b.need / b.share);
  const fixed = widths.filter((_, index) => head[index]?.share === undefined);
  let free = columns - GAP * (head.length - 1) - fixed.reduce((sum, width) => sum + width, 0);
  let shares = shared.reduce((sum, { share }) => sum + share, 0);
  for (const { index, share, need, least } of shared) {
    const width = Math.min(need, Math.max(least, Math.floor((free * share) / shares)));
    widths[index] = width;
    free -= width;
    shares -= share;
  }
  return widths;
}

function widest({ head }: Column, index: number, rows: readonly GridRow[]): number {
  let most = head.length;
  for (const row of rows) {
    const lines = "across" in row ? [] : (row[index]?.text.split("\n") ?? []);
    for (const { length } of lines) {
      most = Math.max(most, length);
    }
  }
  return most;
}

/** Lines of at most `width` characters, broken at blanks, and inside of words only where one is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(width, 1);
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, most));
}

function wrapParagraph(text: string, width: number): string[] {
  if (text.length <= width) {
    return [text];
  }
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    if (line === "") {
      line = word.text;
    } else if (line.length + word.text.length + (word.glued ? 0 : 1) <= width) {
      line += word.glued ? word.text : ` ${word.text}`;
    } else {
      lines.push(line);
      line = word.text;
    }
  }
  return [...lines, line];
}

/** A word; one that is longer than a line is cut behind its separators where it has some, like `/`. */
function pieces(word: string, width: number): { text: string; glued: boolean }[] {
  if (word.length <= width) {
    return [{ text: word, glued: false }];
  }
  const parts = word.match(/[^/,._:=-]*[/,._:=-]+|[^/,._:=-]+/g) ?? [word];
  return parts.flatMap((part) => slices(part, width)).map((text, index) => ({ text, glued: index > 0 }));
}

function slices(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, index) =>
    text.slice(index * width, (index + 1) * width),
  );
}

/** A text below `first`, each of its lines behind `indent`. */
export function hanging(text: string, columns: number, first: string, indent: string): string {
  return wrap(text, Math.max(columns, MIN_COLUMNS) - indent.length)
    .map((line, index) => `${index === 0 ? first : indent}${line}`)
    .join("\n");
}
