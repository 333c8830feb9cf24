import type * as v from "valibot";
import { type Problem, quote } from "../model/problem";

/** Longest value that a message shows whole, in characters. */
const MAX_SHOWN = 60;

/** The last key of a path as messages show it; an entry of a list with the list's key before its number. */
export function quoteKey(at: Problem["at"]): string {
  const [list, key] = [at.at(-2), at.at(-1)];
  return key === undefined ? "the file" : `'${typeof key === "number" && list !== undefined ? `${list}.${key}` : key}'`;
}

/** What a schema of valibot found wrong, in the words of the project. */
export function issueProblems(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  return issues.flatMap((issue) => flatten(issue)).map(describeIssue);
}

/** Of alternatives that all failed, the issues of the one whose kind of value fits; else the issue of the choice itself. */
function flatten(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  const kind = Array.isArray(issue.input) ? "array" : "object";
  const inner = (issue.issues ?? []).filter(({ path }) => path?.[0]?.type === kind);
  return inner.length === 0
    ? [issue]
    : inner.map(
        (nested) => ({ ...nested, path: [...(issue.path ?? []), ...(nested.path ?? [])] }) as v.BaseIssue<unknown>,
      );
}

function describeIssue(issue: v.BaseIssue<unknown>): Problem {
  const at = (issue.path ?? []).map(({ key }) => key as string | number);
  const key = quoteKey(at);
  if (issue.received === "undefined") {
    return { at, message: `${key} is missing; add it${knownValues(issue)}` };
  }
  if (issue.type === "non_empty") {
    return issue.path?.at(-1)?.origin === "key"
      ? { at, message: `a name in ${quoteKey(at.slice(0, -1))} is empty; choose one` }
      : { at, message: `${key} must not be empty; give it a value or remove it` };
  }
  return { at, message: `${key} must be ${expectation(issue)}, got ${shown(issue.input)}${hint(issue)}` };
}

/** A value as messages show it: a long one by its beginning. */
export function shown(value: unknown): string {
  const text = quote(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

/** What the schema expects at a place, as its own description tells it; that of a custom schema is its message. */
function expectation({ type, expected, requirement, message }: v.BaseIssue<unknown>): string {
  const words: Readonly<Record<string, string>> = {
    string: "text",
    boolean: "true or false",
    number: "a number",
    integer: "a whole number",
    min_value: `at least ${requirement}`,
    array: "a list",
    record: "a mapping of names to values",
    strict_object: "a mapping",
    variant: "a mapping",
    custom: message,
  };
  return expected?.includes('"') ? alternatives(expected) : (words[type] ?? alternatives(expected));
}

/** `("none" | "single")` as `"none" or "single"`. */
function alternatives(expected: string | null): string {
  const names: Readonly<Record<string, string>> = {
    Array: "a list",
    Object: "a mapping",
    boolean: "true or false",
    number: "a number",
    string: "text",
  };
  return (expected ?? "valid")
    .replaceAll(/[()]/g, "")
    .split(" | ")
    .map((part) => names[part] ?? part)
    .join(" or ");
}

function knownValues({ expected, type }: v.BaseIssue<unknown>): string {
  return type === "variant" ? `: ${alternatives(expected)}` : "";
}

/** YAML reads 1.30 as the number 1.3 and 0123 as a number: only quotes keep them text. */
function hint({ type, input }: v.BaseIssue<unknown>): string {
  if (input === null) {
    return "; give it a value or remove it";
  }
  if (type === "string" && (typeof input === "number" || typeof input === "boolean")) {
    return "; put it in quotes";
  }
  return type === "number" && typeof input === "string" && /^\d+$/.test(input) ? "; remove the quotes" : "";
}
