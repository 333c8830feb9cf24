import type { EcsContext } from "./context";

/** To be written. */
export function addScheduledTasks(_: EcsContext): void {}
