import { Composer, type CST, type Document, type LineCounter, Parser, YAMLParseError } from "yaml";
import { YAML_OPTIONS } from "./yaml-problems";

/**
 * Levels to which YAML may be nested. The library composes a document by recursion, and near the end of the stack V8 may
 * end the whole process instead of throwing. Objects of Kubernetes and settings have some ten levels.
 */
export const MAX_LEVELS = 200;

type Options = ConstructorParameters<typeof Composer>[0];

/**
 * Composes the one document of a text, with its syntax errors in it; what begins a second one is an error too.
 *
 * @param lines learns where the lines of the text begin
 * @returns `undefined` when mappings and lists stand within each other more than `MAX_LEVELS` deep
 */
export function composeDocument(text: string, lines: LineCounter, options: Options = {}): Document.Parsed | undefined {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (levelsOf(tokens) > MAX_LEVELS) {
    return undefined;
  }
  const composer = new Composer({ ...YAML_OPTIONS, ...options, lineCounter: lines });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (second !== undefined) {
    const [from, to] = second.range;
    document?.errors.push(new YAMLParseError([from, to], "MULTIPLE_DOCS", "a second document begins here"));
  }
  return document;
}

/** How many mappings and lists stand within each other, found out without recursion. */
function levelsOf(tokens: readonly CST.Token[]): number {
  const left: { token: CST.Token; above: number }[] = tokens.map((token) => ({ token, above: 0 }));
  const push = (token: CST.Token | null | undefined, above: number) => {
    if (token !== null && token !== undefined) {
      left.push({ token, above });
    }
  };
  let most = 0;
  for (let next = left.pop(); next !== undefined && most <= MAX_LEVELS; next = left.pop()) {
    const { token, above } = next;
    if (token.type === "document") {
      push(token.value, above);
    } else if ("items" in token) {
      most = Math.max(most, above + 1);
      for (const { key, value } of token.items) {
        push(key, above + 1);
        push(value, above + 1);
      }
    }
  }
  return most;
}
