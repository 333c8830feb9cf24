import type { EcsContext } from "./context";

/** To be written. */
export function addEdge(_: EcsContext): void {}
