import type { TerminalLayout } from "../report/report";
import type { Arguments } from "./arguments";
import { writeOutput } from "./files";
import type { Io } from "./io";
import { isSet, textOf } from "./values";

/** Width of what is not written to a terminal. */
const DEFAULT_COLUMNS = 120;

/**
 * Writes what a command answers to standard output, or to the file of `--output`.
 *
 * @param file where it goes without `--output`; `-` and no file at all are standard output
 */
export function emit(args: Arguments, io: Io, text: string, file = "-"): void {
  const output = textOf(args, "output") ?? file;
  if (output === "-") {
    io.stdout(text);
  } else {
    writeOutput(output, text);
    io.stderr(`wrote ${output}\n`);
  }
}

export function layoutOf(args: Arguments, io: Io): TerminalLayout {
  const onTerminal = !isSet(args, "output");
  return { colors: onTerminal && io.colors, columns: (onTerminal ? io.columns : undefined) ?? DEFAULT_COLUMNS };
}
