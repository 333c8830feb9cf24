import { type Problem, quote, quoteAll } from "./problem";
import { zoneProblem } from "./regions";
import { PLACES } from "./subnet-layout";

/** Zones that Terraform looks up at plan time, leaving out those that EKS or Fargate refuse. */
export interface ZoneLookup {
  /** How many zones, 2 to 8. */
  readonly count: number;
}

/** EKS wants subnets in at least two zones. */
export const MIN_ZONES = 2;

/** As many as the addressing plan has places for. */
const MAX_LOOKED_UP_ZONES = PLACES;

/** The keys of zones: their names, or `1` to the count (8 at most) when they are looked up; sorted. */
export function zoneKeys(zones: readonly string[] | ZoneLookup): string[] {
  return "count" in zones
    ? Array.from({ length: Math.min(zones.count, MAX_LOOKED_UP_ZONES) }, (_, index) => String(index + 1))
    : [...zones].sort();
}

/** What is wrong with the zones of a VPC in `region`. */
export function zonesProblems(region: string, zones: readonly string[] | ZoneLookup): Problem[] {
  if ("count" in zones) {
    const { count } = zones;
    return Number.isInteger(count) && count >= MIN_ZONES && count <= MAX_LOOKED_UP_ZONES
      ? []
      : [
          {
            at: ["zones", "count"],
            message: `'count' of 'zones' must be ${MIN_ZONES} to ${MAX_LOOKED_UP_ZONES}, got ${quote(count)}`,
          },
        ];
  }
  const problems: Problem[] = [];
  if (zones.length < MIN_ZONES) {
    problems.push({
      at: ["zones"],
      message: `'zones' must hold at least ${MIN_ZONES} zones, as EKS wants it, got ${quote(zones)}; add one`,
    });
  }
  zones.forEach((zone, index) => {
    const malformed = zoneProblem(region, zone);
    if (malformed !== undefined) {
      problems.push({ at: ["zones", index], message: malformed });
    }
    if (zones.indexOf(zone) < index) {
      problems.push({ at: ["zones", index], message: `'zones' holds ${quote(zone)} twice; name each zone once` });
    }
  });
  return problems;
}

/**
 * Why subnets are in too few zones, or `undefined`.
 *
 * @param who what has to have which, as the beginning of a sentence
 * @param known zones of the subnets
 */
export function fewZonesProblem(who: string, known: readonly string[], min: number): string | undefined {
  return known.length >= min
    ? undefined
    : `${who} subnets in at least ${min} ${min === 1 ? "zone" : "zones"}, got ${known.length === 0 ? "none" : quoteAll(known)}; add ${known.length === 0 ? "some" : "another zone's"}`;
}

/**
 * What is wrong with a choice among the zones of a VPC.
 *
 * @param min how many zones the chooser needs
 * @param known zones in which the VPC has private subnets
 */
export function zoneChoiceProblems(chosen: readonly string[], min: number, known: readonly string[]): Problem[] {
  const few: Problem[] =
    new Set(chosen).size >= min
      ? []
      : [
          {
            at: ["zones"],
            message: `'zones' must name at least ${min} of the VPC's zones ${quoteAll(known)}, got ${quote(chosen)}; leave it out for all of them`,
          },
        ];
  return [
    ...few,
    ...chosen
      .filter((zone) => !known.includes(zone))
      .map((zone) => ({
        at: ["zones"],
        message: `'zones' names ${quote(zone)}, where the VPC has no private subnet; it has them in ${quoteAll(known)}`,
      })),
  ];
}
