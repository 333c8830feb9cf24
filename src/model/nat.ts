import { type Problem, quote, quoteAll } from "./problem";

/** NAT gateways of a VPC: none, one that all zones share, or one in each zone. */
export type NatMode = "none" | "single" | "per-zone";

export interface NatOptions {
  /** Whether the VPC has public subnets, for load balancers and NAT gateways. @default true */
  readonly publicSubnets?: boolean;
  /** NAT gateways. @default "single", "none" without public subnets */
  readonly nat?: NatMode;
  /** Zone of the single NAT gateway. @default - the first in alphabetical order; name it when a zone may come before it */
  readonly natZone?: string;
}

function natMode({ publicSubnets = true, nat = publicSubnets ? "single" : "none" }: NatOptions): NatMode {
  return nat;
}

/**
 * What is wrong with the options.
 *
 * @param zones keys of the VPC's zones
 */
export function natProblems(options: NatOptions, zones: readonly string[]): Problem[] {
  const { publicSubnets = true, natZone } = options;
  const nat = natMode(options);
  const problems: Problem[] = [];
  if (nat !== "none" && !publicSubnets) {
    problems.push({
      at: ["nat"],
      message: `'nat' must be "none" when 'publicSubnets' is false, got ${quote(nat)}: a NAT gateway stands in a public subnet; leave 'publicSubnets' out, or use 'interfaceEndpoints' instead of NAT`,
    });
  }
  if (natZone !== undefined && nat !== "single") {
    problems.push({ at: ["natZone"], message: `'natZone' is for 'nat' "single", got ${quote(nat)}; remove it` });
  }
  if (natZone !== undefined && !zones.includes(natZone)) {
    problems.push({
      at: ["natZone"],
      message: `'natZone' must be one of the VPC's zones ${quoteAll(zones)}, got ${quote(natZone)}`,
    });
  }
  return problems;
}

/**
 * The zones that get a NAT gateway.
 *
 * @param zones keys of the VPC's zones, sorted
 */
export function natZones(options: NatOptions, zones: readonly string[]): ReadonlySet<string> {
  switch (natMode(options)) {
    case "none":
      return new Set();
    case "single":
      return new Set([options.natZone ?? zones[0] ?? ""]);
    case "per-zone":
      return new Set(zones);
  }
}
