import { Cidr } from "../units/cidr";
import { type Problem, quote } from "./problem";

/**
 * How a VPC's CIDR block is split. Every subnet's place depends on its tier and on the name of its zone alone, so a
 * zone that is added, removed or reordered moves no other subnet:
 *
 * - the lower half holds eight private subnets (prefix + 4), one place for each zone letter `a` to `h`;
 * - the quarter after it holds eight public subnets (prefix + 5);
 * - the last quarter stays free for what a team adds later.
 *
 * A `/16` gives private subnets of 4,091 addresses (a Fargate pod takes one) and public ones of 2,043.
 */
export type SubnetTier = "private" | "public";

export interface SubnetPlan {
  /** Name of the zone, or number of the looked-up zone, as given. */
  readonly zone: string;
  readonly tier: SubnetTier;
  readonly cidr: Cidr;
}

/** Own CIDR blocks by zone, where a team has an addressing plan already. */
export interface SubnetCidrs {
  readonly private?: string;
  readonly public?: string;
}

export const DEFAULT_VPC_CIDR = "10.0.0.0/16";

/** Zones that have a place in the addressing plan. */
export const PLACES = 8;
const PRIVATE_NEW_BITS = 4;
const PUBLIC_NEW_BITS = 5;
/** Index of the first `prefix + 5` part that lies after the private half. */
const FIRST_PUBLIC_PART = 16;

/** Smallest and largest VPC, as AWS has it. Source: EC2 CreateVpc. */
const VPC_PREFIX = { min: 16, max: 28 } as const;

/** Smallest subnet that AWS makes. Source: EC2 CreateSubnet. */
const SUBNET_PREFIX_MAX = 28;

/** An Application Load Balancer needs subnets of at least /27 with 8 free addresses; EKS needs 6 free ones. */
const SMALLEST_SUBNET_PREFIX = 27;

/**
 * The place of a zone among the eight of its tier.
 *
 * @param zone name such as `eu-west-1b` (its letter counts), or the number of a looked-up zone, from `1`
 */
function placeOf(zone: string): number {
  return /^\d+$/.test(zone) ? Number(zone) - 1 : zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
}

/**
 * What is wrong with the CIDR block of a VPC that is to be split into `tiers`.
 *
 * @param planned whether zones have CIDR blocks of their own; `subnetProblems` then says which ones lack theirs
 */
export function vpcCidrProblems(cidr: string, tiers: readonly SubnetTier[], planned: boolean): Problem[] {
  const malformed = Cidr.problemOf(cidr);
  if (malformed !== undefined) {
    return [{ at: ["cidr"], message: `'cidr' ${malformed}` }];
  }
  const { prefix } = Cidr.parse(cidr);
  if (prefix < VPC_PREFIX.min || prefix > VPC_PREFIX.max) {
    return [
      {
        at: ["cidr"],
        message: `'cidr' must be a network from /16 to /28, as AWS has it for a VPC, got ${quote(cidr)}`,
      },
    ];
  }
  const newBits = Math.max(...tiers.map(newBitsOf));
  return planned || prefix + newBits <= SMALLEST_SUBNET_PREFIX
    ? []
    : [
        {
          at: ["cidr"],
          message: `'cidr' ${quote(cidr)} is too small to be split: its smallest subnets would be /${prefix + newBits}, and load balancers need /${SMALLEST_SUBNET_PREFIX}; use /${SMALLEST_SUBNET_PREFIX - newBits} or larger, or give every zone its 'subnetCidrs'`,
        },
      ];
}

/**
 * The subnets of a VPC, by zone and tier.
 *
 * @param cidr CIDR block of the VPC
 * @param zones names or numbers of zones, in any order
 * @param own CIDR blocks to use instead of the derived ones, by zone
 */
export function planSubnets(
  cidr: Cidr,
  zones: readonly string[],
  tiers: readonly SubnetTier[],
  own: Readonly<Record<string, SubnetCidrs>> = {},
): SubnetPlan[] {
  return [...zones].sort().flatMap((zone) =>
    tiers.map((tier) => {
      const given = own[zone]?.[tier];
      return { zone, tier, cidr: given === undefined ? derivedCidr(cidr, zone, tier) : Cidr.parse(given) };
    }),
  );
}

function newBitsOf(tier: SubnetTier): number {
  return tier === "private" ? PRIVATE_NEW_BITS : PUBLIC_NEW_BITS;
}

function derivedCidr(cidr: Cidr, zone: string, tier: SubnetTier): Cidr {
  return tier === "private"
    ? cidr.subnet(newBitsOf(tier), placeOf(zone))
    : cidr.subnet(newBitsOf(tier), FIRST_PUBLIC_PART + placeOf(zone));
}

/** What is wrong with the zones and with CIDR blocks given for them. */
export function subnetProblems(
  vpcCidr: string,
  zones: readonly string[],
  tiers: readonly SubnetTier[],
  own: Readonly<Record<string, SubnetCidrs>> = {},
): Problem[] {
  const vpc = Cidr.parse(vpcCidr);
  const problems = [...ownCidrProblems(zones, tiers, own), ...placeProblems(vpc, zones, tiers, own)];
  return problems.length > 0 ? problems : clashes(vpc, planSubnets(vpc, zones, tiers, own));
}

function ownCidrProblems(
  zones: readonly string[],
  tiers: readonly SubnetTier[],
  own: Readonly<Record<string, SubnetCidrs>>,
): Problem[] {
  return Object.entries(own).flatMap(([zone, cidrs]) => {
    const unknown: Problem[] = zones.includes(zone)
      ? []
      : [
          {
            at: ["subnetCidrs", zone],
            message: `'subnetCidrs' names zone ${quote(zone)}, which is not in 'zones'; add it there or remove it here`,
          },
        ];
    const unused: Problem[] =
      cidrs.public !== undefined && !tiers.includes("public")
        ? [
            {
              at: ["subnetCidrs", zone, "public"],
              message: `'subnetCidrs' names a public network for zone ${quote(zone)}, and 'publicSubnets' is false; remove one of the two`,
            },
          ]
        : [];
    const refused = tiers.flatMap((tier) => {
      const message = cidrs[tier] === undefined ? undefined : ownCidrProblem(cidrs[tier]);
      return message === undefined ? [] : [{ at: ["subnetCidrs", zone, tier], message }];
    });
    return [...unknown, ...unused, ...refused];
  });
}

function ownCidrProblem(cidr: string): string | undefined {
  const malformed = Cidr.problemOf(cidr);
  if (malformed !== undefined) {
    return `'subnetCidrs' ${malformed}`;
  }
  return Cidr.parse(cidr).prefix > SUBNET_PREFIX_MAX
    ? `'subnetCidrs' must hold networks of /${SUBNET_PREFIX_MAX} or larger, as AWS has it for a subnet, got ${quote(cidr)}`
    : undefined;
}

/** Zones without CIDR blocks of their own for which the addressing plan has no place or the VPC no room. */
function placeProblems(
  vpc: Cidr,
  zones: readonly string[],
  tiers: readonly SubnetTier[],
  own: Readonly<Record<string, SubnetCidrs>>,
): Problem[] {
  return zones.flatMap((zone): Problem[] => {
    const derived = tiers.filter((tier) => own[zone]?.[tier] === undefined);
    if (derived.length > 0 && !derivable(zone)) {
      return [
        {
          at: ["zones"],
          message: `zone ${quote(zone)} has no place in the derived addressing plan, which knows the letters a to h; give it 'subnetCidrs'`,
        },
      ];
    }
    return derived
      .filter((tier) => vpc.prefix + newBitsOf(tier) > SMALLEST_SUBNET_PREFIX)
      .map((tier) => ({
        at: ["subnetCidrs"],
        message: `'cidr' "${vpc}" is too small to derive the ${tier} subnet of zone ${quote(zone)}, which would be /${vpc.prefix + newBitsOf(tier)}, and load balancers need /${SMALLEST_SUBNET_PREFIX}; give it in 'subnetCidrs'`,
      }));
  });
}

function derivable(zone: string): boolean {
  return placeOf(zone) >= 0 && placeOf(zone) < PLACES;
}

function clashes(vpc: Cidr, plans: readonly SubnetPlan[]): Problem[] {
  const outside = plans
    .filter(({ cidr }) => !vpc.contains(cidr))
    .map(
      (plan): Problem => ({
        at: ["subnetCidrs", plan.zone, plan.tier],
        message: `${describe(plan)} lies outside the VPC's 'cidr' "${vpc}"; choose a part of it`,
      }),
    );
  const overlapping = plans.flatMap((plan, index) =>
    plans
      .slice(0, index)
      .filter((other) => other.cidr.overlaps(plan.cidr))
      .map(
        (other): Problem => ({
          at: ["subnetCidrs", plan.zone, plan.tier],
          message: `${describe(plan)} overlaps ${describe(other)}; give one of them another 'subnetCidrs'`,
        }),
      ),
  );
  return [...outside, ...overlapping];
}

function describe({ zone, tier, cidr }: SubnetPlan): string {
  return `${tier} subnet "${cidr}" of zone ${quote(zone)}`;
}
