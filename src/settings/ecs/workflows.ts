import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const workflowsSchema = described(
  v.record(text, v.strictObject({})),
  "Tasks that run one after the other, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function workflowsProblems(_: EcsSettings): Problem[] {
  return [];
}
