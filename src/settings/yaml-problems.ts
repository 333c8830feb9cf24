import { type Document, isAlias, type LineCounter, type Node, visit, type YAMLError } from "yaml";
import { quote } from "../model/problem";

/** What is wrong with a file as YAML, each with its line: syntax, keys that stand twice, aliases that lead nowhere. */
export function yamlProblems(document: Document.Parsed, text: string, lines: LineCounter): string[] {
  const errors = document.errors.map((error) => at(error.pos[0], describe(error, text), lines));
  return errors.length > 0 ? errors : aliasProblems(document, lines);
}

function at(offset: number, message: string, lines: LineCounter): string {
  return `line ${lines.linePos(offset).line}: ${message}`;
}

function describe({ code, message, pos: [start] }: YAMLError, text: string): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return `${quote(keyAt(text, start))} is there twice in the same mapping; keep one`;
    case "MULTIPLE_DOCS":
      return 'a second document begins here; remove "---", and keep each environment in a file of its own';
    case "NON_STRING_KEY":
      return "a key must be text, not a list or a mapping";
    default:
      return message;
  }
}

function keyAt(text: string, start: number): string {
  const [key = ""] = /^("[^"]*"|'[^']*'|[^:\n]*)/.exec(text.slice(start)) ?? [];
  return key.trim().replaceAll(/^["']|["']$/g, "");
}

function aliasProblems(document: Document.Parsed, lines: LineCounter): string[] {
  const problems: string[] = [];
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const anchor: Node | undefined = alias.resolve(document);
      const name = alias.source;
      const start = alias.range?.[0] ?? 0;
      if (anchor === undefined || isAlias(anchor)) {
        problems.push(at(start, `the alias "*${name}" has no anchor "&${name}" before it; write the value out`, lines));
      } else if (ancestors.includes(anchor)) {
        problems.push(
          at(start, `the alias "*${name}" stands within its own anchor "&${name}"; write the value out`, lines),
        );
      }
    },
  });
  return problems;
}
