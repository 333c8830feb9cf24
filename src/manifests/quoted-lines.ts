import type { YAMLError } from "yaml";

/** How the YAML library says that a quoted text ends where a line of it is indented less than YAML 1.2 asks for. */
const CUT_OFF = /^Missing closing (['"])quote/;

/** More than any line is indented. In quotes the blanks at the beginning of a line count for nothing. */
const INDENTATION = " ".repeat(100);

/**
 * A text in which the lines of one quoted text are indented more, when it ended too early for want of that: JSON in an
 * annotation is often written so. YAML 1.1 and so Kubernetes let lines in quotes begin anywhere. `undefined` when no
 * quoted text ended early, or it never ends.
 */
export function withQuotedLinesIndented(text: string, errors: readonly YAMLError[]): string | undefined {
  for (const { message, pos } of errors) {
    const [, quote] = CUT_OFF.exec(message) ?? [];
    if (quote !== undefined) {
      const [start] = pos;
      const end = closingQuote(text, quote, start);
      const inside = text.slice(start, end);
      return end === undefined || !inside.includes("\n")
        ? undefined
        : text.slice(0, start) + inside.replaceAll("\n", `\n${INDENTATION}`) + text.slice(end);
    }
  }
  return undefined;
}

/** Offset of the first quote that is not escaped. */
function closingQuote(text: string, quote: string, from: number): number | undefined {
  const token = quote === "'" ? /''|'/g : /\\.|"/gs;
  token.lastIndex = from;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === quote) {
      return match.index;
    }
  }
  return undefined;
}
