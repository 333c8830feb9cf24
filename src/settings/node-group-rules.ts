import { NO_ROOM_ON_NODES } from "../model/fargate-profile";
import { kmsKeyProblems } from "../model/kms-key";
import { DEFAULT_NODE_GROUP_LIMITS } from "../model/limits";
import { nameProblem, names } from "../model/names";
import { hasRoomForAddOns, hasWindowsNodes } from "../model/node-group";
import {
  nodeGroupNameProblem,
  nodeGroupProblems,
  nodeGroupSetProblems,
  windowsProblems,
} from "../model/node-group-rules";
import { type Problem, problemAt, under } from "../model/problem";
import { zoneChoiceProblems } from "../model/zones";
import { linuxNodeGroups, nodeGroupSpecs } from "./node-group-specs";
import { privateZones } from "./private-zones";
import type { Rule } from "./rules";
import type { Settings } from "./schema";

/** The rules of the model about nodes, with the place of the setting to change. */
export const NODE_GROUP_RULES: readonly Rule[] = [
  { sections: ["nodeGroups"], check: groups },
  { sections: ["region", "nodeGroups"], check: windows },
  { sections: ["network", "nodeGroups"], check: zones },
  { sections: ["name", "nodeGroups"], check: namesOfGroups },
  { sections: ["name", "nodeGroups"], check: namesOfRoles },
  { sections: ["name", "nodeGroups", "ebsCsiDriver"], check: ebsCsiDriver },
];

const GROUPS = ["nodeGroups", "groups"];

function groups(settings: Settings): Problem[] {
  if (settings.nodeGroups === undefined) {
    return [];
  }
  const limits = { ...DEFAULT_NODE_GROUP_LIMITS, ...settings.nodeGroups.limits };
  const all = nodeGroupSpecs(settings);
  const none =
    all.length === 0 ? "'groups' must hold at least one node group; remove 'nodeGroups' to have no nodes" : undefined;
  return [
    ...problemAt(GROUPS, none),
    ...all.flatMap((group, index) =>
      under(
        [...GROUPS, group.key],
        [...nodeGroupProblems(group, limits), ...nodeGroupSetProblems(group, all.slice(0, index), limits)],
      ),
    ),
  ];
}

function windows(settings: Settings): Problem[] {
  const linuxNodes = linuxNodeGroups(settings).length > 0;
  return nodeGroupSpecs(settings).flatMap((group) =>
    under([...GROUPS, group.key], windowsProblems(group, linuxNodes, settings.region)),
  );
}

function zones(settings: Settings): Problem[] {
  const known = privateZones(settings);
  return nodeGroupSpecs(settings).flatMap(({ key, zones: chosen }) =>
    chosen === undefined ? [] : under([...GROUPS, key], zoneChoiceProblems(chosen, 1, known)),
  );
}

function namesOfGroups({ name, nodeGroups }: Settings): Problem[] {
  const hashed = nodeGroups?.replacement === "create-before-destroy";
  return Object.entries(nodeGroups?.groups ?? {}).flatMap(([key, { nodeGroupName }]) =>
    problemAt(
      [...GROUPS, key],
      nodeGroupNameProblem(nodeGroupName ?? names.nodeGroup(name, key), hashed, "set another 'nodeGroupName'"),
    ),
  );
}

function namesOfRoles(settings: Settings): Problem[] {
  const { name, nodeGroups } = settings;
  if (nodeGroups === undefined) {
    return [];
  }
  const all = nodeGroupSpecs(settings);
  const shared = all.some(hasWindowsNodes) ? names.sharedWindowsNodeRole(name) : names.sharedNodeRole(name);
  const nodeRoles = nodeGroups.nodeRole === "own" ? all.map(({ key }) => names.nodeRole(name, key)) : [shared];
  return [
    ...nodeRoles.flatMap((role) => problemAt(["name"], nameProblem("role", role, "choose a shorter 'name'"))),
    ...problemAt(
      ["nodeGroups", "networking", "roleName"],
      nameProblem("role", nodeGroups.networking?.roleName ?? names.vpcCniRole(name), "set a shorter 'roleName'"),
    ),
  ];
}

function ebsCsiDriver(settings: Settings): Problem[] {
  const { name, ebsCsiDriver: driver } = settings;
  if (driver === undefined) {
    return [];
  }
  const all = nodeGroupSpecs(settings);
  const noNodes = `'ebsCsiDriver' needs Linux nodes, as pods on Fargate cannot mount EBS volumes, and ${all.length === 0 ? "there are none" : NO_ROOM_ON_NODES}; add a node group that has room for its pods, or use EFS`;
  return under("ebsCsiDriver", [
    ...problemAt([], all.some(hasRoomForAddOns) ? undefined : noNodes),
    ...problemAt(
      ["roleName"],
      nameProblem("role", driver.roleName ?? names.ebsCsiDriverRole(name), "set a shorter 'roleName'"),
    ),
    ...kmsKeyProblems(driver.kmsKeyArns ?? []),
  ]);
}
