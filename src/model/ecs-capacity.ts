/** What ECS runs tasks on. */
export interface CapacityProvider {
  /** `FARGATE`, `FARGATE_SPOT`, or the name of a capacity provider with an Auto Scaling group. */
  readonly name: string;
  readonly kind: CapacityKind;
}

export type CapacityKind = "fargate" | "fargate-spot" | "ec2";

/** One part of the mix of capacity on which tasks run. */
export interface CapacityShare {
  /** Tasks that run on it before weights count; one provider alone may have some. @default 0 */
  readonly base?: number;
  /** Share of the other tasks, against the weights of the other providers. @default 1 */
  readonly weight?: number;
}

/** Shares by the name of the capacity provider. */
export type CapacityMix = Readonly<Record<string, CapacityShare>>;

/** The two that AWS has for everybody. */
export const FARGATE: CapacityProvider = { name: "FARGATE", kind: "fargate" };
export const FARGATE_SPOT: CapacityProvider = { name: "FARGATE_SPOT", kind: "fargate-spot" };
