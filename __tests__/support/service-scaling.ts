import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { TerraformStack } from "cdktf";
import type { IEcsService } from "../../src/constructs/ecs/iecs-service";
import { ServiceScaling, type ServiceScalingProps } from "../../src/constructs/ecs/service-scaling";
import { resource, stackFor, synth } from "./stack";

export const LOAD = { namespace: "Shop", name: "Load", dimensions: { Kind: "pdf", Age: "new" } };
export const COUNTER = {
  loadBalancerArnSuffix: "app/shop/50dc6c495c0c9188",
  targetGroupArnSuffix: "targetgroup/web/943f017f100becff",
};

/** A service that is there, and counts how often it is told to leave its number of tasks alone. */
export function serviceOf(overrides: Partial<IEcsService> = {}): IEcsService & { left: number } {
  const service = {
    serviceName: "shop-web",
    cluster: { clusterName: "shop" } as IEcsService["cluster"],
    taskDefinition: {} as IEcsService["taskDefinition"],
    securityGroupId: undefined,
    requestCounter: COUNTER,
    ready: [],
    left: 0,
    leaveDesiredCount() {
      service.left++;
    },
    ...overrides,
  };
  return service;
}

/** Scaling by CPU, from 1 to 10 tasks, of a service that is there. */
export function scale(stack: TerraformStack, props: Partial<ServiceScalingProps> = {}): ServiceScaling {
  return new ServiceScaling(stack, "scaling", {
    service: serviceOf(),
    minimum: 1,
    maximum: 10,
    targetTracking: { cpu: { metric: "cpu", target: 60 } },
    ...props,
  });
}

/** The only policy of the stack, without what all have. */
export function policy(props: Partial<ServiceScalingProps>, name?: string) {
  const stack = stackFor();
  scale(stack, { targetTracking: {}, ...props });
  return resource(synth(stack), AppautoscalingPolicy, name);
}
