import { linuxNodeGroups } from "./node-group-specs";
import type { Settings } from "./schema";

/** Whether pods that no Fargate profile takes have Linux nodes to run on. */
export function hasLinuxNodes(settings: Pick<Settings, "cluster" | "nodeGroups">): boolean {
  return settings.cluster?.existing?.nodes === true || linuxNodeGroups(settings).length > 0;
}
