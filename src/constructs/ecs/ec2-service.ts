import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { type CapacityMix, capacityProviderStrategyOf } from "../../model/ecs-capacity";
import {
  DEFAULT_PLACEMENT,
  type PlacementOptions,
  type PlacementStrategy,
  type Scheduling,
} from "../../model/ecs-service-placement";
import { capacityOnInstances, instanceServiceProblems } from "../../model/ecs-service-rules";
import { isKnown } from "../errors";
import { ServiceBase, type ServiceOptions, type ServiceProps, type ServiceRun } from "./service-base";
import { surroundingsOf } from "./service-surroundings";

/** What a service on instances may be told beside its cluster, its task definition and its target groups. */
export interface Ec2ServiceOptions extends ServiceOptions, PlacementOptions {
  /** Shares of the cluster's Auto Scaling groups in the tasks. @default - those of the cluster's 'defaultCapacity', or the only one that the cluster has */
  readonly capacity?: CapacityMix;
  /** Whether ECS keeps a number of tasks, or one task on each instance. @default "REPLICA" */
  readonly scheduling?: Scheduling;
}

/** What an `Ec2Service` is told. */
export interface Ec2ServiceProps extends Ec2ServiceOptions, Omit<ServiceProps, keyof ServiceOptions> {}

/**
 * Tasks on EC2 instances of the cluster that ECS keeps running, or on machines outside AWS (ECS Anywhere), when the task
 * definition is for those. Tasks have a security group of their own where they have a network interface of their own.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 * @example
 * new Ec2Service(this, "worker", { cluster, taskDefinition, placementStrategies: [{ binpack: "memory" }] });
 */
export class Ec2Service extends ServiceBase {
  constructor(scope: Construct, id: string, props: Ec2ServiceProps) {
    super(scope, id, props, instanceRun(props));
  }
}

function instanceRun(props: Ec2ServiceProps): ServiceRun {
  const { scheduling = "REPLICA" } = props;
  const around = surroundingsOf(props);
  const external = around.task.launch === "EXTERNAL";
  const capacity = capacityOnInstances(props, around);
  return {
    problems: instanceServiceProblems(props, around, isKnown),
    capacity,
    config: {
      ...(capacity === undefined
        ? { launchType: external ? "EXTERNAL" : "EC2" }
        : { capacityProviderStrategy: capacityProviderStrategyOf(capacity), forceNewDeployment: true }),
      schedulingStrategy: scheduling,
      ...placementConfig(props, scheduling, external),
    },
    counted: scheduling === "REPLICA",
  };
}

function placementConfig(
  { placementStrategies, memberOf = [], distinctInstances = false }: Ec2ServiceProps,
  scheduling: Scheduling,
  external: boolean,
): Partial<EcsServiceConfig> {
  const strategies = placementStrategies ?? (scheduling === "REPLICA" && !external ? DEFAULT_PLACEMENT : []);
  const constraints = [
    ...(distinctInstances ? [{ type: "distinctInstance" }] : []),
    ...[...memberOf].sort().map((expression) => ({ type: "memberOf", expression })),
  ];
  return {
    ...(strategies.length === 0 ? {} : { orderedPlacementStrategy: strategies.map(strategyConfig) }),
    ...(constraints.length === 0 ? {} : { placementConstraints: constraints }),
  };
}

function strategyConfig(strategy: PlacementStrategy) {
  if (strategy === "random") {
    return { type: "random" };
  }
  return "spread" in strategy
    ? { type: "spread", field: strategy.spread }
    : { type: "binpack", field: strategy.binpack };
}
