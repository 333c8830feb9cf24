import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const scheduledTasksSchema = described(
  v.record(text, v.strictObject({})),
  "Tasks that run from time to time, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function scheduledTasksProblems(_: EcsSettings): Problem[] {
  return [];
}
