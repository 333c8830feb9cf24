import { ApplicationLoadBalancer } from "../../constructs/ecs/application-load-balancer";
import type { LoadBalancer } from "../../constructs/ecs/load-balanced-service";
import { NetworkLoadBalancer } from "../../constructs/ecs/network-load-balancer";
import type { IVpc } from "../../constructs/network/ivpc";
import { Certificate } from "../../constructs/traffic/certificate";
import { HostedZone } from "../../constructs/traffic/hosted-zone";
import { WebAcl } from "../../constructs/traffic/web-acl";
import { names } from "../../model/names";
import { sharedLoadBalancerName } from "../../settings/ecs/load-balancing";
import { addOutput } from "../in-cluster/output";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { ownLoadBalancer } from "./load-balanced";

/** Names, certificates, the web ACL, and load balancers that services share. */
export function addEdge(context: EcsContext): void {
  addHostedZones(context);
  addCertificates(context);
  addWebAcl(context);
  addLoadBalancers(context);
}

function addHostedZones({ stack, ecs, vpc, zones }: EcsContext): void {
  const servers: Record<string, readonly string[]> = {};
  for (const [key, options] of byKey(ecs.hostedZones)) {
    const { zoneId, zoneName, private: isPrivate = false, forceDestroy } = options;
    if (zoneId !== undefined) {
      zones[key] = HostedZone.fromAttributes({ zoneId, zoneName, isPrivate });
      continue;
    }
    const zone = new HostedZone(stack, `zone-${key}`, {
      zoneName,
      ...(isPrivate ? { vpcs: vpcsOf(vpc) } : {}),
      ...(forceDestroy === undefined ? {} : { forceDestroy }),
    });
    zones[key] = zone;
    if (!isPrivate) {
      servers[key] = zone.nameServers;
    }
  }
  addOutput(stack, "name_servers", "Name servers that the zones above have to delegate to, by hosted zone", servers);
}

function vpcsOf(vpc: IVpc | undefined): readonly IVpc[] {
  return vpc === undefined ? [] : [vpc];
}

function addCertificates({ stack, ecs, zones, certificateArns }: EcsContext): void {
  for (const [key, { zone, ...options }] of byKey(ecs.certificates)) {
    const certificate = new Certificate(stack, `certificate-${key}`, {
      ...options,
      zone: pick("hosted zone", zones, zone),
    });
    certificateArns[key] = certificate.certificateArn;
  }
  addOutput(stack, "certificate_arns", "ARNs of the certificates, by key", certificateArns);
}

function addWebAcl(context: EcsContext): void {
  const { stack, settings, ecs } = context;
  if (ecs.webAcl !== undefined) {
    context.webAclArn = new WebAcl(stack, "web-acl", {
      name: names.ecsWebAcl(settings.name),
      ...ecs.webAcl,
    }).webAclArn;
    addOutput(stack, "web_acl_arn", "ARN of the web ACL", context.webAclArn);
  }
}

function addLoadBalancers(context: EcsContext): void {
  const { stack, settings, ecs } = context;
  const loadBalancers: Record<string, LoadBalancer> = {};
  for (const [key, options] of byKey(ecs.loadBalancers)) {
    const { type, ...own } = ownLoadBalancer(context, options);
    const props = { ...own, name: sharedLoadBalancerName(settings, key, options), vpc: clusterOf(context).vpc };
    loadBalancers[key] =
      type === "network"
        ? new NetworkLoadBalancer(stack, `load-balancer-${key}`, props)
        : new ApplicationLoadBalancer(stack, `load-balancer-${key}`, props);
  }
  context.loadBalancers = loadBalancers;
}
