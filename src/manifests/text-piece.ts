import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { Problem } from "../model/problem";
import { YAML_OPTIONS } from "../yaml/yaml-problems";

type Path = Problem["at"];

/** A piece of a file's text that is one value of YAML or JSON by itself. */
export interface TextPiece {
  readonly format: "yaml" | "json";
  readonly text: string;
  /** Line of the file on which the text begins, from 1. */
  readonly line: number;
  /** Line of the file on which the value begins, behind comments and the like. */
  readonly contentLine: number;
}

/**
 * Finds lines of values by parsing the text once more when somebody asks: parsed documents with all their places take a
 * hundred times the memory of their text, and few of them have anything to be told about. The last one is kept, as
 * questions about one object come together.
 */
export class LineFinder {
  private last: { readonly piece: TextPiece; readonly offsetOf: OffsetOf; readonly lines: LineStarts } | undefined;

  /** Line in the file of the value at a path of the piece, or of the nearest value around it, from 1. */
  lineOf(piece: TextPiece, at: Path): number {
    if (this.last?.piece !== piece) {
      const offsetOf = piece.format === "json" ? jsonOffsets(piece.text) : yamlOffsets(piece.text);
      this.last = { piece, offsetOf, lines: new LineStarts(piece.text) };
    }
    const { offsetOf, lines } = this.last;
    for (let length = at.length; length > 0; length--) {
      const offset = offsetOf(at.slice(0, length));
      if (offset !== undefined) {
        return piece.line + lines.indexOf(offset);
      }
    }
    return piece.contentLine;
  }
}

type OffsetOf = (at: Path) => number | undefined;

function yamlOffsets(text: string): OffsetOf {
  const document = parseDocument(text, { ...YAML_OPTIONS, merge: true });
  return (at) => {
    const node = document.getIn(at, true);
    return isNode(node) ? node.range?.[0] : undefined;
  };
}

function jsonOffsets(text: string): OffsetOf {
  const tree = parseTree(text);
  return (at) => (tree === undefined ? undefined : findNodeAtLocation(tree, [...at])?.offset);
}

/** The offsets at which lines begin, to find the line of an offset. */
class LineStarts {
  private readonly counter = new LineCounter();

  constructor(text: string) {
    this.counter.addNewLine(0);
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      this.counter.addNewLine(end + 1);
    }
  }

  /** Index of the line that holds the offset, from 0. */
  indexOf(offset: number): number {
    return this.counter.linePos(offset).line - 1;
  }
}
