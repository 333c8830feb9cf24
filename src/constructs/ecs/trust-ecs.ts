import type { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import { type PolicyStatement, trustService } from "../iam/policy-document";

/**
 * Trust in ECS itself, which acts with a role in a service's deployments. AWS documents it without conditions, and does
 * not say which keys ECS sends: where it sends them, they hold it to this account, and where it does not, nothing breaks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-permissions.html
 */
export function trustEcs(scope: Construct): PolicyStatement {
  const environment = AwsEnvironment.of(scope);
  return trustService("ecs.amazonaws.com", {
    ArnLikeIfExists: { "aws:SourceArn": environment.arn("ecs", "*") },
    StringEqualsIfExists: { "aws:SourceAccount": environment.account },
  });
}
