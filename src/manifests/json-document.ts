import { printParseErrorCode, visit } from "jsonc-parser";
import { quote } from "../model/problem";
import type { LineProblem } from "../yaml/yaml-problems";
import { lineAt, type RawDocument } from "./documents";
import { nestedTooDeep, notJson } from "./errors";
import type { Parsed } from "./parsed";
import type { TextPiece } from "./text-piece";

/** Levels of lists and mappings that a document may have; the deepest definitions of custom resources have about 60. */
const MAX_DEPTH = 1000;

/** What is wrong, by the code of the JSON library, and what to do. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value must be text in double quotes, a number, true, false, null, "[" or "{"',
  InvalidNumberFormat: "a number is malformed; write it in digits, like 1.5",
  PropertyNameExpected: "the name of a property must come here, in double quotes; remove a comma before it",
  ValueExpected: "a value must come here; add it, or remove the comma before it",
  ColonExpected: 'a ":" must come here, between a name and its value',
  CommaExpected: 'a "," must come here, between two values',
  CloseBraceExpected: 'a "}" must come here; the text may be cut off',
  CloseBracketExpected: 'a "]" must come here; the text may be cut off',
  EndOfFileExpected: "the value ends before this; remove what follows it",
  InvalidCommentToken: "JSON has no comments; remove it",
  UnexpectedEndOfComment: "JSON has no comments; remove it",
  UnexpectedEndOfString: "a text has no closing quote on its line; add it",
  UnexpectedEndOfNumber: "a number is cut off; write all of its digits",
  InvalidUnicode: "an escape must be four hexadecimal digits, like \\u0041",
  InvalidEscapeCharacter: 'an escape is not known; write a backslash as "\\\\"',
  InvalidCharacter: "a text holds a control character; write it as an escape, like \\t",
};

/** Whether the content of a document begins as JSON does, and as YAML in flow style does. */
export function beginsLikeJson({ text, content }: RawDocument): boolean {
  return text[content] === "{" || text[content] === "[";
}

/**
 * The documents with those apart that hold several JSON values one after the other, as `kubectl` and `jq` write them.
 * The numbers of the documents behind them grow.
 */
export function splitJsonValues(documents: readonly RawDocument[]): RawDocument[] {
  let added = 0;
  return documents.flatMap((raw) => {
    const several = beginsLikeJson(raw) && !beginsLikeTemplate(raw) && SEVERAL.test(raw.text);
    const starts = several ? valueStarts(raw) : [raw.content];
    const values = starts.map((start, index) => ({
      file: raw.file,
      document: raw.document + added + index,
      text: starts.length === 1 ? raw.text : raw.text.slice(start, starts[index + 1]),
      line: starts.length === 1 ? raw.line : lineAt(raw, start),
      content: starts.length === 1 ? raw.content : 0,
    }));
    added += starts.length - 1;
    return values;
  });
}

/** Whether it begins with an action of a template, such as `{{- if .Values.on }}`; no JSON does. */
function beginsLikeTemplate({ text, content }: RawDocument): boolean {
  return text.startsWith("{{", content);
}

/** What stands between two values, and nowhere within one but in text. */
const SEVERAL = /[}\]]\s*[{[]/;

const BRACKET_OR_TEXT = /"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g;

function valueStarts({ text, content }: RawDocument): number[] {
  const starts: number[] = [];
  let depth = 0;
  BRACKET_OR_TEXT.lastIndex = content;
  for (let match = BRACKET_OR_TEXT.exec(text); match !== null; match = BRACKET_OR_TEXT.exec(text)) {
    const [token] = match;
    if (token === "{" || token === "[") {
      if (depth === 0) {
        starts.push(match.index);
      }
      depth += 1;
    } else if (token === "}" || token === "]") {
      depth -= depth > 0 ? 1 : 0;
    }
  }
  return starts;
}

/** What begins so is meant as JSON, and not as YAML in flow style. */
const JSON_START = /^(?:\[\s*[[{]\s*)?[[{]\s*["}\]]/;

/** A value, or why there is none, and whether the text may all the same be YAML in flow style, or looks as if it were. */
type ParsedJson = Parsed & { readonly yaml?: "possible" | "likely" };

/** Parses one JSON value, of any size. */
export function parseJson(raw: RawDocument): ParsedJson {
  const text = raw.text.slice(raw.content);
  const line = lineAt(raw, raw.content);
  const walk = new JsonWalk(text, line);
  if (!walkJson(text, walk)) {
    return { problems: [{ line, message: nestedTooDeep() }] };
  }
  const { malformed, repeated, entries } = walk;
  if (malformed.length > 0 || repeated.length > 0) {
    const problems = [...repeated, ...malformed.slice(0, 1)].sort((a, b) => a.line - b.line);
    const isJson = raw.file.endsWith(".json") || JSON_START.test(text);
    return { problems, ...(malformed.length === 0 ? {} : { yaml: isJson ? "possible" : "likely" }) };
  }
  try {
    const value: unknown = JSON.parse(text);
    return { value, piece: { format: "json", text, line, contentLine: line }, entries };
  } catch (error) {
    return { problems: [{ line, message: notJson(String(error instanceof Error ? error.message : error)) }] };
  }
}

class TooDeep extends Error {}

/** Whether the text could be walked through; one that is nested too deep cannot. */
function walkJson(text: string, walk: JsonWalk): boolean {
  try {
    visit(
      text,
      {
        onObjectBegin: (offset, _length, line) => walk.begin({ keys: new Set() }, offset, line),
        onArrayBegin: (offset, _length, line) => walk.begin({}, offset, line),
        onObjectEnd: (offset, length) => walk.end(offset + length),
        onArrayEnd: (offset, length) => walk.end(offset + length),
        onLiteralValue: (_value, offset, length, line) => walk.literal(offset, offset + length, line),
        onObjectProperty: (key, _offset, _length, line) => walk.property(key, line),
        onError: (code, _offset, _length, line) => walk.error(printParseErrorCode(code), line),
      },
      { disallowComments: true },
    );
    return true;
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}

/** A list, or a mapping with the keys that it has so far, that is open. */
interface Level {
  readonly keys?: Set<string>;
  lastKey?: string;
}

/** What is learnt on the way through a JSON text from its beginning to its end. */
class JsonWalk {
  readonly entries: TextPiece[] = [];
  readonly repeated: LineProblem[] = [];
  /** One mistake makes the library stumble over all that follows: only the first counts. */
  readonly malformed: LineProblem[] = [];
  private readonly levels: Level[] = [];
  private entry: { readonly start: number; readonly line: number } | undefined;

  constructor(
    private readonly text: string,
    private readonly firstLine: number,
  ) {}

  begin(level: Level, offset: number, line: number): void {
    if (this.isAtEntry()) {
      this.entry = { start: offset, line };
    }
    if (this.levels.push(level) > MAX_DEPTH) {
      throw new TooDeep();
    }
  }

  end(offset: number): void {
    this.levels.pop();
    if (this.entry !== undefined && this.isAtEntry()) {
      this.literal(this.entry.start, offset, this.entry.line);
    }
  }

  literal(start: number, end: number, line: number): void {
    if (this.isAtEntry()) {
      const first = this.firstLine + line;
      this.entries.push({ format: "json", text: this.text.slice(start, end), line: first, contentLine: first });
    }
  }

  property(key: string, line: number): void {
    const level = this.levels.at(-1);
    if (level?.keys?.has(key)) {
      const message = `${quote(key)} is there twice in the same mapping; keep one`;
      this.repeated.push({ line: this.firstLine + line, message });
    }
    if (level !== undefined) {
      level.keys?.add(key);
      level.lastKey = key;
    }
  }

  error(code: string, line: number): void {
    this.malformed.push({ line: this.firstLine + line, message: notJson(WORDS[code] ?? code) });
  }

  /** Whether an entry of the outermost list, or of 'items' of the outermost mapping, begins here or has ended. */
  private isAtEntry(): boolean {
    const [outermost, list] = this.levels;
    return this.levels.length === 1
      ? outermost?.keys === undefined
      : this.levels.length === 2 && outermost?.lastKey === "items" && list?.keys === undefined;
  }
}
