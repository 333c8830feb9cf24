import type { EcsContext } from "./context";

/** To be written. */
export function addServices(_: EcsContext): void {}
