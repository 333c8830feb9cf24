import type { Resources } from "../../../model/pod";
import type { Problem } from "../../../model/problem";
import type { Workload } from "../../../model/workload";
import { containersOf } from "./containers";

/** A resource other than CPU, memory and ephemeral storage that a container or a pod asks for. */
export interface ExtendedResource {
  readonly at: Problem["at"];
  readonly message: string;
  readonly accelerator: boolean;
}

const ACCELERATOR = /^(nvidia\.com\/|amd\.com\/gpu|aws\.amazon\.com\/neuron|gpu\.intel\.com\/)/;

/** Each resource once, where it is requested or else where it is limited; amounts of 0 ask for nothing. */
export function extendedResourcesOf(workload: Workload): ExtendedResource[] {
  const { pod, podPath } = workload;
  const whole = pod.resources === undefined ? [] : toResources(pod.resources, podPath, "the pod");
  const each = containersOf(workload).flatMap(({ container, at, called }) =>
    toResources(container.resources, at, called),
  );
  return [...whole, ...each];
}

function toResources(resources: Resources, at: Problem["at"], called: string): ExtendedResource[] {
  return extended(resources).map(({ list, name, amount }) => ({
    at: [...at, "resources", list, name],
    message: `${called} asks for ${amount} of ${name}`,
    accelerator: ACCELERATOR.test(name),
  }));
}

function isEmpty(amounts: Readonly<Record<string, string>>): boolean {
  for (const _ in amounts) {
    return false;
  }
  return true;
}

function extended({ requests, limits }: Resources) {
  if (isEmpty(requests.extended) && isEmpty(limits.extended)) {
    return [];
  }
  const found = new Map<string, { list: string; name: string; amount: string }>();
  for (const [list, amounts] of [["requests", requests.extended] as const, ["limits", limits.extended] as const]) {
    for (const [name, amount] of Object.entries(amounts)) {
      if (!found.has(name) && !/^0+(\.0*)?$/.test(amount)) {
        found.set(name, { list, name, amount });
      }
    }
  }
  return [...found.values()];
}
