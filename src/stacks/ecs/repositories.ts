import type { EcsContext } from "./context";

/** To be written. */
export function addRepositories(_: EcsContext): void {}
