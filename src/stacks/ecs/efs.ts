import type { EcsContext } from "./context";

/** To be written. */
export function addEfs(_: EcsContext): void {}
