import type { Container } from "../../../model/pod";
import { type Problem, quote } from "../../../model/problem";
import type { Workload } from "../../../model/workload";

/** A container and where it stands in the workload's object. */
export interface LocatedContainer {
  readonly container: Container;
  readonly at: Problem["at"];
  /** How messages call it: `container "app"`, `init container "migrate"`, `sidecar "proxy"`. */
  readonly called: string;
}

/** Every rule asks for the containers of the same few workloads, one after the other. */
const LOCATED = new WeakMap<Workload, readonly LocatedContainer[]>();

/** All containers: init containers first, as they run. */
export function containersOf(workload: Workload): readonly LocatedContainer[] {
  const known = LOCATED.get(workload);
  if (known !== undefined) {
    return known;
  }
  const located = [...locate(workload, "initContainers"), ...locate(workload, "containers")];
  LOCATED.set(workload, located);
  return located;
}

export function initContainersOf(workload: Workload): readonly LocatedContainer[] {
  return containersOf(workload).slice(0, workload.pod.initContainers.length);
}

export function appContainersOf(workload: Workload): readonly LocatedContainer[] {
  return containersOf(workload).slice(workload.pod.initContainers.length);
}

/** Those that run as long as the pod: its containers, and its init containers that are sidecars. */
export function longRunningContainersOf(workload: Workload): readonly LocatedContainer[] {
  const inits = workload.pod.initContainers.length;
  return containersOf(workload).filter(({ container }, index) => index >= inits || container.restartable);
}

function locate({ pod, podPath }: Workload, list: "initContainers" | "containers"): LocatedContainer[] {
  return pod[list].map((container) => ({
    container,
    at: [...podPath, list, container.index],
    called: `${kindOf(container, list)} ${quote(container.name)}`,
  }));
}

function kindOf({ restartable }: Container, list: "initContainers" | "containers"): string {
  return list === "containers" ? "container" : restartable ? "sidecar" : "init container";
}
