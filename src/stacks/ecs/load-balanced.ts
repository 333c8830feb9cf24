import {
  LoadBalancedService,
  type LoadBalancedServiceProps,
  type OwnLoadBalancer,
} from "../../constructs/ecs/load-balanced-service";
import { InvalidPropsError } from "../../constructs/errors";
import type { LoadBalancerSettings, ServiceLoadBalancerSettings } from "../../settings/ecs/load-balancer-schema";
import { addOutput } from "../in-cluster/output";
import { type EcsContext, pick } from "./context";

/**
 * A service with a load balancer in front, as `service-<key>`. Where clients find it becomes an output.
 *
 * @param service what it would be without a load balancer
 */
export function addLoadBalancedService(
  context: EcsContext,
  key: string,
  { shared, targets, ...own }: ServiceLoadBalancerSettings,
  service: Omit<LoadBalancedServiceProps, "loadBalancer" | "targets">,
): LoadBalancedService {
  const added = new LoadBalancedService(context.stack, `service-${key}`, {
    ...service,
    loadBalancer:
      shared === undefined ? ownLoadBalancer(context, own) : pick("load balancer", context.loadBalancers ?? {}, shared),
    targets,
  });
  addOutput(context.stack, `${key.replaceAll("-", "_")}_url`, `Where clients find service ${key}`, added.url);
  return added;
}

/** The load balancer of the settings, with what its keys stand for. */
export function ownLoadBalancer(context: EcsContext, options: LoadBalancerSettings): OwnLoadBalancer {
  const { certificate, furtherCertificates = [], webAcl = false, domainNames, ...rest } = options;
  const { certificateArns, zones } = context;
  const further = {
    ...rest.furtherCertificateArns,
    ...Object.fromEntries(furtherCertificates.map((key) => [key, pick("certificate", certificateArns, key)])),
  };
  return {
    ...rest,
    ...(certificate === undefined ? {} : { certificateArn: pick("certificate", certificateArns, certificate) }),
    ...(Object.keys(further).length === 0 ? {} : { furtherCertificateArns: further }),
    ...(webAcl ? { webAclArn: webAclOf(context) } : {}),
    ...(domainNames === undefined
      ? {}
      : {
          domainNames: Object.fromEntries(
            Object.entries(domainNames).map(([name, zone]) => [name, pick("hosted zone", zones, zone)]),
          ),
        }),
  } as OwnLoadBalancer;
}

function webAclOf({ webAclArn }: EcsContext): string {
  if (webAclArn === undefined) {
    throw new InvalidPropsError("there is no web ACL for 'webAcl' of the load balancer; add 'webAcl' to 'ecs'");
  }
  return webAclArn;
}
