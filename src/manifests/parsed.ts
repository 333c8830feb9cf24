import type { LineProblem } from "../yaml/yaml-problems";
import type { TextPiece } from "./text-piece";

/** A document as a value, or why it is none. */
export type Parsed = ParsedValue | { readonly problems: readonly LineProblem[] };

export interface ParsedValue {
  readonly value: unknown;
  /** The text of the whole value. */
  readonly piece: TextPiece;
  /**
   * The texts of the entries, when the value is a list or a List object of Kubernetes, so that the line of a value can be
   * found without parsing all of them. One that is not written where it stands has none.
   */
  readonly entries: readonly (TextPiece | undefined)[];
}
