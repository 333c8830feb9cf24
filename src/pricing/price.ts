import type { Money } from "../units/money";

/**
 * What has a price. A vCPU and a GiB (which AWS calls GB) of a pod or task on Fargate, per hour; whole things per hour.
 * `ec2/<instance type>` is Linux, On-Demand.
 */
export const PRICE_KEYS = [
  "fargate/x86/vcpu-hour",
  "fargate/x86/gib-hour",
  "fargate/arm/vcpu-hour",
  "fargate/arm/gib-hour",
  "fargate/spot/vcpu-hour",
  "fargate/spot/gib-hour",
  "fargate/ephemeral-storage/gib-hour",
  "eks/cluster-hour",
  "eks/extended-support-hour",
  "nat-gateway/hour",
  "nat-gateway/gb",
  "alb/hour",
  "alb/lcu-hour",
  "interface-endpoint/zone-hour",
  "interface-endpoint/gb",
  "ebs/gp3/gib-month",
  "public-ipv4/hour",
] as const;

export type PriceKey = (typeof PRICE_KEYS)[number] | `ec2/${string}`;

/** A price with its provenance. */
export interface Price {
  readonly key: PriceKey;
  readonly region: string;
  readonly usd: Money;
  /** Day, month or year on which the source was read or published, ISO 8601: `2026-09-29`, `2022`. */
  readonly date: string;
  /** Where it is from. */
  readonly source: string;
  /** Why it may be wrong, where nobody has verified it since. */
  readonly caveat?: string;
}
