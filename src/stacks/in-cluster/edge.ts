import { Certificate } from "../../constructs/traffic/certificate";
import { HostedZone, type IHostedZone } from "../../constructs/traffic/hosted-zone";
import { WebAcl } from "../../constructs/traffic/web-acl";
import { names } from "../../model/names";
import { byKey, type InClusterContext } from "./context";
import { addOutput } from "./output";
import type { TrafficResources } from "./traffic";

/** What other features need of the edge: the zones of names, certificates, and the web ACL. */
export interface Edge extends TrafficResources {
  readonly webAclName?: string;
}

/** Names, certificates and the web ACL, which stand in AWS alone. */
export function addEdge(context: InClusterContext): Edge {
  const zones = addHostedZones(context);
  const certificateArns = addCertificates(context, zones);
  const webAcl = addWebAcl(context);
  return {
    zones,
    certificateArns,
    ...(webAcl === undefined ? {} : { webAclArn: webAcl.webAclArn, webAclName: webAcl.webAclName }),
  };
}

function addHostedZones({ stack, cluster, inCluster }: InClusterContext): Record<string, IHostedZone> {
  const servers: Record<string, readonly string[]> = {};
  const zones = byKey(inCluster.hostedZones).map(([key, options]): [string, IHostedZone] => {
    const { zoneId, zoneName, private: isPrivate = false, forceDestroy } = options;
    if (zoneId !== undefined) {
      return [key, HostedZone.fromAttributes({ zoneId, zoneName, isPrivate })];
    }
    const zone = new HostedZone(stack, `zone-${key}`, {
      zoneName,
      ...(isPrivate ? { vpcs: [cluster.vpc] } : {}),
      ...(forceDestroy === undefined ? {} : { forceDestroy }),
    });
    if (!isPrivate) {
      servers[key] = zone.nameServers;
    }
    return [key, zone];
  });
  addOutput(stack, "name_servers", "Name servers that the zones above have to delegate to, by hosted zone", servers);
  return Object.fromEntries(zones);
}

function addCertificates(
  { stack, inCluster }: InClusterContext,
  zones: Readonly<Record<string, IHostedZone>>,
): Record<string, string> {
  const arns = Object.fromEntries(
    byKey(inCluster.certificates).flatMap(([key, { zone: zoneKey, ...options }]) => {
      const zone = zones[zoneKey];
      return zone === undefined
        ? []
        : [[key, new Certificate(stack, `certificate-${key}`, { ...options, zone }).certificateArn]];
    }),
  );
  addOutput(stack, "certificate_arns", "ARNs of the certificates, by key", arns);
  return arns;
}

function addWebAcl({ stack, cluster, inCluster }: InClusterContext): WebAcl | undefined {
  if (inCluster.webAcl === undefined) {
    return undefined;
  }
  const webAcl = new WebAcl(stack, "web-acl", { name: names.webAcl(cluster.clusterName), ...inCluster.webAcl });
  addOutput(stack, "web_acl_arn", "ARN of the web ACL", webAcl.webAclArn);
  return webAcl;
}
