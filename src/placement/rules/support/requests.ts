import type { PodSpec, ResourceAmounts } from "../../../model/pod";

/** A resource that decides the size of a pod on Fargate. */
export const SIZED_RESOURCES = ["cpu", "memory"] as const;
export type SizedResource = (typeof SIZED_RESOURCES)[number];

/** As messages call it. */
export function describeResource(resource: SizedResource): string {
  return resource === "cpu" ? "CPU" : "memory";
}

/** `250m of CPU`, or that there is none. */
export function describeAmount(amounts: ResourceAmounts, resource: SizedResource): string {
  return `${amounts[resource] ?? "no"}${amounts[resource] === undefined ? "" : " of"} ${describeResource(resource)}`;
}

/** Whether the pod as a whole says how much of a resource it requests. */
export function isRequestedByPod({ resources }: PodSpec, resource: SizedResource): boolean {
  return resources?.requests[resource] !== undefined;
}
