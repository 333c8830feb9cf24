/**
 * Something that is wrong with the input: what, the value given, the rule and the fix, in one sentence.
 * The model returns problems instead of throwing them, so that a settings file shows all of its problems at once
 * and a construct refuses with the same words.
 */
export interface Problem {
  /** Where it is, from the value that was checked; empty for the value itself. */
  readonly at: readonly (string | number)[];
  readonly message: string;
}

/** The problem at a place, when there is one. */
export function problemAt(at: Problem["at"], message: string | undefined): Problem[] {
  return message === undefined ? [] : [{ at, message }];
}

/** The same problems, seen from the value that holds the checked one under `key`. */
export function under(key: string | readonly (string | number)[], problems: readonly Problem[]): Problem[] {
  const prefix = typeof key === "string" ? [key] : key;
  return problems.map(({ at, message }) => ({ at: [...prefix, ...at], message }));
}

/** Quotes a value as error messages show it. */
export function quote(value: unknown): string {
  // JSON has no word for NaN and Infinity and would show null.
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** Lists names as error messages show them, in alphabetical order. */
export function quoteAll(values: Iterable<string>): string {
  return [...values].sort().map(quote).join(", ");
}
