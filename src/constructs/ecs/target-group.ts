import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { TARGET_DEFAULTS } from "../../model/balanced-targets";
import { healthCheckOf } from "../../model/health-check";
import { type LoadBalancerKind, type ResolvedTarget, targetGroupName } from "../../model/target-group";
import { isKnown } from "../errors";

export interface TargetGroupProps {
  readonly kind: LoadBalancerKind;
  readonly target: ResolvedTarget;
  /** Name of the service, from which its own is derived. */
  readonly serviceName: string;
  readonly vpcId: string;
  /** Whether tasks are entered by their own address, or by their instance's. */
  readonly targetType: "ip" | "instance";
  /** Whether it is the second one, to which ECS moves requests and back. @default false */
  readonly alternate?: boolean;
}

/**
 * The tasks of a service behind a load balancer. What AWS cannot change is part of its name, so that the new one stands
 * before the old one goes.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export class TargetGroup extends Construct {
  readonly targetGroupArn: string;
  /** As metrics of CloudWatch name it. */
  readonly targetGroupArnSuffix: string;
  /** What changes only when there is another one in its place, as Terraform's `replace_triggered_by` names it. */
  readonly identity: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { kind, target, serviceName, vpcId, targetType, alternate = false } = props;
    const { options, port } = target;
    const protocol = protocolOf(target);
    const version = kind === "application" ? (options.protocolVersion ?? "HTTP1") : undefined;
    const healthCheck = healthCheckOf(kind, target);
    const key = alternate ? `${target.key}-alternate` : target.key;
    const group = new LbTargetGroup(this, "target-group", {
      name: targetGroupName(isKnown(serviceName) ? serviceName : this.node.id, key, [
        port,
        protocol,
        version ?? "",
        targetType,
        isKnown(vpcId) ? vpcId : "",
      ]),
      vpcId,
      targetType,
      port,
      protocol,
      ...(version === undefined ? {} : { protocolVersion: version }),
      deregistrationDelay: String(options.deregistrationDelayInSeconds ?? TARGET_DEFAULTS.deregistrationDelayInSeconds),
      ...(kind === "application" ? requestConfig(target) : connectionConfig(target)),
      healthCheck: {
        enabled: true,
        protocol: healthCheck.protocol,
        port: healthCheck.port === undefined ? "traffic-port" : String(healthCheck.port),
        ...(healthCheck.path === undefined ? {} : { path: healthCheck.path }),
        ...(healthCheck.codes === undefined ? {} : { matcher: healthCheck.codes }),
        interval: healthCheck.intervalInSeconds,
        timeout: healthCheck.timeoutInSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    this.targetGroupArn = group.arn;
    this.targetGroupArnSuffix = group.arnSuffix;
    this.identity = `${group.terraformResourceType}.${group.friendlyUniqueId}.id`;
  }
}

/** What is spoken with the container. */
function protocolOf({ protocol, options }: ResolvedTarget): string {
  return protocol === "TLS" && options.tlsToContainer !== true ? "TCP" : protocol;
}

function requestConfig({ options }: ResolvedTarget) {
  const { stickiness, slowStartInSeconds, algorithm = "round_robin" } = options;
  return {
    loadBalancingAlgorithmType: algorithm,
    slowStart: slowStartInSeconds ?? 0,
    // Said also when there is none: Terraform would leave what was there before.
    stickiness: {
      enabled: stickiness !== undefined,
      type: stickiness?.cookieName === undefined ? "lb_cookie" : "app_cookie",
      cookieDuration: stickiness?.durationInSeconds ?? TARGET_DEFAULTS.stickinessInSeconds,
      ...(stickiness?.cookieName === undefined ? {} : { cookieName: stickiness.cookieName }),
    },
  };
}

function connectionConfig({ options, protocol }: ResolvedTarget) {
  const { preserveClientIp, proxyProtocol = false, stickiness } = options;
  return {
    proxyProtocolV2: proxyProtocol,
    ...(preserveClientIp === undefined ? {} : { preserveClientIp: String(preserveClientIp) }),
    ...(protocol === "TLS" ? {} : { stickiness: { enabled: stickiness !== undefined, type: "source_ip" } }),
  };
}
