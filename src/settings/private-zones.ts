import { zoneKeys } from "../model/zones";
import type { Settings } from "./schema";

/** Keys of the zones in which the VPC of the settings has private subnets. */
export function privateZones({ network }: Pick<Settings, "network">): string[] {
  return network.existing === undefined
    ? zoneKeys(network.zones ?? [])
    : Object.keys(network.existing.privateSubnetIds);
}
