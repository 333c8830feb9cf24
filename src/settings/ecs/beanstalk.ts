import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const beanstalkSchema = described(
  v.record(text, v.strictObject({})),
  "Applications of AWS Elastic Beanstalk, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function beanstalkProblems(_: EcsSettings): Problem[] {
  return [];
}
