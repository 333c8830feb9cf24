import type { CostOptions } from "../../src/cost/cost-lines";
import type { Prices } from "../../src/cost/prices";
import type { Finding } from "../../src/model/finding";
import type { Placement } from "../../src/placement/placement";
import { podSize } from "../../src/placement/pod-size";
import { podRequests } from "../../src/placement/requests";
import { instanceType } from "../../src/pricing/instance-types";
import type { Price, PriceKey } from "../../src/pricing/price";
import { Money } from "../../src/units/money";
import { type Amounts, container, resources, type WorkloadOverrides, workload } from "../support/workloads";

/** What eu-west-1 asks in 2026 where it is known; round figures elsewhere, so that sums can be told by hand. */
export const EU_WEST_1: Readonly<Record<string, string>> = {
  "fargate/x86/vcpu-hour": "0.04048",
  "fargate/x86/gib-hour": "0.004445",
  "fargate/arm/vcpu-hour": "0.03238",
  "fargate/arm/gib-hour": "0.00356",
  "fargate/spot/vcpu-hour": "0.012",
  "fargate/spot/gib-hour": "0.0013",
  "fargate/ephemeral-storage/gib-hour": "0.0001",
  "eks/cluster-hour": "0.1",
  "eks/extended-support-hour": "0.5",
  "nat-gateway/hour": "0.048",
  "alb/hour": "0.0252",
  "interface-endpoint/zone-hour": "0.011",
  "ebs/gp3/gib-month": "0.088",
  "public-ipv4/hour": "0.005",
  "ec2/m6i.large": "0.107",
  "ec2/m6g.large": "0.086",
  "ec2/t3.medium": "0.0456",
};

/** A price book of what is given, by key. */
export function priceBook(prices: Readonly<Record<string, string>> = EU_WEST_1): Prices {
  return {
    region: "eu-west-1",
    find: (key: PriceKey): Price | undefined => {
      const usd = Object.hasOwn(prices, key) ? prices[key] : undefined;
      return usd === undefined
        ? undefined
        : { key, region: "eu-west-1", usd: Money.usd(usd), date: "2026-09-29", source: "test" };
    },
  };
}

/** The prices of eu-west-1 without some. */
export function without(...keys: PriceKey[]): Prices {
  return priceBook(Object.fromEntries(Object.entries(EU_WEST_1).filter(([key]) => !keys.some((each) => each === key))));
}

export const NO_DISCOUNT = { fargate: 0, ec2: 0 };

export type PlacementOverrides = Partial<Omit<Placement, "workload" | "requests">>;

const PROFILE = { key: "default", name: "demo-fargate-default", hashed: false, selectors: [{ namespace: "web" }] };
const CANDIDATE = { profile: PROFILE, selector: { namespace: "web" } };

export const ON_FARGATE: Placement["outcome"] = { kind: "fargate", chosen: CANDIDATE };

/** A workload whose one container requests `requests`, on Fargate unless told otherwise. */
export function placed(
  requests: Amounts,
  overrides: WorkloadOverrides = {},
  { size, ...rest }: PlacementOverrides = {},
): Placement {
  const made = workload({
    ...overrides,
    pod: { ...overrides.pod, containers: [container({ resources: resources(requests) })] },
  });
  const needed = podRequests(made.pod);
  const fitting = size ?? podSize(needed);
  return {
    workload: made,
    outcome: ON_FARGATE,
    requests: needed,
    ...(fitting === undefined ? {} : { size: fitting }),
    findings: [],
    fargateFindings: [],
    ...rest,
  };
}

/** `n` replicas at the fewest, and at the most. */
export function replicas(min: number, max = min) {
  return { replicas: { min, max, from: "spec.replicas" } };
}

/** A placement that Fargate refuses. */
export function refused(requests: Amounts, overrides: WorkloadOverrides = {}): Placement {
  const made = placed(requests, overrides, { outcome: { kind: "nodes", reason: "no profile takes it" } });
  return { ...made, fargateFindings: [finding(made, "error", "it is privileged")] };
}

export function finding({ workload }: Placement, severity: Finding["severity"], message: string): Finding {
  return { rule: "privileged", severity, workload, at: [], message, fix: "drop it" };
}

export function nodeType(name: string) {
  const type = instanceType(name);
  if (type === undefined) {
    throw new Error(`no instance type ${name}`);
  }
  return type;
}

/** A cluster in two zones with m6i.large as the only type of nodes, and nothing beside them. */
export function costOptions(overrides: Partial<CostOptions> = {}): CostOptions {
  return {
    instanceTypes: [nodeType("m6i.large")],
    zones: 2,
    network: { natGateways: 0, interfaceEndpoints: 0 },
    loadBalancers: 0,
    extendedSupport: false,
    discounts: NO_DISCOUNT,
    ...overrides,
  };
}
