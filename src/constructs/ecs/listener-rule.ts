import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { ITerraformDependable, TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { type PlannedCondition, plannedConditions, type RuleConditions } from "../../model/listener-rules";
import { addCertificates } from "./load-balancer-edge";
import type { NetworkLoadBalancer } from "./network-load-balancer";
import type { TargetGroup } from "./target-group";

/** The target groups of one target: the second only where ECS moves requests between two. */
export interface TargetGroupPair {
  readonly primary: TargetGroup;
  readonly alternate: TargetGroup | undefined;
}

export interface ListenerRuleConfig {
  readonly listenerArn: string;
  readonly priority: number;
  readonly conditions: RuleConditions;
  readonly groups: TargetGroupPair;
}

/** What sends requests to target groups: a rule of an Application Load Balancer. */
export interface CreatedListener {
  readonly arn: string;
  readonly ready: readonly ITerraformDependable[];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html */
export function createRule(scope: Construct, id: string, config: ListenerRuleConfig): CreatedListener {
  const { listenerArn, priority, conditions, groups } = config;
  const { primary, alternate } = groups;
  const rule = new LbListenerRule(scope, id, {
    listenerArn,
    priority,
    action: [
      alternate === undefined
        ? { type: "forward", targetGroupArn: primary.targetGroupArn }
        : {
            type: "forward",
            forward: {
              targetGroup: [
                { arn: primary.targetGroupArn, weight: 100 },
                { arn: alternate.targetGroupArn, weight: 0 },
              ],
            },
          },
    ],
    condition: plannedConditions(conditions).map(conditionConfig),
    ...leftToEcs("action", groups),
  });
  return { arn: rule.arn, ready: [rule] };
}

function conditionConfig({ kind, key = "", values }: PlannedCondition): LbListenerRuleCondition {
  const list = { values: [...values] };
  switch (kind) {
    case "hosts":
      return { hostHeader: list };
    case "paths":
      return { pathPattern: list };
    case "methods":
      return { httpRequestMethod: list };
    case "sourceIps":
      return { sourceIp: list };
    case "headers":
      return { httpHeader: { httpHeaderName: key, ...list } };
    case "queryStrings":
      return { queryString: values.map((value) => ({ key, value })) };
  }
}

export interface PortListenerConfig {
  readonly port: number;
  readonly protocol: string;
  readonly groups: TargetGroupPair;
}

/** A port of a Network Load Balancer. */
export function createPortListener(
  scope: Construct,
  id: string,
  { loadBalancerArn, tlsOptions }: NetworkLoadBalancer,
  { port, protocol, groups }: PortListenerConfig,
): CreatedListener {
  const tls = protocol === "TLS" ? tlsOptions : undefined;
  const listener = new LbListener(scope, id, {
    loadBalancerArn,
    port,
    protocol,
    ...(tls === undefined ? {} : { certificateArn: tls.certificateArn, sslPolicy: tls.sslPolicy }),
    defaultAction: [{ type: "forward", targetGroupArn: groups.primary.targetGroupArn }],
    ...leftToEcs("default_action", groups),
  });
  addCertificates(scope, id, listener.arn, tls?.furtherCertificateArns);
  return { arn: listener.arn, ready: [listener] };
}

/**
 * Where ECS moves requests between two target groups, it changes the action with each deployment, and Terraform leaves
 * it alone. Only when a target group is replaced does it make another one in its place, or AWS would not let the old
 * target group go.
 */
function leftToEcs(
  property: string,
  { primary, alternate }: TargetGroupPair,
): { lifecycle?: TerraformResourceLifecycle } {
  return alternate === undefined
    ? {}
    : { lifecycle: { ignoreChanges: [property], replaceTriggeredBy: [primary.identity, alternate.identity] } };
}
