import type { Construct } from "constructs";
import { zoneChoiceProblems } from "../../model/zones";
import { refuse } from "../errors";
import type { IVpc, VpcSubnet } from "./ivpc";

/**
 * The private subnets of a VPC in chosen zones, or all of them.
 *
 * @param scope construct whose path messages name
 * @param zones keys of zones, or nothing for all
 * @param min how many zones are needed at least
 * @throws InvalidPropsError when the VPC has no private subnet in a zone
 */
export function choosePrivateSubnets(
  scope: Construct,
  vpc: IVpc,
  zones: readonly string[] | undefined,
  min: number,
): readonly VpcSubnet[] {
  if (zones === undefined) {
    return vpc.privateSubnets;
  }
  const known = vpc.privateSubnets.map(({ zone }) => zone);
  refuse(scope, zoneChoiceProblems(zones, min, known));
  return vpc.privateSubnets.filter(({ zone }) => zones.includes(zone));
}
