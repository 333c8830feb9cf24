import { ipNetworkProblem } from "../units/ip-network";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/** What a value is compared with, in place of one that it must equal. Exactly one of them. */
export interface EventMatcher {
  /** Text that begins so. @default - none */
  readonly prefix?: string | { readonly "equals-ignore-case": string };
  /** Text that ends so. @default - none */
  readonly suffix?: string | { readonly "equals-ignore-case": string };
  /** `*` stands for any characters. @default - none */
  readonly wildcard?: string;
  /** Text that is this, in whatever case. @default - none */
  readonly "equals-ignore-case"?: string;
  /** Like `[">", 0, "<=", 100]`. @default - none */
  readonly numeric?: readonly (string | number)[];
  /** Whether the field is there. @default - not asked */
  readonly exists?: boolean;
  /** Network of an IP address, like `10.0.0.0/24`. @default - none */
  readonly cidr?: string;
  /** Any value but these. @default - none */
  readonly "anything-but"?: string | number | readonly (string | number)[] | AnythingBut;
}

/** A value of an event that is none of these. */
export interface AnythingBut {
  /** Text that does not begin so. @default - none */
  readonly prefix?: string | readonly string[];
  /** Text that does not end so. @default - none */
  readonly suffix?: string | readonly string[];
  /** Text that is not like this, with `*` for any characters. @default - none */
  readonly wildcard?: string | readonly string[];
  /** Text that is not this, in whatever case. @default - none */
  readonly "equals-ignore-case"?: string | readonly string[];
}

/**
 * Which events are meant: those that have all of its fields, each with one of the values in the field's list.
 * `$or` holds a list of patterns of which one is enough.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly (string | number | boolean | null | EventMatcher | EventPattern)[];
}

/** What every event has. Source: EventBridge User Guide, "AWS service event metadata", 2026-11. */
const ENVELOPE = [
  "account",
  "detail",
  "detail-type",
  "id",
  "region",
  "replay-name",
  "resources",
  "source",
  "time",
  "version",
] as const;

/**
 * Source: API model of EventBridge, PutRule, 2026-11-17; EventBridge User Guide, "quotas": the lower one can be raised.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const LENGTH = { max: 4096, usual: 2048 } as const;

/** Source: EventBridge User Guide, "Numeric matching", 2026-11. */
const MAX_NUMBER = 5_000_000_000;

const COMPARISONS: ReadonlySet<unknown> = new Set(["<", "<=", "=", ">", ">="]);

/** The operators, each with why it would be refused. */
const OPERATORS: Readonly<Record<string, (operand: unknown) => string | undefined>> = {
  "anything-but": anythingButProblem,
  cidr: (operand) =>
    typeof operand === "string"
      ? ipNetworkProblem(operand)
      : `must be a network, like "10.0.0.0/24", got ${quote(operand)}`,
  "equals-ignore-case": textProblem,
  exists: (operand) => (typeof operand === "boolean" ? undefined : `must be true or false, got ${quote(operand)}`),
  numeric: numericProblem,
  prefix: affixProblem,
  suffix: affixProblem,
  wildcard: wildcardProblem,
};

const IN_ANYTHING_BUT = ["equals-ignore-case", "prefix", "suffix", "wildcard"] as const;

/** Whether EventBridge takes the pattern only where its quota has been raised, in words. */
export function eventPatternWarnings(pattern: Readonly<Record<string, unknown>>): string[] {
  const { length } = JSON.stringify(pattern);
  return length > LENGTH.usual
    ? [
        `'pattern' is ${length} characters, and EventBridge takes ${LENGTH.usual} unless the account's quota "Event pattern size" has been raised`,
      ]
    : [];
}

/** What is wrong with an event pattern. */
export function eventPatternProblems(pattern: Readonly<Record<string, unknown>>): Problem[] {
  const { length } = JSON.stringify(pattern);
  return [
    ...patternProblems(pattern, [], true),
    ...problemAt(
      [],
      length <= LENGTH.max
        ? undefined
        : `'pattern' must be at most ${LENGTH.max} characters of JSON, got ${length}; match by "prefix", or split it into several rules`,
    ),
  ];
}

function patternProblems(pattern: Readonly<Record<string, unknown>>, at: Problem["at"], top: boolean): Problem[] {
  const fields = Object.entries(pattern);
  if (fields.length === 0) {
    return problemAt(
      at,
      at.length === 0
        ? `'pattern' must name at least one field, as it would match every event otherwise; name where events come from, like source: ["aws.s3"]`
        : `'${at.join(".")}' of 'pattern' must name at least one field, got {}; leave it out, or write [{"exists": true}]`,
    );
  }
  return fields.flatMap(([field, value]) => {
    const here = [...at, field];
    if (field === "$or") {
      return orProblems(value, here, top);
    }
    const meant = top ? envelopeProblem(field) : undefined;
    if (meant !== undefined) {
      return problemAt(here, meant);
    }
    if (isRecord(value)) {
      return patternProblems(value, here, false);
    }
    return Array.isArray(value) ? listProblems(value, here) : problemAt(here, notInListProblem(here, value));
  });
}

function notInListProblem(at: Problem["at"], value: unknown): string {
  return `'${at.join(".")}' of 'pattern' must be a list of values, got ${quote(value)}; write [${quote(value)}]`;
}

/** A field that no event has makes a rule that never matches, which AWS does not say. */
function envelopeProblem(field: string): string | undefined {
  if (ENVELOPE.some((name) => name === field)) {
    return undefined;
  }
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, "");
  const meant = ENVELOPE.find((name) => plain(name) === plain(field));
  return `'pattern' must have fields that events have (${quoteAll(ENVELOPE)}), got ${quote(field)}; ${
    meant === undefined ? "fields of the event's own lie under 'detail'" : `did you mean ${quote(meant)}?`
  }`;
}

function orProblems(value: unknown, at: Problem["at"], top: boolean): Problem[] {
  const patterns = Array.isArray(value) ? value : [];
  if (patterns.length < 2 || !patterns.every(isRecord)) {
    return problemAt(at, `'${at.join(".")}' of 'pattern' must be a list of at least two patterns, got ${quote(value)}`);
  }
  return patterns.flatMap((pattern, index) => patternProblems(pattern, [...at, index], top));
}

function listProblems(values: readonly unknown[], at: Problem["at"]): Problem[] {
  if (values.length === 0) {
    return problemAt(
      at,
      `'${at.join(".")}' of 'pattern' must hold at least one value, got []; leave it out to match any`,
    );
  }
  return values.flatMap((value, index) =>
    problemAt(
      [...at, index],
      isRecord(value) ? matcherProblem(value, at) : scalarProblem(value, `'${at.join(".")}' of 'pattern'`),
    ),
  );
}

function scalarProblem(value: unknown, where: string): string | undefined {
  return value === null || ["string", "boolean"].includes(typeof value)
    ? undefined
    : typeof value === "number"
      ? withBegin(where, numberProblem(value))
      : `${where} must hold texts, numbers, true, false, null and operators like {"prefix": "a"}, got ${quote(value)}`;
}

function matcherProblem(matcher: Readonly<Record<string, unknown>>, at: Problem["at"]): string | undefined {
  const [[operator, operand] = ["", undefined], ...others] = Object.entries(matcher);
  const check = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  return check === undefined || others.length > 0
    ? `'${at.join(".")}' of 'pattern' must have one operator of EventBridge (${quoteAll(Object.keys(OPERATORS))}) in each object of its list, got ${quote(matcher)}${others.length > 0 ? "; give each an object of its own" : ""}`
    : withBegin(`${quote(operator)} of '${at.join(".")}' in 'pattern'`, check(operand));
}

function withBegin(where: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${where} ${problem}`;
}

function textProblem(operand: unknown): string | undefined {
  return typeof operand === "string" && operand !== "" ? undefined : `must be a text, got ${quote(operand)}`;
}

/** A beginning or an end: a text, or one in which case does not count. */
function affixProblem(operand: unknown): string | undefined {
  if (!isRecord(operand)) {
    return textProblem(operand);
  }
  return Object.keys(operand).join() === "equals-ignore-case"
    ? textProblem(operand["equals-ignore-case"])
    : `must be a text or {"equals-ignore-case": "…"}, got ${quote(operand)}`;
}

function wildcardProblem(operand: unknown): string | undefined {
  if (typeof operand !== "string" || operand === "") {
    return textProblem(operand);
  }
  const bare = operand.replaceAll(/\\[*\\]/g, "");
  if (bare.includes("\\")) {
    return `must have a backslash only before "*" or another backslash, got ${quote(operand)}`;
  }
  return bare.includes("**") ? `must not have "*" twice in a row, got ${quote(operand)}; write one` : undefined;
}

function numberProblem(value: number): string | undefined {
  return Number.isFinite(value) && Math.abs(value) <= MAX_NUMBER
    ? undefined
    : `must be a number from -${MAX_NUMBER} to ${MAX_NUMBER}, got ${quote(value)}`;
}

/** One comparison, or two that are a range. */
function numericProblem(operand: unknown): string | undefined {
  const given = Array.isArray(operand) ? operand : [];
  const [first, a, second, b] = given as unknown[];
  const pairs = given.length === 2 || given.length === 4;
  if (
    !pairs ||
    !COMPARISONS.has(first) ||
    typeof a !== "number" ||
    (given.length === 4 && (!COMPARISONS.has(second) || typeof b !== "number"))
  ) {
    return `must be one comparison or two, like [">", 0, "<=", 100], got ${quote(operand)}`;
  }
  if (given.length === 4) {
    const range = String(first).startsWith(">") && String(second).startsWith("<");
    return range && a < (b as number)
      ? undefined
      : `must have the lower limit before the higher one, like [">", 0, "<=", 100], got ${quote(operand)}`;
  }
  return numberProblem(a);
}

function anythingButProblem(operand: unknown): string | undefined {
  if (isRecord(operand)) {
    const [[operator, value] = ["", undefined], ...others] = Object.entries(operand);
    return IN_ANYTHING_BUT.some((name) => name === operator) && others.length === 0
      ? eachProblem(value, operator === "wildcard" ? wildcardProblem : textProblem)
      : `must be a value, a list of them, or one of ${quoteAll(IN_ANYTHING_BUT)}, got ${quote(operand)}`;
  }
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  const kinds = new Set(values.map((value) => typeof value));
  return values.length > 0 && kinds.size === 1 && (kinds.has("string") || kinds.has("number"))
    ? undefined
    : `must be a text or a number, or a list of either, got ${quote(operand)}`;
}

function eachProblem(operand: unknown, check: (value: unknown) => string | undefined): string | undefined {
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  return values.length === 0
    ? `must hold at least one text, got []`
    : values.map(check).find((problem) => problem !== undefined);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
