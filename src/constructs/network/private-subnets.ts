import { type Problem, problemAt } from "../../model/problem";
import { fewZonesProblem, zoneChoiceProblems } from "../../model/zones";
import type { IVpc, VpcSubnet } from "./ivpc";

/** The private subnets of a VPC in chosen zones, or all of them. */
export function privateSubnetsIn(vpc: IVpc, zones: readonly string[] | undefined): readonly VpcSubnet[] {
  return vpc.privateSubnets.filter(({ zone }) => zones?.includes(zone) ?? true);
}

/**
 * What is wrong with a choice of zones.
 *
 * @param min how many zones are needed at least
 */
export function privateSubnetsProblems(vpc: IVpc, zones: readonly string[] | undefined, min: number): Problem[] {
  const known = vpc.privateSubnets.map(({ zone }) => zone);
  return zones === undefined
    ? problemAt(["vpc"], fewZonesProblem("'vpc' must have private", known, min))
    : zoneChoiceProblems(zones, min, known);
}
