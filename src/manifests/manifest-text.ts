import { isUtf8 } from "node:buffer";
import { binary, invalidUtf8, textTooLarge, wrongEncoding } from "./errors";

/** The text of a file that may hold manifests. */
export interface ManifestText {
  /** As the user named it; `-` is standard input. */
  readonly file: string;
  readonly text: string | Uint8Array;
  /**
   * Whether it was found in a folder and not named itself, so that it may hold something else than manifests.
   *
   * @default false
   */
  readonly found?: boolean;
}

/** A text, or why there is none. */
export type Decoded = { readonly text: string } | { readonly problem: string; readonly line?: number };

const BYTE_ORDER_MARKS = [
  { encoding: "UTF-32", bytes: [0xff, 0xfe, 0, 0] },
  { encoding: "UTF-32", bytes: [0, 0, 0xfe, 0xff] },
  { encoding: "UTF-16", bytes: [0xff, 0xfe] },
  { encoding: "UTF-16", bytes: [0xfe, 0xff] },
] as const;

/** The text without its byte order mark, or why it cannot be read. */
export function decode(text: string | Uint8Array): Decoded {
  if (typeof text === "string") {
    return checked(text);
  }
  const marked = BYTE_ORDER_MARKS.find(({ bytes }) => bytes.every((byte, index) => text[index] === byte));
  if (marked !== undefined) {
    return { problem: wrongEncoding(marked.encoding) };
  }
  if (text.includes(0)) {
    return { problem: binary(), line: lineOfByte(text, text.indexOf(0)) };
  }
  if (!isUtf8(text)) {
    return { problem: invalidUtf8(), line: lineOfByte(text, firstInvalid(text)) };
  }
  try {
    return checked(new TextDecoder().decode(text));
  } catch {
    // A string of V8 holds about 512 MB.
    return { problem: textTooLarge(text.length) };
  }
}

function checked(text: string): Decoded {
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    return { problem: binary(), line: text.slice(0, zero).split("\n").length };
  }
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text };
}

function lineOfByte(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
}

/** Offset from which on the bytes are not UTF-8, found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(wholeCharacters(bytes, middle))) {
      valid = middle;
    } else {
      invalid = middle;
    }
  }
  return valid;
}

/** The first bytes without a character that is cut off at their end. */
function wholeCharacters(bytes: Uint8Array, length: number): Uint8Array {
  let end = length;
  while (end > 0 && length - end < 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1;
  }
  return bytes.subarray(0, end);
}
