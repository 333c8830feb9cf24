import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described } from "../pieces";
import type { EcsSettings } from "./schema";

export const clusterSchema = described(v.strictObject({}), "The cluster and its capacity. Default: Fargate alone.");

/** What is wrong with them, seen from 'ecs'. */
export function clusterProblems(_: EcsSettings): Problem[] {
  return [];
}
