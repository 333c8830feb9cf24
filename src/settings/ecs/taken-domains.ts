import { ownValue } from "../../model/own-value";
import { type Problem, quote } from "../../model/problem";
import type { EcsSettings } from "./schema";

/** A name in a zone that leads to something. */
interface DomainRecord {
  /** Where it stands, seen from 'ecs'. */
  readonly at: Problem["at"];
  /** What it leads to, such as `'services.web'`. */
  readonly of: string;
  /** Key of the zone. */
  readonly zone: string;
  readonly name: string;
}

/** Names of hosts that lead to two places, of which a zone has the records once; seen from 'ecs'. */
export function takenDomainProblems(settings: EcsSettings): Problem[] {
  const { hostedZones = {} } = settings.ecs;
  const first = new Map<string, DomainRecord>();
  return recordsOf(settings).flatMap((record) => {
    const key = `${ownValue(hostedZones, record.zone)?.zoneId ?? record.zone} ${record.name}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, record);
      return [];
    }
    return [
      {
        at: record.at,
        message: `${quote(record.name)} would lead to ${other.of} and to ${record.of}, and a zone has its records once; leave it out of one of the two, or let services share one of 'loadBalancers'`,
      },
    ];
  });
}

function recordsOf({ ecs }: EcsSettings): DomainRecord[] {
  const { loadBalancers = {}, services = {}, appRunner = {} } = ecs;
  const balanced = (
    at: readonly string[],
    of: string,
    domainNames: Readonly<Record<string, string>> = {},
  ): DomainRecord[] =>
    Object.entries(domainNames).map(([name, zone]) => ({ at: [...at, "domainNames", name], of, zone, name }));
  return [
    ...Object.entries(loadBalancers).flatMap(([key, { domainNames }]) =>
      balanced(["loadBalancers", key], `'loadBalancers.${key}'`, domainNames),
    ),
    ...Object.entries(services).flatMap(([key, { loadBalancer }]) =>
      balanced(["services", key, "loadBalancer"], `'services.${key}'`, loadBalancer?.domainNames),
    ),
    ...Object.entries(appRunner).flatMap(([key, { domains = {} }]) =>
      Object.entries(domains).flatMap(([domain, { zone, enableWwwSubdomain = false }]) =>
        zone === undefined
          ? []
          : (enableWwwSubdomain ? [domain, `www.${domain}`] : [domain]).map((name) => ({
              at: ["appRunner", key, "domains", domain],
              of: `'appRunner.${key}'`,
              zone,
              name,
            })),
      ),
    ),
  ];
}
