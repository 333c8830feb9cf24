import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const taskDefinitionsSchema = described(
  v.record(text, v.strictObject({})),
  "What runs together as one task, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function taskDefinitionsProblems(_: EcsSettings): Problem[] {
  return [];
}
