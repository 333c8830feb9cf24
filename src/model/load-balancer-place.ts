import type { LoadBalancerSpec, NetworkLoadBalancerSpec } from "./load-balancer";
import { type Problem, problemAt, quote, quoteAll } from "./problem";
import type { LoadBalancerKind } from "./target-group";

/** Zones in which the VPC has subnets of each kind. */
export interface LoadBalancerZones {
  readonly privateZones: readonly string[];
  readonly publicZones: readonly string[];
  /** Whether it is somebody else's VPC, whose subnets may have IPv6 networks. */
  readonly mayHaveIpv6: boolean;
}

function missingFix(what: "public" | "private", existing: boolean): string {
  const others = what === "public" ? 'use "internal", or ' : "";
  return existing
    ? `${others}name some in '${what}SubnetIds' of the VPC, which are 'network.existing.${what}SubnetIds' in the settings`
    : `${others}have ${what} subnets`;
}

/** What is wrong with where a load balancer lies. */
export function placeProblems(
  kind: LoadBalancerKind,
  {
    scheme = "internal",
    dualStack = false,
    elasticIps,
  }: LoadBalancerSpec & Pick<NetworkLoadBalancerSpec, "elasticIps">,
  { privateZones, publicZones, mayHaveIpv6 }: LoadBalancerZones,
): Problem[] {
  const zones = scheme === "internet-facing" ? publicZones : privateZones;
  const what = scheme === "internet-facing" ? "public" : "private";
  const few =
    zones.length === 0
      ? `'scheme' ${quote(scheme)} needs ${what} subnets, of which the VPC has none; ${missingFix(what, mayHaveIpv6)}`
      : kind === "application" && zones.length < 2
        ? `an Application Load Balancer needs ${what} subnets in at least two zones, the VPC has them in ${quoteAll(zones)}; add another zone`
        : undefined;
  const strange = Object.keys(elasticIps ?? {}).filter((zone) => !zones.includes(zone));
  const missing = elasticIps === undefined ? [] : zones.filter((zone) => !Object.hasOwn(elasticIps, zone));
  return [
    ...problemAt(["scheme"], few),
    ...problemAt(
      ["dualStack"],
      dualStack && !mayHaveIpv6
        ? "'dualStack' needs subnets with IPv6 networks, which a VPC that is made here does not have; leave it out, or use a VPC of your own that has them"
        : undefined,
    ),
    ...problemAt(
      ["elasticIps"],
      few === undefined && strange.length + missing.length > 0
        ? `'elasticIps' must hold one address for each zone of the load balancer (${quoteAll(zones)}), got ${quoteAll(Object.keys(elasticIps ?? {}))}`
        : undefined,
    ),
  ];
}
