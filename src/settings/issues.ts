import * as v from "valibot";
import { type Problem, quoteAll } from "../model/problem";
import { issueProblems } from "../yaml/schema-issues";
import { settingsSchema } from "./schema";
import { type SchemaNode, structureProblems } from "./structure";

/** What is wrong with the shape of the settings: keys, and kinds of values. What they mean is not looked at. */
export function shapeProblems(value: unknown): Problem[] {
  if (value === null) {
    return [{ at: [], message: `the file is empty; it needs ${quoteAll(requiredKeys())}` }];
  }
  const structure = structureProblems(value, settingsSchema as unknown as SchemaNode);
  const { issues = [] } = v.safeParse(settingsSchema, value);
  const kinds = issueProblems(issues).filter(
    ({ at }) => !structure.some((found) => found.at.every((key, index) => key === at[index])),
  );
  return [...structure, ...kinds];
}

function requiredKeys(): string[] {
  return Object.entries(settingsSchema.entries)
    .filter(([, { type }]) => type !== "exact_optional")
    .map(([key]) => key);
}
