import { parseArgs } from "node:util";
import { distance } from "fastest-levenshtein";
import { quote } from "../model/problem";
import { UsageError } from "./errors";
import { COMMANDS, type Command, OPTION_TABLE, OPTIONS, type OptionName } from "./options";

/** A command line that was understood; what its values mean is not yet looked at. */
export interface Arguments {
  readonly command: Command;
  /** Files, folders or `-`. */
  readonly paths: readonly string[];
  readonly values: Readonly<Partial<Record<OptionName, readonly string[]>>>;
}

/** Beyond so many edits, a known name is no longer what was meant. */
const MAX_EDITS = 3;

/**
 * @param args what stands behind the program's name
 * @throws UsageError with what to write instead
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(OPTION_TABLE).map(([name, { value }]) => [
        name,
        { type: value === undefined ? "boolean" : "string" },
      ]),
    ),
  });
  const words = tokens
    .filter(({ kind }) => kind === "positional")
    .map((token) => ("value" in token ? (token.value ?? "") : ""));
  const options = tokens.filter((token) => token.kind === "option");
  for (const option of options) {
    checkKnown(option);
  }
  const [command, paths] = commandOf(words);
  const values: Partial<Record<OptionName, string[]>> = {};
  for (const option of options) {
    const name = checkOption(option, command);
    values[name] = [...(values[name] ?? []), option.value ?? ""];
  }
  return { command, paths, values: checkRepeated(values) };
}

function commandOf(words: readonly string[]): [Command, string[]] {
  const [first = "", second = ""] = words;
  if (first === "prices") {
    if (second !== "refresh") {
      throw new UsageError(`"prices" must be followed by "refresh", got ${quote(second)}; write: prices refresh`);
    }
    return ["prices refresh", words.slice(2)];
  }
  if (Object.hasOwn(COMMANDS, first)) {
    return [first as Command, words.slice(1)];
  }
  throw new UsageError(
    first === ""
      ? `a command is missing; give one of ${Object.keys(COMMANDS).join(", ")}, or --help`
      : `${quote(first)} is not a command${meant(first, Object.keys(COMMANDS), "")}; the commands are ${Object.keys(COMMANDS).join(", ")}`,
  );
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkKnown({ name, rawName }: OptionToken): void {
  if (!rawName.startsWith("--") || !Object.hasOwn(OPTION_TABLE, name)) {
    throw new UsageError(`${rawName} is not an option${meant(name, Object.keys(OPTIONS), "--")}; --help lists them`);
  }
}

function checkOption({ name, value, inlineValue }: OptionToken, command: Command): OptionName {
  const option = OPTION_TABLE[name];
  if (option === undefined || !option.commands.includes(command)) {
    throw new UsageError(`--${name} is an option of ${option?.commands.join(", ")}, not of ${command}; remove it`);
  }
  if (option.value === undefined && value !== undefined) {
    throw new UsageError(`--${name} takes no value, got ${quote(value)}; write --${name} alone`);
  }
  // What stands behind it and looks like an option is one: the value was forgotten.
  const forgotten = value === undefined || value.trim() === "" || (inlineValue === false && value.startsWith("--"));
  if (option.value !== undefined && forgotten) {
    throw new UsageError(`--${name} needs a value; write --${name} ${option.value}`);
  }
  return name as OptionName;
}

function checkRepeated(values: Partial<Record<OptionName, string[]>>): Partial<Record<OptionName, string[]>> {
  for (const [name, given] of Object.entries(values)) {
    const option = OPTION_TABLE[name];
    if (given.length > 1 && option?.repeated !== true && option?.value !== undefined) {
      throw new UsageError(`--${name} is given ${given.length} times (${given.map(quote).join(", ")}); give it once`);
    }
  }
  return values;
}

function meant(name: string, known: readonly string[], prefix: string): string {
  const [nearest] = known
    .map((each) => ({ each, edits: distance(name, each) }))
    .filter(({ edits }) => edits <= Math.min(MAX_EDITS, name.length / 2))
    .sort((a, b) => a.edits - b.edits);
  return nearest === undefined ? "" : `; did you mean ${prefix}${nearest.each}?`;
}
