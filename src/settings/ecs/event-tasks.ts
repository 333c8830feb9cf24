import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const eventTasksSchema = described(v.record(text, v.strictObject({})), "Tasks that an event starts, by name.");

/** What is wrong with them, seen from 'ecs'. */
export function eventTasksProblems(_: EcsSettings): Problem[] {
  return [];
}
