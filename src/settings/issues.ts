import type * as v from "valibot";
import { type Problem, quote, quoteAll } from "../model/problem";
import { issueProblems } from "../yaml/schema-issues";
import { isMapping, issuesOf, type SchemaNode } from "./alternatives";
import { structureProblems } from "./structure";

/** A schema of settings files. */
export type SettingsSchema = v.GenericSchema & {
  readonly entries: Readonly<Record<string, { readonly type: string }>>;
};

/**
 * What is wrong with the shape of the settings: keys, and kinds of values. What they mean is not looked at.
 *
 * @param strange why a key stands in the wrong file, or `undefined` of any other
 */
export function shapeProblems(
  value: unknown,
  schema: SettingsSchema,
  strange: (key: string) => string | undefined = () => undefined,
): Problem[] {
  if (value === null) {
    return [{ at: [], message: `the file is empty; it needs ${quoteAll(requiredKeys(schema))}` }];
  }
  const structure = structureProblems(value, schema as unknown as SchemaNode).map((problem) => {
    const message = problem.at.length === 1 ? strange(String(problem.at[0])) : undefined;
    return message === undefined ? problem : { ...problem, message };
  });
  const kinds = issueProblems(issuesOf(schema, value)).filter(
    ({ at }) =>
      !structure.some((found) => found.at.every((key, index) => key === at[index])) &&
      !isMisspelt(at, value, structure),
  );
  return [...structure, ...kinds];
}

/** Whether a key is missing because it stands there in another spelling, which is told already. */
function isMisspelt(at: Problem["at"], value: unknown, structure: readonly Problem[]): boolean {
  const holder = at.slice(0, -1);
  const mapping = holder.reduce<unknown>((around, key) => (around as Readonly<Record<string, unknown>>)[key], value);
  const key = at.at(-1);
  return (
    key !== undefined &&
    isMapping(mapping) &&
    !Object.hasOwn(mapping, key) &&
    structure.some(
      (found) =>
        found.at.length === at.length &&
        holder.every((each, index) => each === found.at[index]) &&
        found.message.endsWith(`did you mean ${quote(key)}?`),
    )
  );
}

function requiredKeys({ entries }: SettingsSchema): string[] {
  return Object.entries(entries)
    .filter(([, { type }]) => type !== "exact_optional")
    .map(([key]) => key);
}
