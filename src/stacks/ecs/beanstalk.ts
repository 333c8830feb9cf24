import type { EcsContext } from "./context";

/** To be written. */
export function addBeanstalk(_: EcsContext): void {}
