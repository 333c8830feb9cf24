import type { EcsContext } from "./context";

/** To be written. */
export function addTaskDefinitions(_: EcsContext): void {}
