import * as v from "valibot";
import { type Problem, under } from "../../model/problem";
import { accessPointEntries, fileSystemEntries, fileSystemProblems } from "../file-system";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

const fileSystem = v.strictObject({
  accessPoints: described(
    v.record(text, v.strictObject(accessPointEntries)),
    "Directories that containers mount, by name.",
  ),
  ...fileSystemEntries,
});

export const efsSchema = described(v.record(text, fileSystem), "EFS file systems by name.");

/** What is wrong with them, seen from 'ecs'. */
export function efsProblems({ name, ecs }: EcsSettings): Problem[] {
  return Object.entries(ecs.efs ?? {}).flatMap(([key, options]) =>
    under(["efs", key], fileSystemProblems(name, key, options)),
  );
}
