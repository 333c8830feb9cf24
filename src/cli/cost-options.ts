import type { CostOptions } from "../cost/cost-lines";
import { loadBalancersOf } from "../cost/load-balancers";
import { quote } from "../model/problem";
import { INSTANCE_TYPES, type InstanceType, instanceType } from "../pricing/instance-types";
import type { PriceBook } from "../pricing/price-book";
import { type Answer, discountsOf } from "./answer";
import type { Arguments } from "./arguments";
import type { Cluster } from "./cluster";
import { UsageError } from "./errors";
import { numberOf, textOf } from "./values";

/** Small and general: what a team would begin with, the newer generation first, on Intel and on Graviton. */
const GENERAL_INSTANCE_TYPES = ["m6i.large", "m6i.xlarge", "m7g.large", "m6g.large", "m5.large", "m5.xlarge"];
/** How many of them are compared when none is named. */
const DEFAULT_INSTANCE_TYPES = 3;
const DEFAULT_ZONES = 2;

/**
 * What the workloads are compared on: as the options say, else as the settings have it, else the least that is usual.
 *
 * @throws UsageError
 */
export function costOptionsOf(args: Arguments, { report, prices, cluster }: Answer): CostOptions {
  const { platform } = cluster;
  const count = (name: "nat-gateways" | "interface-endpoints" | "load-balancers") =>
    numberOf(args, name, { min: 0, max: 1000, whole: true });
  return {
    instanceTypes: instanceTypesOf(args, prices, cluster),
    zones: numberOf(args, "zones", { min: 1, max: 8, whole: true }) ?? platform.zones ?? DEFAULT_ZONES,
    network: {
      natGateways: count("nat-gateways") ?? platform.natGateways ?? 1,
      interfaceEndpoints: count("interface-endpoints") ?? platform.interfaceEndpoints ?? 0,
    },
    loadBalancers: count("load-balancers") ?? loadBalancersOf(report.inventory),
    extendedSupport: platform.extendedSupport ?? false,
    discounts: discountsOf(args, cluster),
  };
}

/** Percent that Fargate may cost more than nodes, where the option says so. */
export function premiumOf(args: Arguments): { acceptedPremium?: number } {
  const acceptedPremium = numberOf(args, "accept-premium", { min: 0, max: 1000, whole: false });
  return acceptedPremium === undefined ? {} : { acceptedPremium };
}

function instanceTypesOf(args: Arguments, prices: PriceBook, cluster: Cluster): InstanceType[] {
  const named = textOf(args, "instance-types");
  const own = ownInstanceTypes(cluster, prices);
  const names = named?.split(",").map((name) => name.trim()) ?? (own.length === 0 ? pricedInstanceTypes(prices) : own);
  return [...new Set(names)].map((name) => {
    const type = instanceType(name);
    if (type === undefined) {
      const known = INSTANCE_TYPES.map((each) => each.name).sort();
      throw new UsageError(`${quote(name)} of --instance-types is not known here; known are ${known.join(", ")}`);
    }
    return type;
  });
}

/** Instance types of the cluster's own nodes, those whose size and price are known. */
export function ownInstanceTypes({ instanceTypes = [] }: Cluster, prices: PriceBook): string[] {
  return instanceTypes.filter((name) => instanceType(name) !== undefined && prices.find(`ec2/${name}`) !== undefined);
}

/** Types whose price in the Region is known; where none is, the first, whose price is then told as missing. */
function pricedInstanceTypes(prices: PriceBook): string[] {
  const priced = GENERAL_INSTANCE_TYPES.filter((name) => prices.find(`ec2/${name}`) !== undefined);
  return (priced.length === 0 ? GENERAL_INSTANCE_TYPES : priced).slice(0, DEFAULT_INSTANCE_TYPES);
}
