import {
  type Document,
  type ErrorCode,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  visit,
  type YAMLError,
} from "yaml";
import { quote } from "../model/problem";

/** What is wrong with YAML on one line of it. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** What to say of syntax errors: what the reader of the file must know that this folder cannot. */
export interface YamlWords {
  /** By code, such as why there may be only one document. */
  readonly byCode: Readonly<Partial<Record<ErrorCode, string>>>;
  /** Of every other one, from what the YAML library says. */
  readonly otherwise: (message: string) => string;
}

/**
 * Options of the YAML library with which `yamlProblems` finds what is wrong. Keys that stand twice are found here and not
 * by the library, which compares each key of a mapping with all others and takes minutes for a long one.
 */
export const YAML_OPTIONS = { prettyErrors: false, stringKeys: true, uniqueKeys: false } as const;

/** What is wrong with a file as YAML, each with its line: syntax, keys that stand twice, aliases that lead nowhere. */
export function yamlProblems(
  document: Document.Parsed,
  text: string,
  lines: LineCounter,
  words: YamlWords,
): LineProblem[] {
  const found = document.errors.map((error) => ({ offset: error.pos[0], message: describe(error, words) }));
  const repeated: OffsetProblem[] = [];
  addRepeatedKeys(document.contents, text, repeated);
  const errors = [...found, ...repeated].sort((a, b) => a.offset - b.offset);
  const problems = errors.length > 0 || !text.includes("*") ? errors : aliasProblems(document);
  return problems.map(({ offset, message }) => ({ line: lines.linePos(offset).line, message }));
}

/** The library takes time with the square of their number to resolve aliases, and no file needs as many. */
const MAX_ALIASES = 10_000;

/** Longest name or message that is shown whole, in characters. */
const MAX_SHOWN = 200;

function shortened(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

interface OffsetProblem {
  readonly offset: number;
  readonly message: string;
}

function describe({ code, message }: YAMLError, words: YamlWords): string {
  const own = code === "NON_STRING_KEY" ? "a key must be text, not a list or a mapping" : undefined;
  return words.byCode[code] ?? own ?? words.otherwise(shortened(message));
}

/** Walks by itself: the library's own walk keeps the way to each value, which takes most of its time. */
function addRepeatedKeys(node: unknown, text: string, problems: OffsetProblem[]): void {
  if (isSeq(node)) {
    for (const item of node.items) {
      addRepeatedKeys(item, text, problems);
    }
  } else if (isMap(node)) {
    for (const offset of repeatedKeys(node.items)) {
      const key = quote(shortened(keyAt(text, offset)));
      problems.push({ offset, message: `${key} is there twice in the same mapping; keep one` });
    }
    for (const { value } of node.items) {
      addRepeatedKeys(value, text, problems);
    }
  }
}

/** Offsets of keys that stand there before. "<<" takes the keys of another mapping, and may do so several times. */
function repeatedKeys(pairs: readonly Pair[]): number[] {
  const seen = new Set<unknown>();
  const offsets: number[] = [];
  for (const { key } of pairs) {
    if (!isScalar(key) || key.value === "<<") {
      continue;
    }
    if (seen.has(key.value)) {
      offsets.push(key.range?.[0] ?? 0);
    }
    seen.add(key.value);
  }
  return offsets;
}

function keyAt(text: string, start: number): string {
  const [key = ""] = /^("[^"]*"|'[^']*'|[^:\n]*)/.exec(text.slice(start)) ?? [];
  return key.trim().replaceAll(/^["']|["']$/g, "");
}

function aliasProblems(document: Document.Parsed): OffsetProblem[] {
  const problems: OffsetProblem[] = [];
  const anchors = new Map<string, Node>();
  let count = 0;
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const name = shortened(alias.source);
      const anchor = anchors.get(alias.source);
      const offset = alias.range?.[0] ?? 0;
      count += 1;
      if (count > MAX_ALIASES) {
        problems.push({
          offset,
          message: `there are more than ${MAX_ALIASES} aliases ("*name"); write the values out`,
        });
        return visit.BREAK;
      }
      if (anchor === undefined) {
        problems.push({
          offset,
          message: `the alias "*${name}" has no anchor "&${name}" before it; write the value out`,
        });
      } else if (ancestors.includes(anchor)) {
        problems.push({
          offset,
          message: `the alias "*${name}" stands within its own anchor "&${name}"; write the value out`,
        });
      }
      return undefined;
    },
    Value: (_key, node) => {
      if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return problems;
}
