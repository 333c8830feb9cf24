import type { EcsContext } from "./context";

/** To be written. */
export function addQueueWorkers(_: EcsContext): void {}
