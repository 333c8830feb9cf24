import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const servicesSchema = described(v.record(text, v.strictObject({})), "Tasks that are kept running, by name.");

/** What is wrong with them, seen from 'ecs'. */
export function servicesProblems(_: EcsSettings): Problem[] {
  return [];
}
