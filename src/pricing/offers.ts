import type { PriceKey } from "./price";
import type { Column } from "./price-list";

/**
 * What is read from the price lists of AWS: for each of its services (an offer), the usage types that stand for the
 * prices of {@link PriceKey}.
 *
 * As of 2026-11-21. Sources: AWS's documentation of the bulk Price List, public repositories that quote the lists, and
 * Infracost's usage types. The lists also hold reserved terms, Windows, Arm, Outposts and trust stores, each with a
 * usage type that differs by a word: only an exact match is right.
 */
export interface Offer {
  /** `AmazonEC2`. */
  readonly code: string;
  readonly wanted: readonly WantedPrice[];
}

export interface WantedPrice {
  readonly key: PriceKey;
  /** The usage type without the Region's prefix. */
  readonly usageType: string;
  readonly unit: Unit;
  /** Other columns that tell it from prices of the same usage type. */
  readonly where?: Readonly<Partial<Record<Column, string>>>;
}

/** A unit, and how the lists spell it. */
export interface Unit {
  readonly name: string;
  readonly pattern: RegExp;
}

const HOUR: Unit = { name: "hours", pattern: /^(vCPU-|GB-|LCU-)?(Hrs?|Hours?)$/i };
const GB: Unit = { name: "GB", pattern: /^(GB|Gigabytes?)$/i };
const GB_MONTH: Unit = { name: "GB-months", pattern: /^GB-?Mo(nths?)?$/i };

const ALB = { operation: "LoadBalancing:Application" };

/** Linux without software that has a price of its own, on shared hardware, running rather than reserved. */
const LINUX_ON_DEMAND = {
  operation: "RunInstances",
  Tenancy: "Shared",
  "Operating System": "Linux",
  "Pre Installed S/W": "NA",
  CapacityStatus: "Used",
};

/** Prices that no list has: a feed of its own has them. */
export const SPOT_KEYS = ["fargate/spot/vcpu-hour", "fargate/spot/gib-hour"] as const satisfies readonly PriceKey[];

/** The offers, the shortest list first. */
export function offers(instanceTypes: readonly string[]): Offer[] {
  return [
    {
      code: "AmazonEKS",
      wanted: [
        { key: "eks/cluster-hour", usageType: "AmazonEKS-Hours:perCluster", unit: HOUR },
        { key: "eks/extended-support-hour", usageType: "AmazonEKS-Hours:extendedSupport", unit: HOUR },
      ],
    },
    {
      code: "AmazonECS",
      wanted: [
        { key: "fargate/x86/vcpu-hour", usageType: "Fargate-vCPU-Hours:perCPU", unit: HOUR },
        { key: "fargate/x86/gib-hour", usageType: "Fargate-GB-Hours", unit: HOUR },
        { key: "fargate/arm/vcpu-hour", usageType: "Fargate-ARM-vCPU-Hours:perCPU", unit: HOUR },
        { key: "fargate/arm/gib-hour", usageType: "Fargate-ARM-GB-Hours", unit: HOUR },
        {
          key: "fargate/ephemeral-storage/gib-hour",
          usageType: "Fargate-EphemeralStorage-GB-Hours",
          unit: HOUR,
        },
      ],
    },
    {
      code: "AWSELB",
      wanted: [
        { key: "alb/hour", usageType: "LoadBalancerUsage", unit: HOUR, where: ALB },
        { key: "alb/lcu-hour", usageType: "LCUUsage", unit: HOUR, where: ALB },
      ],
    },
    {
      code: "AmazonVPC",
      wanted: [
        { key: "interface-endpoint/zone-hour", usageType: "VpcEndpoint-Hours", unit: HOUR },
        { key: "interface-endpoint/gb", usageType: "VpcEndpoint-Bytes", unit: GB },
        { key: "public-ipv4/hour", usageType: "PublicIPv4:InUseAddress", unit: HOUR },
      ],
    },
    {
      code: "AmazonEC2",
      wanted: [
        { key: "nat-gateway/hour", usageType: "NatGateway-Hours", unit: HOUR },
        { key: "nat-gateway/gb", usageType: "NatGateway-Bytes", unit: GB },
        { key: "ebs/gp3/gib-month", usageType: "EBS:VolumeUsage.gp3", unit: GB_MONTH },
        ...instanceTypes.map(
          (type): WantedPrice => ({
            key: `ec2/${type}`,
            usageType: `BoxUsage:${type}`,
            unit: HOUR,
            where: LINUX_ON_DEMAND,
          }),
        ),
      ],
    },
  ];
}

/** What usage types of a Region begin with. In us-east-1 most have no prefix. */
const PREFIXES: Readonly<Record<string, string>> = {
  "us-east-1": "USE1",
  "us-east-2": "USE2",
  "us-west-1": "USW1",
  "us-west-2": "USW2",
  "ca-central-1": "CAN1",
  "ca-west-1": "CAN2",
  "eu-west-1": "EU",
  "eu-west-2": "EUW2",
  "eu-west-3": "EUW3",
  "eu-central-1": "EUC1",
  "eu-central-2": "EUC2",
  "eu-north-1": "EUN1",
  "eu-south-1": "EUS1",
  "eu-south-2": "EUS2",
  "ap-northeast-1": "APN1",
  "ap-northeast-2": "APN2",
  "ap-northeast-3": "APN3",
  "ap-southeast-1": "APS1",
  "ap-southeast-2": "APS2",
  "ap-south-1": "APS3",
  "ap-southeast-3": "APS4",
  "ap-south-2": "APS5",
  "ap-east-1": "APE1",
  "sa-east-1": "SAE1",
  "af-south-1": "AFS1",
  "me-south-1": "MES1",
  "me-central-1": "MEC1",
  "il-central-1": "ILC1",
  "us-gov-west-1": "UGW1",
  "us-gov-east-1": "UGE1",
};

export function isPrefixKnown(region: string): boolean {
  return Object.hasOwn(PREFIXES, region);
}

/** The form of the prefixes, for Regions that are newer than the table. */
const ANY_PREFIX = /^[A-Z]{3}\d{1,2}-/;

/** The usage type without the prefix of `region`, or `undefined` when it belongs to another Region, zone or outpost. */
export function withoutPrefix(usageType: string, region: string): string | undefined {
  const prefix = PREFIXES[region];
  if (prefix === undefined) {
    return ANY_PREFIX.test(usageType) ? usageType.replace(ANY_PREFIX, "") : undefined;
  }
  if (usageType.startsWith(`${prefix}-`)) {
    return usageType.slice(prefix.length + 1);
  }
  return region === "us-east-1" ? usageType : undefined;
}
