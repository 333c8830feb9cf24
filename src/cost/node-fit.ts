import type { NodeRequirement } from "../model/pod";
import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import { extendedResourcesOf } from "../placement/rules/support/extended-resources";
import { describeRequirement, requirementOf } from "../placement/rules/support/fargate-node";
import type { InstanceType } from "../pricing/instance-types";
import type { NodeCapacity } from "./capacity";

/** Labels by which pods ask for an architecture and an operating system, the old ones included. */
const ARCHITECTURE_LABELS = new Set(["kubernetes.io/arch", "beta.kubernetes.io/arch"]);
const OS_LABELS = new Set(["kubernetes.io/os", "beta.kubernetes.io/os"]);

/**
 * What no Linux node of a type has and pods of a workload ask for, so that they do not run there however much room there
 * is: another architecture or operating system, or an accelerator. `undefined` when there is nothing of that kind;
 * other labels that pods ask for are taken to be on the nodes.
 */
export function unmetByType(workload: Workload, type: Pick<InstanceType, "arch">): string | undefined {
  return unmetSystem(workload, type) ?? extendedResourcesOf(workload).find(({ accelerator }) => accelerator)?.message;
}

/** Why an empty node has no room for a pod; `undefined` when it has. */
export function noRoom({ requests: { cpu, memory } }: Placement, usable: NodeCapacity): string | undefined {
  if (usable.pods < 1) {
    return "DaemonSets leave no place for another pod";
  }
  const lacking = [
    ...(usable.cpu.covers(cpu) ? [] : [[`${cpu} of CPU`, `${usable.cpu}`] as const]),
    ...(usable.memory.covers(memory) ? [] : [[`${memory} of memory`, `${usable.memory}`] as const]),
  ];
  const [requests, has] = [0, 1].map((side) => lacking.map((each) => each[side]).join(" and "));
  return lacking.length === 0 ? undefined : `a pod requests ${requests}, and a node has ${has}`;
}

function unmetSystem({ pod }: Workload, type: Pick<InstanceType, "arch">): string | undefined {
  if (pod.os === "windows" || pod.hostProcess) {
    return "its pods are for Windows";
  }
  const selector = Object.entries(pod.nodeSelector).find((pair) => refuses(requirementOf(pair), type));
  if (selector !== undefined) {
    return `'nodeSelector' asks for ${selector.join("=")}`;
  }
  const terms = pod.affinity?.requiredNodeTerms ?? [];
  const refused = terms.flatMap((term) => term.filter((requirement) => refuses(requirement, type)).slice(0, 1));
  // One of the terms must hold, and a term without requirements holds nowhere.
  const none = terms.every((term) => term.length === 0 || term.some((requirement) => refuses(requirement, type)));
  return terms.length === 0 || refused.length === 0 || !none
    ? undefined
    : `the required node affinity asks for ${[...new Set(refused.map(describeRequirement))].join(" or ")}`;
}

/** Whether a node of the type cannot have what is asked for. */
function refuses({ key, operator, values }: NodeRequirement, { arch }: Pick<InstanceType, "arch">): boolean {
  const label = ARCHITECTURE_LABELS.has(key) ? arch : OS_LABELS.has(key) ? "linux" : undefined;
  if (label === undefined) {
    return false;
  }
  switch (operator) {
    case "In":
      return !values.includes(label);
    case "NotIn":
      return values.includes(label);
    default:
      // The label is there, and is no number.
      return operator !== "Exists";
  }
}
