import * as v from "valibot";
import { names } from "../../model/names";
import { type Problem, under } from "../../model/problem";
import { certificateSectionProblems, certificatesSchema as ofClusters } from "../in-cluster/certificates";
import { zoneProblems, hostedZonesSchema as zonesOfClusters } from "../in-cluster/dns";
import { webAclEntries, webAclSectionProblems } from "../in-cluster/web-acl";
import { described, text } from "../pieces";
import { sharedLoadBalancerProblems } from "./load-balancing";
import type { EcsSettings } from "./schema";
import { takenDomainProblems } from "./taken-domains";

export const hostedZonesSchema = zonesOfClusters;

export const certificatesSchema = ofClusters;

export const webAclSchema = described(
  v.strictObject({ name: v.exactOptional(described(text, "Default: <name>-ecs.")), ...webAclEntries }),
  "Web ACL of AWS WAF for load balancers that say so; {} for the defaults.",
);

/** What is wrong with names, certificates, the web ACL and load balancers that services share, seen from 'ecs'. */
export function edgeProblems(settings: EcsSettings): Problem[] {
  const { certificates, hostedZones, webAcl } = settings.ecs;
  return [
    ...under("hostedZones", zoneProblems(hostedZones)),
    ...under("certificates", certificateSectionProblems({ section: "ecs", certificates, hostedZones })),
    ...(webAcl === undefined ? [] : under("webAcl", webAclSectionProblems(webAcl, names.ecsWebAcl(settings.name)))),
    ...sharedLoadBalancerProblems(settings),
    ...takenDomainProblems(settings),
  ];
}
