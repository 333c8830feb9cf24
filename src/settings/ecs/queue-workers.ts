import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const queueWorkersSchema = described(
  v.record(text, v.strictObject({})),
  "Queues and the tasks that work them off, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function queueWorkersProblems(_: EcsSettings): Problem[] {
  return [];
}
