import type { EcsContext } from "./context";

/** To be written. */
export function addEventTasks(_: EcsContext): void {}
