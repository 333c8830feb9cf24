import type { EcsContext } from "./context";

/** To be written. */
export function addLightsail(_: EcsContext): void {}
