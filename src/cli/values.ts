import { quote } from "../model/problem";
import { parseDuration } from "../units/duration";
import type { Arguments } from "./arguments";
import { UsageError } from "./errors";
import { OPTION_TABLE, type OptionName } from "./options";

/** The value of an option, or `undefined` when it is not given. */
export function textOf({ values }: Arguments, name: OptionName): string | undefined {
  return values[name]?.[0];
}

export function isSet({ values }: Arguments, name: OptionName): boolean {
  return values[name] !== undefined;
}

/**
 * One of several words.
 *
 * @throws UsageError that lists them
 */
export function wordOf<T extends string>(args: Arguments, name: OptionName, words: readonly T[]): T | undefined {
  const value = textOf(args, name);
  const word = words.find((each) => each === value);
  if (value !== undefined && word === undefined) {
    throw new UsageError(`--${name} of ${args.command} must be ${words.join(", ")}, got ${quote(value)}`);
  }
  return word;
}

/**
 * A number.
 *
 * @param range smallest and largest that make sense
 * @throws UsageError with the range
 */
export function numberOf(
  args: Arguments,
  name: OptionName,
  range: { readonly min: number; readonly max: number; readonly whole: boolean },
): number | undefined {
  const value = textOf(args, name);
  return value === undefined ? undefined : toNumber(value, `--${name}`, range);
}

export function toNumber(
  text: string,
  what: string,
  { min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean },
): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new UsageError(`${what} must be a ${whole ? "whole " : ""}number from ${min} to ${max}, got ${quote(text)}`);
  }
  return value;
}

/** As long as a run may be thought to take on a command line: whole seconds, minutes and hours. */
const DURATION = /^(\d{1,6}[smh])+$/;

/**
 * A duration such as `90s`, `10m` or `1h30m`, in seconds.
 *
 * @throws UsageError with the form
 */
export function secondsOf(args: Arguments, name: OptionName): number | undefined {
  const value = textOf(args, name);
  if (value === undefined) {
    return undefined;
  }
  const seconds = DURATION.test(value) ? parseDuration(value) : undefined;
  if (seconds === undefined) {
    throw new UsageError(
      `--${name} must be ${OPTION_TABLE[name]?.value} of more than 0 such as 90s, 10m or 1h30m, got ${quote(value)}`,
    );
  }
  return seconds;
}
