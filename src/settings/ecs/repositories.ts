import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const repositoriesSchema = described(v.record(text, v.strictObject({})), "ECR repositories by name.");

export const pullThroughCachesSchema = described(
  v.record(text, v.strictObject({})),
  "Registries whose images ECR keeps copies of, by prefix.",
);

/** What is wrong with them, seen from 'ecs'. */
export function repositoriesProblems(_: EcsSettings): Problem[] {
  return [];
}
