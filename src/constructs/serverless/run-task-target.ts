import { type CapacityMix, type CapacityStrategyItem, capacityProviderStrategyOf } from "../../model/ecs-capacity";
import type { RenderedOverride, RunTaskOptions } from "../../model/run-task";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import type { RunTaskNetwork } from "./run-task-network";

/** How EventBridge and its Scheduler alike are told to run a task. */
export interface EcsTarget {
  readonly taskDefinitionArn: string;
  readonly taskCount: number;
  readonly launchType?: string;
  readonly capacityProviderStrategy?: CapacityStrategyItem[];
  readonly platformVersion?: string;
  readonly propagateTags?: string;
  readonly enableEcsManagedTags: boolean;
  readonly enableExecuteCommand: boolean;
  readonly networkConfiguration?: { subnets: string[]; securityGroups: string[]; assignPublicIp: boolean };
}

/** @param network nothing for tasks without a network interface of their own */
export function ecsTarget(
  taskDefinition: ITaskDefinition,
  options: Omit<RunTaskOptions, "containers"> & { readonly taskCount?: number },
  network: RunTaskNetwork | undefined,
): EcsTarget {
  return {
    taskDefinitionArn: taskDefinition.taskDefinitionArn,
    taskCount: options.taskCount ?? 1,
    ...placeOf(taskDefinition, options.capacity),
    ...(options.platformVersion === undefined ? {} : { platformVersion: options.platformVersion }),
    ...((options.propagateTags ?? true) ? { propagateTags: "TASK_DEFINITION" } : {}),
    enableEcsManagedTags: true,
    enableExecuteCommand: false,
    ...(network === undefined
      ? {}
      : {
          networkConfiguration: {
            subnets: [...network.subnetIds],
            securityGroups: [...network.securityGroupIds],
            assignPublicIp: network.assignPublicIp,
          },
        }),
  };
}

/** Either the launch type or a strategy: ECS takes one of the two. */
function placeOf(
  { launch }: ITaskDefinition,
  capacity: CapacityMix | undefined,
): Pick<EcsTarget, "launchType" | "capacityProviderStrategy"> {
  return capacity === undefined
    ? { launchType: launch }
    : { capacityProviderStrategy: capacityProviderStrategyOf(capacity) };
}

/**
 * How Step Functions is told to run a task: the request of ECS, with names as Step Functions writes them.
 * `EnableECSManagedTags` is none of the parameters that it documents.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function runTaskArguments(
  { clusterArn }: IEcsCluster,
  taskDefinition: ITaskDefinition,
  options: Omit<RunTaskOptions, "containers">,
  network: RunTaskNetwork | undefined,
  overrides: readonly RenderedOverride[],
): Readonly<Record<string, unknown>> {
  const { launchType, capacityProviderStrategy = [] } = placeOf(taskDefinition, options.capacity);
  return {
    Cluster: clusterArn,
    TaskDefinition: taskDefinition.taskDefinitionArn,
    ...(launchType === undefined ? {} : { LaunchType: launchType }),
    ...(capacityProviderStrategy.length === 0
      ? {}
      : {
          CapacityProviderStrategy: capacityProviderStrategy.map(({ capacityProvider, base, weight }) => ({
            CapacityProvider: capacityProvider,
            Base: base,
            Weight: weight,
          })),
        }),
    ...(options.platformVersion === undefined ? {} : { PlatformVersion: options.platformVersion }),
    ...((options.propagateTags ?? true) ? { PropagateTags: "TASK_DEFINITION" } : {}),
    ...(network === undefined
      ? {}
      : {
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: network.subnetIds,
              SecurityGroups: network.securityGroupIds,
              AssignPublicIp: network.assignPublicIp ? "ENABLED" : "DISABLED",
            },
          },
        }),
    ...(overrides.length === 0
      ? {}
      : {
          Overrides: {
            ContainerOverrides: overrides.map(({ name, command, environment, cpu, memory }) => ({
              Name: name,
              ...(command === undefined ? {} : { Command: command }),
              ...(environment === undefined
                ? {}
                : { Environment: environment.map((variable) => ({ Name: variable.name, Value: variable.value })) }),
              ...(cpu === undefined ? {} : { Cpu: cpu }),
              ...(memory === undefined ? {} : { Memory: memory }),
            })),
          },
        }),
  };
}
