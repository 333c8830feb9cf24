import { EfsStorage } from "../../constructs/storage/efs-storage";
import { addOutput } from "../in-cluster/output";
import { byKey, clusterOf, type EcsContext } from "./context";

/** EFS file systems that tasks mount. */
export function addEfs(context: EcsContext): void {
  const { stack, ecs, fileSystems } = context;
  for (const [key, options] of byKey(ecs.efs)) {
    fileSystems[key] = new EfsStorage(stack, `efs-${key}`, { ...options, cluster: clusterOf(context), key });
  }
  addOutput(
    stack,
    "efs_file_system_ids",
    "EFS file systems, by key",
    Object.fromEntries(Object.entries(fileSystems).map(([key, { fileSystemId }]) => [key, fileSystemId])),
  );
}
