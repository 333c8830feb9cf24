import type { EcsContext } from "./context";

/** To be written. */
export function addAppRunner(_: EcsContext): void {}
