import * as v from "valibot";
import type { Problem } from "../model/problem";
import { issueProblems } from "../yaml/schema-issues";

/*
 * The kinds of values that manifests are made of. As for the Kubernetes API, `null` is a value that is not there, and
 * keys that a schema does not name may be anything: newer versions of Kubernetes have more.
 */

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Valibot takes a list for a mapping with the keys 0, 1, 2. */
const anyMapping = v.custom<Mapping>(isMapping, "a mapping");

/** A value that may be left out, or be null. */
export const optional = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);

/** A mapping with at least these keys. */
export const mapping = <E extends v.ObjectEntries>(entries: E) => v.pipe(anyMapping, v.object(entries));

/** A mapping that keeps the keys that are not named. */
export const openMapping = <E extends v.ObjectEntries>(entries: E) => v.pipe(anyMapping, v.looseObject(entries));

export const list = <S extends v.GenericSchema>(schema: S) => v.array(schema);

/** A mapping with names of the user's choice. */
export const named = <S extends v.GenericSchema>(schema: S) => v.pipe(anyMapping, v.record(v.string(), schema));

export const text = v.string();
export const name = v.pipe(v.string(), v.nonEmpty());
export const flag = v.boolean();
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const integer = v.pipe(v.number(), v.integer());

/** An amount: `250m`, `1Gi`, 0.5. Whether a text is a quantity is looked at later. */
export const quantity = v.union([v.string(), v.number()]);

/** Labels and annotations; one without a value has the empty text, as in the Kubernetes API. */
export const texts = v.pipe(
  named(optional(v.string())),
  v.transform((values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? ""]))),
);

/** A value that follows a schema, or all that keeps it from that. */
export type Checked<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

export function check<S extends v.GenericSchema>(schema: S, value: unknown): Checked<v.InferOutput<S>> {
  const { success, output, issues } = v.safeParse(schema, value);
  return success ? { value: output } : { problems: issueProblems(issues) };
}

/** All that is wrong with values that were checked apart from each other. */
export function problemsIn(...checked: readonly Checked<unknown>[]): Problem[] {
  return checked.flatMap((each) => ("problems" in each ? each.problems : []));
}

/** The entries of a mapping that are not undefined: an optional property that has no value must not be there at all. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: NonNullable<T[K]>;
};

/** The mapping without its properties that are undefined or null. */
export function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Defined<T>;
}
