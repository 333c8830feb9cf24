import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const lightsailSchema = described(
  v.record(text, v.strictObject({})),
  "Container services of Amazon Lightsail, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function lightsailProblems(_: EcsSettings): Problem[] {
  return [];
}
