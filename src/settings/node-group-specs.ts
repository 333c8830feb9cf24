import { hasWindowsNodes, type NodeGroupSpec } from "../model/node-group";
import { compareText } from "../model/order";
import type { Settings } from "./schema";

/** The node groups of the settings, in alphabetical order of their keys. */
export function nodeGroupSpecs({ nodeGroups }: Pick<Settings, "nodeGroups">): NodeGroupSpec[] {
  return Object.entries(nodeGroups?.groups ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, group]) => ({ ...group, key }));
}

/** The groups of the settings with Linux nodes, where pods run that no Fargate profile takes. */
export function linuxNodeGroups(settings: Pick<Settings, "nodeGroups">): NodeGroupSpec[] {
  return nodeGroupSpecs(settings).filter((group) => !hasWindowsNodes(group));
}
