/** One document of a file, not parsed yet. */
export interface RawDocument {
  readonly file: string;
  /** Number of the document in the file, from 1; documents that hold nothing count too. */
  readonly document: number;
  readonly text: string;
  /** Line of the file on which the text begins, from 1. */
  readonly line: number;
  /** Offset in the text at which its content begins, after the marker, comments and directives. */
  readonly content: number;
}

/** A marker at the beginning of a line ends a document wherever it stands, also within quotes and block scalars. */
const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
const MARKER_LENGTH = 3;

/**
 * The documents of a YAML stream that hold anything, split where YAML splits them but without parsing, so that a broken
 * one does not hide the others. JSON is a stream of one document.
 *
 * @see https://yaml.org/spec/1.2.2/#92-streams
 */
export function splitDocuments(file: string, text: string): RawDocument[] {
  const documents: RawDocument[] = [];
  const lines = new LineCount(text);
  let number = 0;
  let start = 0;
  let marker: number | undefined;
  const close = (end: number): void => {
    const content = contentOffset(text, marker === undefined ? start : marker + MARKER_LENGTH, end);
    number += content !== undefined || marker !== undefined ? 1 : 0;
    if (content !== undefined) {
      const piece = { text: text.slice(start, end), line: lines.at(start), content: content - start };
      documents.push({ file, document: number, ...piece });
    }
  };
  for (const match of text.matchAll(MARKER)) {
    const at = match.index + match[0].length - MARKER_LENGTH;
    if (match[1] === "...") {
      close(at);
      start = nextLine(text, at);
      marker = undefined;
      continue;
    }
    // Comments and directives before the first marker belong to the document that it begins.
    if (marker !== undefined || contentOffset(text, start, at) !== undefined) {
      close(at);
      start = at;
    }
    marker = at;
  }
  close(text.length);
  return documents;
}

/** Line of the file on which an offset of a document's text is, from 1. */
export function lineAt({ text, line }: RawDocument, offset: number): number {
  const lines = new LineCount(text);
  return line + lines.at(offset) - 1;
}

/** Where between two offsets anything but comments, directives and blank lines begins, if anywhere. */
function contentOffset(text: string, from: number, to: number): number | undefined {
  for (let offset = from; offset < to; offset = nextLine(text, offset)) {
    const first = firstNonBlank(text, offset);
    const character = first < to ? text[first] : undefined;
    const directive = character === "%" && first === offset;
    if (character !== undefined && !"\r\n#".includes(character) && !directive) {
      return first;
    }
  }
  return undefined;
}

function firstNonBlank(text: string, from: number): number {
  let offset = from;
  while (text[offset] === " " || text[offset] === "\t") {
    offset += 1;
  }
  return offset;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** Counts lines from the beginning to ascending offsets, each character once. */
class LineCount {
  private offset = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  /** @param offset not before that of the last call */
  at(offset: number): number {
    for (let next = this.text.indexOf("\n", this.offset); next >= 0 && next < offset; ) {
      this.line += 1;
      this.offset = next + 1;
      next = this.text.indexOf("\n", this.offset);
    }
    return this.line;
  }
}
