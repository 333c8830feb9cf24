import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const appRunnerSchema = described(v.record(text, v.strictObject({})), "Services of AWS App Runner, by name.");

/** What is wrong with them, seen from 'ecs'. */
export function appRunnerProblems(_: EcsSettings): Problem[] {
  return [];
}
