import * as v from "valibot";
import { type Problem, quoteAll } from "../model/problem";
import { issueProblems } from "../yaml/schema-issues";
import { type SchemaNode, structureProblems } from "./structure";

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
  const { issues = [] } = v.safeParse(schema, value);
  const kinds = issueProblems(issues).filter(
    ({ at }) => !structure.some((found) => found.at.every((key, index) => key === at[index])),
  );
  return [...structure, ...kinds];
}

function requiredKeys({ entries }: SettingsSchema): string[] {
  return Object.entries(entries)
    .filter(([, { type }]) => type !== "exact_optional")
    .map(([key]) => key);
}
