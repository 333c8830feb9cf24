import type { EcsContext } from "./context";

/** To be written. */
export function addWorkflows(_: EcsContext): void {}
