import type { Construct } from "constructs";
import type { IEcsCluster } from "../constructs/ecs/iecs-cluster";
import type { IVpc } from "../constructs/network/ivpc";
import { Vpc } from "../constructs/network/vpc";
import { ecsEndpointServices } from "../model/egress";
import { needsCluster, needsVpc } from "../settings/ecs/rules";
import type { EcsSettings } from "../settings/ecs/schema";
import { endpointNeedsOf } from "../settings/ecs/task-vpc";
import { addAppRunner } from "./ecs/app-runner";
import { addBeanstalk } from "./ecs/beanstalk";
import { openServices } from "./ecs/callers";
import { createCluster } from "./ecs/cluster";
import type { EcsContext } from "./ecs/context";
import { addEdge } from "./ecs/edge";
import { addEfs } from "./ecs/efs";
import { addEventTasks } from "./ecs/event-tasks";
import { addLightsail } from "./ecs/lightsail";
import { addQueueWorkers } from "./ecs/queue-workers";
import { addRepositories } from "./ecs/repositories";
import { addScheduledTasks } from "./ecs/scheduled-tasks";
import { addServices } from "./ecs/services";
import { addTaskDefinitions } from "./ecs/task-definitions";
import { addWorkflows } from "./ecs/workflows";
import { addOutput } from "./in-cluster/output";
import { PlatformStack } from "./platform-stack";

/**
 * Containers without Kubernetes: the network, the ECS cluster with its services and tasks, and what AWS offers beside
 * ECS; all that one settings file describes, in one state.
 */
export class EcsStack extends PlatformStack {
  /** Nothing where no feature needs one. */
  readonly vpc: IVpc | undefined;
  /** Nothing where no feature needs one. */
  readonly cluster: IEcsCluster | undefined;

  constructor(scope: Construct, id: string, settings: EcsSettings) {
    super(scope, id, { backend: { type: "local" }, ...settings });
    const { ecs } = settings;
    this.vpc = needsVpc(settings) ? this.createVpc(settings) : undefined;
    this.cluster =
      this.vpc !== undefined && needsCluster(settings) ? createCluster(this, settings, this.vpc) : undefined;
    const context: EcsContext = {
      stack: this,
      settings,
      ecs,
      vpc: this.vpc,
      cluster: this.cluster,
      fileSystems: {},
      zones: {},
      certificateArns: {},
      repositoryUrls: {},
      taskDefinitions: {},
      services: {},
      callers: new Map(),
    };
    // Each uses what those before it have made.
    addEdge(context);
    addRepositories(context);
    addEfs(context);
    addTaskDefinitions(context);
    const services = addServices(context);
    addScheduledTasks(context);
    addEventTasks(context);
    addQueueWorkers(context);
    addWorkflows(context);
    openServices(context, services);
    addAppRunner(context);
    addBeanstalk(context);
    addLightsail(context);
  }

  private createVpc(settings: EcsSettings): IVpc {
    const { name, network = {} } = settings;
    const { existing, zones = [], interfaceEndpoints, ...options } = network;
    const vpc =
      existing === undefined
        ? new Vpc(this, "vpc", {
            name,
            zones,
            ...options,
            ...(interfaceEndpoints === undefined
              ? {}
              : { interfaceEndpoints: ecsEndpointServices(interfaceEndpoints, endpointNeedsOf(settings)) }),
          })
        : Vpc.fromAttributes(this, "vpc", existing);
    addOutput(this, "vpc_id", "Id of the VPC", vpc.vpcId);
    return vpc;
  }
}
