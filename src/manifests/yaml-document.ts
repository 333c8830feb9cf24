import { type Document, isAlias, isMap, isNode, isSeq, LineCounter, type ScalarTag } from "yaml";
import { composeDocument } from "../yaml/compose-document";
import { type LineProblem, type YamlWords, yamlProblems } from "../yaml/yaml-problems";
import { lineAt, type RawDocument } from "./documents";
import { controlCharacter, expandsTooMuch, mergeOfNoMapping, nestedTooDeep, notYaml, yamlTooLarge } from "./errors";
import type { Parsed } from "./parsed";
import { withQuotedLinesIndented } from "./quoted-lines";
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

/** What YAML 1.1, and so Kubernetes, takes for true and false beside these words; single letters are left to be text. */
const YES_AND_NO: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/,
  resolve: (word) => /^(?:y|on)/i.test(word),
};

/**
 * Parses one YAML document as YAML 1.2, with the merge keys ("<<") and the words for true and false of YAML 1.1, which
 * Kubernetes' own parser follows.
 */
export function parseYaml(raw: RawDocument): Parsed {
  if (isCustomResourceDefinition(raw.text)) {
    return { value: CUSTOM_RESOURCE_DEFINITION, piece: wholePiece(raw), entries: [] };
  }
  const refused = textProblem(raw);
  if (refused !== undefined) {
    return { problems: [refused] };
  }
  try {
    return parsed(raw);
  } catch (error) {
    return { problems: [{ line: lineAt(raw, raw.content), message: describeFailure(error) }] };
  }
}

function parsed(written: RawDocument): Parsed {
  const { raw, document, lines } = composed(written);
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
}

/** A document as the library has it, and the text that it is of. */
interface Composed {
  readonly raw: RawDocument;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Characters that are parsed once more at most to make up for lines in quotes that are indented too little. */
const MAX_PARSED_AGAIN = 5e6;

function composed(raw: RawDocument): Composed {
  const first = compose(raw);
  let last = first;
  for (let left = MAX_PARSED_AGAIN; last.document.errors.length > 0 && left > 0; left -= raw.text.length) {
    const text = withQuotedLinesIndented(last.raw.text, last.document.errors);
    if (text === undefined) {
      return first;
    }
    last = compose({ ...raw, text });
  }
  return last.document.errors.length > 0 ? first : last;
}

function compose(raw: RawDocument): Composed {
  const lines = new LineCounter();
  const document = composeDocument(raw.text, lines, { merge: true, customTags: [YES_AND_NO] });
  if (document === undefined) {
    throw new RangeError(nestedTooDeep());
  }
  return { raw, document, lines };
}

const CUSTOM_RESOURCE_DEFINITION = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };

const TOP_LEVEL_KIND = /^kind:.*$/gm;
const TOP_LEVEL_VERSION = /^apiVersion:.*$/gm;

/**
 * Whether a document is the definition of a custom resource, told without parsing it. It makes no pods, is longer than
 * all else that people install, and is often generated with quoted text that only Kubernetes' own parser takes. A
 * document with a second object in it, whose marker is missing, is not.
 */
function isCustomResourceDefinition(text: string): boolean {
  if (!text.includes("CustomResourceDefinition") || text.includes("{{")) {
    return false;
  }
  const [kind, otherKind] = text.match(TOP_LEVEL_KIND) ?? [];
  const [version, otherVersion] = text.match(TOP_LEVEL_VERSION) ?? [];
  return (
    otherKind === undefined &&
    otherVersion === undefined &&
    /^kind:\s+CustomResourceDefinition\s*$/.test(kind ?? "") &&
    /^apiVersion:\s+apiextensions\.k8s\.io\/v1(?:beta1)?\s*$/.test(version ?? "")
  );
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
