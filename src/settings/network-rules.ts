import { egressOf, egressProblem, natProblems } from "../model/egress";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../model/log-retention";
import { type Problem, problemAt, quote, quoteAll, under } from "../model/problem";
import { zoneProblem } from "../model/regions";
import { DEFAULT_VPC_CIDR, type SubnetTier, subnetProblems, vpcCidrProblems } from "../model/subnet-layout";
import { MIN_ZONES, zoneKeys, zonesProblems } from "../model/zones";
import type { NetworkSettings } from "./network";

/** What rules about the network look at, of EKS and of ECS alike. */
interface NetworkOfSettings {
  readonly region: string;
  readonly network: NetworkSettings;
}

/** What is wrong with the account. */
export function accountProblems({ account: id }: { readonly account?: string }): Problem[] {
  return id === undefined || /^\d{12}$/.test(id)
    ? []
    : problemAt(["account"], `'account' must be the 12 digits of an AWS account in quotes, got ${quote(id)}`);
}

/** What is wrong with a VPC that is to be created. */
export function newNetworkProblems({ region, network }: NetworkOfSettings): Problem[] {
  const { existing, ...own } = network;
  if (existing !== undefined) {
    const extra = Object.keys(own);
    return extra.length === 0
      ? []
      : problemAt(
          ["network"],
          `'existing' excludes ${quoteAll(extra)}, which describe a VPC to be created; keep one or the other`,
        );
  }
  if (own.zones === undefined) {
    return problemAt(
      ["network"],
      `'network' must have 'zones', like ["${region}a", "${region}b"], or 'existing' for a VPC that is there already`,
    );
  }
  const tiers: SubnetTier[] = (own.publicSubnets ?? true) ? ["private", "public"] : ["private"];
  const cidr = own.cidr ?? DEFAULT_VPC_CIDR;
  const basic = [...vpcCidrProblems(cidr, tiers, own.subnetCidrs !== undefined), ...zonesProblems(region, own.zones)];
  const keys = zoneKeys(own.zones);
  const retention =
    typeof own.flowLogs === "object"
      ? (own.flowLogs.retentionInDays ?? DEFAULT_RETENTION_DAYS)
      : DEFAULT_RETENTION_DAYS;
  return [
    ...under("network", basic.length > 0 ? basic : subnetProblems(cidr, keys, tiers, own.subnetCidrs)),
    ...under("network", natProblems(own, keys)),
    ...problemAt(["network", "flowLogs", "retentionInDays"], retentionProblem("retentionInDays", retention)),
  ];
}

/** What is wrong with the subnets of a VPC that exists already. */
export function existingNetworkProblems({ region, network: { existing } }: NetworkOfSettings): Problem[] {
  const { privateSubnetIds = {}, publicSubnetIds = {} } = existing ?? {};
  return Object.entries({ privateSubnetIds, publicSubnetIds }).flatMap(([property, subnets]) =>
    Object.keys(subnets).flatMap((zone) =>
      problemAt(["network", "existing", property, zone], zoneProblem(region, zone)),
    ),
  );
}

/** What EKS wants of a VPC that exists already. */
export function existingNetworkOfEksProblems({ network: { existing } }: Pick<NetworkOfSettings, "network">): Problem[] {
  const zones = Object.keys(existing?.privateSubnetIds ?? {});
  return existing === undefined || zones.length >= MIN_ZONES
    ? []
    : problemAt(
        ["network", "existing", "privateSubnetIds"],
        `'privateSubnetIds' must hold subnets in at least ${MIN_ZONES} zones, as EKS wants it, got ${zones.length}; add another zone's`,
      );
}

/**
 * What stops containers from reaching their images.
 *
 * @param container what could not start
 */
export function egressProblems({ network }: Pick<NetworkOfSettings, "network">, container: "pod" | "task"): Problem[] {
  return network.existing === undefined ? problemAt(["network"], egressProblem(egressOf(network), container)) : [];
}
