/** One measured figure, and what it is held against. */
export interface Comparison {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "MB" | "s";
  /** The figure divided by the floor of the same run. */
  readonly ratio?: number;
  /** Largest ratio, or largest value where there is no ratio, that is promised. */
  readonly limit?: number;
  readonly kept?: boolean;
}

/** A figure in milliseconds against its floor. */
export function compare(name: string, value: number, floor: number, limit: number): Comparison {
  const ratio = value / floor;
  return { name, value, unit: "ms", ratio, limit, kept: ratio <= limit };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function renderTable(figures: readonly Comparison[]): string {
  const rows = figures.map(({ name, value, unit, ratio, limit, kept }) => [
    name,
    `${unit === "s" ? value.toFixed(2) : Math.round(value)} ${unit}`,
    ratio === undefined ? "" : `${ratio.toFixed(2)} x`,
    limit === undefined ? "" : `at most ${limit} ${ratio === undefined ? unit : "x"}`,
    kept === undefined ? "" : kept ? "kept" : "NOT KEPT",
  ]);
  const all = [["figure", "measured", "ratio", "promise", ""], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
