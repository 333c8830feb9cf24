import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { quote } from "../model/problem";
import { UsageError } from "./errors";

/**
 * The text of a file that an option names.
 *
 * @param what option, for messages
 * @throws UsageError when it is not there or cannot be read
 */
export function readNamed(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`the file of ${what}, ${quote(file)}, ${reasonOf(error)}`);
  }
}

/**
 * Writes a file, with the folders that it needs.
 *
 * @throws UsageError when it cannot be written
 */
export function writeOutput(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "EISDIR" ? "is a folder" : `cannot be written: ${message}`;
    throw new UsageError(`${quote(file)} ${reason}; name another file with --output`);
  }
}

/** Why a file cannot be read, in words that go on a sentence. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "is not there; check the name, and the folder that you are in";
    case "EISDIR":
      return "is a folder; name a file";
    case "EACCES":
      return "may not be read; check its permissions";
    default:
      return `cannot be read: ${message}`;
  }
}
