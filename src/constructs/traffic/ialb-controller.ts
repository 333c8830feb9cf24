import type { ITerraformDependable } from "cdktf";

/** What makes load balancers for Ingresses and Services: a controller of ours, or one that is there already. */
export interface IAlbController {
  /** Class of Ingresses that it takes. */
  readonly ingressClassName: string;
  /** What Ingresses and Services wait for, and are destroyed before; nothing where the controller is somebody else's. */
  readonly ready?: ITerraformDependable;
}
