import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { TerraformStack } from "cdktf";
import { FargateService, type FargateServiceOptions } from "../../src/constructs/ecs/fargate-service";
import type { IEcsCluster } from "../../src/constructs/ecs/iecs-cluster";
import type { ServiceTarget } from "../../src/constructs/ecs/iecs-service";
import type { ITaskDefinition } from "../../src/constructs/ecs/itask-definition";
import { clusterOf, taskOf } from "./ecs";
import { resource, stackFor, synth } from "./stack";

/** What is there before the service. */
export interface Given {
  readonly cluster?: Partial<IEcsCluster>;
  readonly task?: Partial<ITaskDefinition>;
  readonly targets?: readonly ServiceTarget[];
}

/** A stack with the service "web" on Fargate. */
export function build(
  options: FargateServiceOptions | ((stack: TerraformStack) => FargateServiceOptions) = {},
  { cluster, task, targets }: Given = {},
) {
  const stack = stackFor();
  const service = new FargateService(stack, "web", {
    cluster: clusterOf(cluster),
    taskDefinition: taskOf(task),
    ...(targets === undefined ? {} : { targets }),
    ...(typeof options === "function" ? options(stack) : options),
  });
  const text = synth(stack);
  return { stack, service, text, made: resource(text, EcsService) };
}

/** A target group of a load balancer. */
export const target = (key: string, options: Partial<ServiceTarget> = {}): ServiceTarget => ({
  key,
  containerName: "web",
  containerPort: 8080,
  targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${key}/1`,
  loadBalancerSecurityGroupId: "sg-balancer",
  ready: [],
  ...options,
});
