import * as v from "valibot";
import { compareText } from "../model/order";
import { type Problem, quote } from "../model/problem";
import { regionProblem } from "../model/regions";
import { shown, tableInvalid, tableNotJson } from "./errors";
import { PRICE_KEYS, type PriceKey } from "./price";

/** Version of the file format, raised when older files can no longer be read. */
const FORMAT = 1;

/** Prices of one Region: what `prices refresh` writes, and a file that may be written by hand. */
export interface PriceTable {
  readonly format: typeof FORMAT;
  readonly region: string;
  /** Prices by their source. No key stands in two groups. */
  readonly groups: readonly PriceGroup[];
  /** Keys that were looked for and not found, each with the reason. A file may leave it out. */
  readonly missing: Readonly<Partial<Record<PriceKey, string>>>;
}

/** Prices that share a source. */
export interface PriceGroup {
  /** Where they are from, in words. */
  readonly source: string;
  /** Day, month or year on which the source was published or read, ISO 8601. */
  readonly date: string;
  /** Why they may be wrong. */
  readonly caveat?: string;
  /** US dollars as decimal text, which is exact. */
  readonly prices: Readonly<Partial<Record<PriceKey, string>>>;
}

const KEY = /^ec2\/[a-z0-9-]+\.[a-z0-9-]+$/;
const AMOUNT = /^\d{1,9}(\.\d{1,20})?$/;
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export function isPriceKey(text: string): text is PriceKey {
  return (PRICE_KEYS as readonly string[]).includes(text) || KEY.test(text);
}

/** An amount of more than nothing: a price of 0 would count what is missing as free. */
export function isPriceAmount(text: string): boolean {
  return AMOUNT.test(text) && /[1-9]/.test(text);
}

const KEY_NAMES = `${PRICE_KEYS.map(quote).join(", ")} and "ec2/<instance type>"`;

const keySchema = v.pipe(
  v.string(),
  v.check(isPriceKey, ({ input }) => `${quote(input)} is no price; the names are ${KEY_NAMES}`),
);

const textSchema = v.pipe(
  v.string(wants("text")),
  v.check((text) => text.trim() !== "", "must not be empty; write what it should say, or remove it"),
);

const groupSchema = v.strictObject(
  {
    source: textSchema,
    date: v.pipe(v.string(wants("text")), v.regex(DATE, wants('a day, month or year like "2026-09-29"'))),
    caveat: v.exactOptional(textSchema),
    prices: v.record(
      keySchema,
      v.pipe(
        v.string(wants('US dollars as text in quotes, like "0.04048"')),
        v.check(isPriceAmount, wants('US dollars above 0 as decimal text, like "0.04048"; remove what is not known')),
      ),
      wants("a mapping of prices"),
    ),
  },
  wants("a mapping"),
);

const tableSchema = v.strictObject(
  {
    format: v.literal(FORMAT, wants(`${FORMAT}; use the release that wrote the file, or refresh it`)),
    region: v.pipe(
      v.string(wants("text")),
      v.check((region) => regionProblem(region) === undefined, wants('an AWS Region like "eu-west-1"')),
    ),
    groups: v.array(groupSchema, wants("a list")),
    missing: v.optional(v.record(keySchema, textSchema, wants("a mapping of prices to reasons")), {}),
  },
  wants("a mapping"),
);

/** The message for a value that is not what is wanted, in the words of the project. */
function wants(rule: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ input }) => `must be ${rule}, got ${shown(input)}`;
}

/**
 * Reads a price table.
 *
 * @param file name that messages show
 * @throws PriceError with every problem: its path, the value, the rule and the fix
 */
export function parsePriceTable(text: string, file: string): PriceTable {
  const { output, issues } = v.safeParse(tableSchema, parseJson(text, file));
  const problems = issues === undefined ? repeatedKeys(output as PriceTable) : issues.map(describe);
  if (problems.length > 0) {
    throw tableInvalid(file, problems);
  }
  return output as PriceTable;
}

/** The text of a table: the same prices give the same text, whatever the order in which they were found. */
export function priceTableJson(table: PriceTable): string {
  const groups = table.groups
    .map(({ source, date, caveat, prices }) => ({
      source,
      date,
      ...(caveat === undefined ? {} : { caveat }),
      prices: byKey(prices),
    }))
    .sort((a, b) => compareText(sortKey(a), sortKey(b)));
  const { format, region, missing } = table;
  return `${JSON.stringify({ format, region, groups, missing: byKey(missing) }, undefined, 2)}\n`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw tableNotJson(file, (error as Error).message);
  }
}

function describe({ type, expected, received, path, message }: v.BaseIssue<unknown>): Problem {
  const at = path?.map(({ key }) => key as string | number) ?? [];
  if (type === "strict_object" && expected === "never") {
    return { at, message: "is not known; remove it" };
  }
  return { at, message: type === "strict_object" && received === "undefined" ? "is missing; add it" : message };
}

function repeatedKeys({ groups, missing }: PriceTable): Problem[] {
  const seen = new Map<string, string>();
  return groups.flatMap(({ prices }, index) =>
    Object.keys(prices).flatMap((key) => {
      const before = seen.get(key) ?? (key in missing ? "missing" : undefined);
      seen.set(key, `groups.${index}`);
      return before === undefined
        ? []
        : [{ at: ["groups", index, "prices", key], message: `stands in ${before} too; keep one of them` }];
    }),
  );
}

function byKey<T>(record: Readonly<Partial<Record<PriceKey, T>>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)) as [string, T][]);
}

function sortKey({ source, date, prices }: { source: string; date: string; prices: object }): string {
  return [source, date, ...Object.keys(prices)].join("\n");
}
