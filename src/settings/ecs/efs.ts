import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const efsSchema = described(v.record(text, v.strictObject({})), "EFS file systems by name.");

/** What is wrong with them, seen from 'ecs'. */
export function efsProblems(_: EcsSettings): Problem[] {
  return [];
}
