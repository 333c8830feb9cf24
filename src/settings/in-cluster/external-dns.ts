import * as v from "valibot";
import { DNS_POLICIES, DNS_SOURCES, externalDnsProblems } from "../../model/external-dns";
import { names as awsNames, nameProblem } from "../../model/names";
import { type Problem, problemAt, quote, quoteAll } from "../../model/problem";
import { chart, described, image, names, text } from "../pieces";
import type { Settings } from "../schema";

export const externalDnsSchema = described(
  v.strictObject({
    policy: described(v.picklist(DNS_POLICIES), "What it does to records; sync deletes them."),
    ownerId: described(text, "Mark of its own records, such as the name of the cluster."),
    zones: v.exactOptional(described(names, "Keys of 'hostedZones'. Default: all.")),
    txtPrefix: v.exactOptional(described(text, "Before the names of the records that hold the mark. Default: none.")),
    sources: v.exactOptional(described(v.array(v.picklist(DNS_SOURCES)), "Default: ingress and service.")),
    intervalInSeconds: v.exactOptional(described(v.number(), "Default: 60.")),
    roleName: v.exactOptional(described(text, "Default: <name>-external-dns.")),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "ExternalDNS, which writes the hosts of Ingresses and Services into Route 53.",
);

/** What is wrong with ExternalDNS. */
export function externalDnsSettingsProblems({ name, inCluster }: Settings): Problem[] {
  const { externalDns: options, hostedZones = {} } = inCluster ?? {};
  if (options === undefined) {
    return [];
  }
  const there = Object.keys(hostedZones);
  const role = nameProblem("role", options.roleName ?? awsNames.externalDnsRole(name), "set another 'roleName'");
  return [
    ...externalDnsProblems(options),
    ...problemAt(
      [],
      there.length === 0 || options.zones?.length === 0
        ? "ExternalDNS needs a hosted zone to write into, and there is none; add one to 'inCluster.hostedZones'"
        : undefined,
    ),
    ...(options.zones ?? []).flatMap((key, index) =>
      problemAt(
        ["zones", index],
        there.length === 0 || there.includes(key)
          ? undefined
          : `'zones' must hold keys of 'inCluster.hostedZones' (${quoteAll(there)}), got ${quote(key)}`,
      ),
    ),
    ...problemAt(options.roleName === undefined ? [] : ["roleName"], role),
  ];
}
