import { Lb, type LbConfig } from "@cdktf/provider-aws/lib/lb";
import type { Construct } from "constructs";
import type { AccessLogsOptions } from "../../model/access-logs";
import type { LoadBalancerSpec } from "../../model/load-balancer";
import type { LoadBalancerKind } from "../../model/target-group";
import type { VpcSubnet } from "../network/ivpc";
import { accessLogsOf } from "./access-log-bucket";
import type { LoadBalancerPlace } from "./load-balancer-edge";

interface GivenLoadBalancer extends LoadBalancerPlace, Pick<LoadBalancerSpec, "scheme" | "dualStack"> {
  /** @default true */
  readonly deletionProtection?: boolean;
}

/** The subnets in which it lies. */
export function subnetsOf({ scheme, vpc }: GivenLoadBalancer): readonly VpcSubnet[] {
  return scheme === "internet-facing" ? vpc.publicSubnets : vpc.privateSubnets;
}

/** What is its own of a load balancer of one kind. */
interface OfKind {
  readonly kind: LoadBalancerKind;
  readonly securityGroupId: string;
  /** Where its records of requests go; false for nowhere. */
  readonly accessLogs: AccessLogsOptions | false;
  readonly config: Partial<LbConfig>;
}

/** The load balancer itself, with what those of both kinds have in common. It is there once its logs can be written. */
export function createLoadBalancer(
  scope: Construct,
  props: GivenLoadBalancer,
  { kind, securityGroupId, accessLogs, config }: OfKind,
): Lb {
  const { name, vpc, scheme, dualStack = false, deletionProtection = true } = props;
  const logs = accessLogsOf(scope, kind, name, accessLogs);
  return new Lb(scope, "load-balancer", {
    name,
    loadBalancerType: kind,
    internal: scheme !== "internet-facing",
    ipAddressType: dualStack ? "dualstack" : "ipv4",
    securityGroups: [securityGroupId],
    enableDeletionProtection: deletionProtection,
    ...config,
    ...logs.config,
    dependsOn: [...vpc.proofs, ...logs.ready],
  });
}
