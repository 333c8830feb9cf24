import { zoneKeys } from "../model/zones";
import type { NetworkSettings } from "./network";

/** Keys of the zones in which the VPC of the settings has private subnets. */
export function privateZones({ network }: { readonly network: NetworkSettings }): string[] {
  return network.existing === undefined
    ? zoneKeys(network.zones ?? [])
    : Object.keys(network.existing.privateSubnetIds ?? {});
}
