import { asSentence, printable } from "./format";

/** A table of GitHub's Markdown; columns whose heading is in `right` are aligned to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<string> = new Set(),
): string {
  return [
    line(head.map(escapeMarkdown)),
    line(head.map((title) => (right.has(title) ? "---:" : "---"))),
    ...rows.map(line),
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** Sections with a blank line between them, and a line break at the end. */
export function joinSections(sections: readonly string[]): string {
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/**
 * Text from manifests as Markdown shows it, on one line: nothing of it is markup, closes a table's cell, mentions a user
 * or becomes HTML.
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_~|[\]#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Text as code: `shop.yaml:12`. Where it stands in a table its pipes are escaped, as GitHub wants it in code too. */
export function code(text: string): string {
  const shown = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const blank = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${blank}${shown}${blank}${fence}`;
}

/** Text as a sentence of its own. */
export function sentence(text: string): string {
  return escapeMarkdown(asSentence(text));
}
