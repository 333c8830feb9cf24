import { type Document, isAlias, isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";
import { type LineProblem, YAML_OPTIONS, type YamlWords, yamlProblems } from "../yaml/yaml-problems";
import { lineAt, type RawDocument } from "./documents";
import { controlCharacter, expandsTooMuch, mergeOfNoMapping, nestedTooDeep, notYaml, yamlTooLarge } from "./errors";
import type { Parsed } from "./parsed";
import type { TextPiece } from "./text-piece";

const BYTES_PER_MEGABYTE = 1e6;

/**
 * Megabytes of one YAML document. The YAML library takes 13 s and 2.3 GB for a list of small mappings of 10 MB; etcd
 * takes requests of up to 1.5 MiB, so only Lists of many objects come near.
 *
 * @see https://etcd.io/docs/v3.5/dev-guide/limit/
 */
const MAX_MEGABYTES = 4;

/** Values that a document may have when each alias is counted as all that it stands for. */
const MAX_VALUES = 1_000_000;

/** The control characters that no YAML may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const WORDS: YamlWords = {
  byCode: {
    BAD_DIRECTIVE: 'this directive is not known; remove the line that begins with "%"',
    RESOURCE_EXHAUSTION: nestedTooDeep(),
    TAB_AS_INDENT: "tabs are not allowed as indentation; use spaces",
  },
  otherwise: notYaml,
};

/**
 * Parses one YAML document as YAML 1.2, with the merge keys ("<<") of YAML 1.1. Kubernetes' own parser follows YAML 1.1,
 * which differs in what only quotes make sure: it takes yes, no, on and off for true and false.
 */
export function parseYaml(raw: RawDocument): Parsed {
  const refused = textProblem(raw);
  if (refused !== undefined) {
    return { problems: [refused] };
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(raw.text, { ...YAML_OPTIONS, lineCounter: lines, merge: true });
    const malformed = yamlProblems(document, raw.text, lines, WORDS);
    if (malformed.length > 0) {
      return { problems: firstOfEach(malformed).map((problem) => shifted(problem, raw)) };
    }
    // The library shares what an alias stands for instead of copying it: what is limited is how often it is walked.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    if (raw.text.includes("*") && countValues(value) > MAX_VALUES) {
      return { problems: [{ line: lineAt(raw, raw.content), message: expandsTooMuch(MAX_VALUES) }] };
    }
    return { value, piece: wholePiece(raw), entries: entryPieces(document, raw, lines) };
  } catch (error) {
    return { problems: [{ line: lineAt(raw, raw.content), message: describeFailure(error) }] };
  }
}

function textProblem(raw: RawDocument): LineProblem | undefined {
  const { text } = raw;
  if (text.length > MAX_MEGABYTES * BYTES_PER_MEGABYTE) {
    const megabytes = (text.length / BYTES_PER_MEGABYTE).toFixed(1);
    return { line: lineAt(raw, raw.content), message: yamlTooLarge(megabytes, MAX_MEGABYTES) };
  }
  const control = CONTROL_CHARACTER.exec(text);
  return control === null
    ? undefined
    : { line: lineAt(raw, control.index), message: controlCharacter(control[0].charCodeAt(0)) };
}

/** One mistake makes the library stumble over all that follows on the line, and over every level of a nesting. */
function firstOfEach(problems: readonly LineProblem[]): LineProblem[] {
  const lines = new Set<number>();
  const messages = new Set<string>();
  return problems.filter(({ line, message }) => {
    const repeated = lines.has(line) || messages.has(message);
    lines.add(line);
    messages.add(message);
    return !repeated;
  });
}

function describeFailure(error: unknown): string {
  if (error instanceof RangeError) {
    return nestedTooDeep();
  }
  const reason = error instanceof Error ? error.message : String(error);
  return reason.startsWith("Merge sources") ? mergeOfNoMapping() : notYaml(reason);
}

function shifted({ line, message }: LineProblem, raw: RawDocument): LineProblem {
  return { line: line + raw.line - 1, message };
}

/** Number of values, those behind an alias counted each time. */
function countValues(value: unknown, known = new Map<object, number>()): number {
  if (typeof value !== "object" || value === null) {
    return 1;
  }
  const before = known.get(value);
  if (before !== undefined) {
    return before;
  }
  const count = Object.values(value).reduce((sum: number, inner) => sum + countValues(inner, known), 1);
  known.set(value, count);
  return count;
}

function wholePiece(raw: RawDocument): TextPiece {
  return { format: "yaml", text: raw.text, line: raw.line, contentLine: lineAt(raw, raw.content) };
}

function entryPieces(document: Document.Parsed, raw: RawDocument, lines: LineCounter): (TextPiece | undefined)[] {
  const { contents } = document;
  const list = isMap(contents) ? contents.get("items", true) : contents;
  return isSeq(list) ? list.items.map((item) => entryPiece(item, raw, lines)) : [];
}

/** The text of an entry, with blanks before its first line so that its lines are indented as they are in the list. */
function entryPiece(item: unknown, raw: RawDocument, lines: LineCounter): TextPiece | undefined {
  if (!isNode(item) || isAlias(item) || !item.range) {
    return undefined;
  }
  const [start, , end] = item.range;
  const { line, col } = lines.linePos(start);
  const first = raw.line + line - 1;
  return { format: "yaml", text: " ".repeat(col - 1) + raw.text.slice(start, end), line: first, contentLine: first };
}
