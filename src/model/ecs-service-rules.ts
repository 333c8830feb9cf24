import type { Known } from "./container-spec";
import { type DeploymentOptions, deploymentOf, deploymentProblems } from "./deployment";
import { type CapacityMix, type ClusterCapacity, capacityMixProblems, capacityOf, FARGATE } from "./ecs-capacity";
import {
  fargateMixProblems,
  leastTasksOf,
  platformVersionProblems,
  readinessProblems,
  type ServiceCounts,
  serviceCountProblems,
  type TargetPort,
  targetProblems,
  trafficShiftProblems,
} from "./ecs-service";
import { daemonProblems, externalProblems, instanceMixProblems } from "./ecs-service-instances";
import {
  fargateEgressProblems,
  type TaskNetworkOptions,
  type TaskVpc,
  taskNetworkProblems,
} from "./ecs-service-network";
import { type PlacementOptions, placementProblems, rebalancingProblem, type Scheduling } from "./ecs-service-placement";
import { instanceFileSystemProblem, type MountingTask } from "./instance-file-systems";
import { instanceTargetsProblem } from "./instance-targets";
import { retentionProblem } from "./log-retention";
import { nameProblem, names } from "./names";
import { type Problem, problemAt, quote, under } from "./problem";
import {
  bothWaysProblem,
  type ServiceConnectOptions,
  type ServiceDiscoveryOptions,
  serviceConnectProblems,
  serviceDiscoveryProblems,
} from "./service-connect";
import { type ProxiedTask, proxyProblems } from "./service-connect-proxy";
import { type InstanceTask, taskInstancesProblems } from "./task-instances";
import type { TaskLaunch } from "./task-platform";

/** What the rules ask of any service. Each kind of service has some of it. */
export interface RuledService extends ServiceCounts, TaskNetworkOptions, PlacementOptions {
  readonly deployment?: DeploymentOptions;
  readonly serviceConnect?: ServiceConnectOptions;
  readonly discovery?: ServiceDiscoveryOptions;
  readonly exec?: boolean;
  readonly availabilityZoneRebalancing?: boolean;
  readonly capacity?: CapacityMix;
  readonly platformVersion?: string;
  readonly assignPublicIp?: boolean;
  readonly scheduling?: Scheduling;
}

/** What stands around a service, as far as the rules ask about it. */
export interface ServiceSurroundings extends ClusterCapacity {
  readonly task: ProxiedTask &
    Pick<MountingTask, "fileSystems"> &
    Pick<InstanceTask, "architecture"> & { readonly ownNetworkInterface: boolean };
  /** Nothing where it is not known. */
  readonly vpc: TaskVpc | undefined;
  /** Whether the cluster records shells in containers. */
  readonly execRecorded: boolean;
  readonly targets: readonly TargetPort[];
  /** How many targets the service was given, also those of which it is not clear where they lead. @default - 'targets' */
  readonly givenTargets?: number;
  /** What the namespaces are called, by which the rules tell them apart; nothing where there is none. */
  readonly connectNamespace: string | undefined;
  readonly discoveryNamespace: { readonly name: string; readonly kind: string } | undefined;
}

/** What is wrong with a service, whatever its tasks run on. */
export function serviceProblems(
  serviceName: string,
  service: RuledService,
  around: ServiceSurroundings,
  known: Known = () => true,
): Problem[] {
  const { deployment = {}, scheduling = "REPLICA", exec = false } = service;
  const { task, targets, givenTargets = targets.length } = around;
  return [
    ...problemAt(["serviceName"], known(serviceName) ? serviceNameProblem(serviceName, deployment) : undefined),
    ...serviceCountProblems(service, givenTargets),
    ...under("deployment", deploymentProblems(deployment, scheduling === "REPLICA" ? leastTasksOf(service) : 0, known)),
    ...under("targets", targetProblems(targets, task)),
    ...(targets.length < givenTargets ? [] : readinessProblems(task, targets)),
    ...trafficShiftProblems(
      deploymentOf(deployment).strategy,
      targets,
      givenTargets + Object.keys(service.serviceConnect?.endpoints ?? {}).length,
    ),
    ...(task.ownNetworkInterface ? taskNetworkProblems(service, around.vpc, known) : noNetworkProblems(service)),
    ...connectProblems(service, around),
    ...problemAt(
      ["taskDefinition"],
      instanceFileSystemProblem(task, capacityOnInstances(service, around), around.capacityProviders),
    ),
    ...problemAt(
      ["targets"],
      instanceTargetsProblem(task, targets, capacityOnInstances(service, around), around.capacityProviders),
    ),
    ...discoveryProblems(service, around, known),
    ...problemAt(
      ["availabilityZoneRebalancing"],
      service.availabilityZoneRebalancing === true ? rebalancingProblemOf(service, task.launch) : undefined,
    ),
    ...problemAt(
      ["exec"],
      exec && !around.execRecorded
        ? "'exec' opens shells in containers, and the cluster records none of them; leave 'exec' of the cluster out, or that of the service"
        : undefined,
    ),
  ];
}

/** Why ECS could not move the service's tasks between zones, or `undefined`. */
export function rebalancingProblemOf(service: RuledService, launch: TaskLaunch): string | undefined {
  const { scheduling = "REPLICA", deployment = {} } = service;
  const { maximumPercent } = deploymentOf(deployment);
  return rebalancingProblem(service, { scheduling, maximumPercent, external: launch === "EXTERNAL" });
}

function serviceNameProblem(name: string, { hooks = {} }: DeploymentOptions): string | undefined {
  return (
    nameProblem("ecsService", name, "choose another 'serviceName'") ??
    nameProblem("securityGroup", names.ecsServiceSecurityGroup(name), "choose a shorter 'serviceName'") ??
    Object.entries(hooks)
      .filter(([, { roleArn }]) => roleArn === undefined)
      .map(([key]) =>
        nameProblem("role", names.deploymentHookRole(name, key), "shorten the hook's name, or give its 'roleArn'"),
      )
      .find((problem) => problem !== undefined)
  );
}

function noNetworkProblems({ subnets, additionalSecurityGroupIds, egress }: RuledService): Problem[] {
  return Object.entries({ subnets, additionalSecurityGroupIds, egress }).flatMap(([property, value]) =>
    problemAt(
      [property],
      value === undefined
        ? undefined
        : `'${property}' is for tasks with a network interface of their own, and these have their instance's; leave it out, or choose 'networkMode' "awsvpc" of the task definition`,
    ),
  );
}

function connectProblems({ serviceConnect }: RuledService, { task, connectNamespace }: ServiceSurroundings): Problem[] {
  if (serviceConnect === undefined) {
    return [];
  }
  const { logRetentionInDays: days } = serviceConnect;
  return under("serviceConnect", [
    ...proxyProblems(task),
    ...serviceConnectProblems(serviceConnect, task.containers),
    ...problemAt(
      ["namespace"],
      connectNamespace === undefined
        ? "'serviceConnect' needs a namespace, and the cluster has none; give 'namespace', or the cluster its 'serviceConnectNamespace'"
        : undefined,
    ),
    ...problemAt(
      ["logRetentionInDays"],
      typeof days === "number" ? retentionProblem("logRetentionInDays", days) : undefined,
    ),
  ]);
}

function discoveryProblems(
  { discovery, serviceConnect }: RuledService,
  { task, discoveryNamespace: namespace, connectNamespace }: ServiceSurroundings,
  known: Known,
): Problem[] {
  if (discovery === undefined) {
    return [];
  }
  return under("discovery", [
    ...serviceDiscoveryProblems(discovery, task.containers, task.ownNetworkInterface, known),
    ...problemAt(
      ["namespace"],
      namespace === undefined || namespace.kind === "private-dns"
        ? undefined
        : `'namespace' of 'discovery' must be one of 'kind' "private-dns", got ${quote(namespace.kind)}; names in DNS need a hosted zone, and 'serviceConnect' does without`,
    ),
    ...problemAt(
      ["name"],
      serviceConnect !== undefined && namespace !== undefined && namespace.name === connectNamespace
        ? bothWaysProblem(serviceConnect, discovery)
        : undefined,
    ),
  ]);
}

/** What is wrong with a service on Fargate, beside the rules that every service has. */
export function fargateServiceProblems(service: RuledService, around: ServiceSurroundings): Problem[] {
  const { platformVersion, assignPublicIp = false } = service;
  const { task, capacityProviders, vpc } = around;
  const capacity = capacityOnFargate(service, around);
  const mix = capacityMixProblems("capacity", capacity, capacityProviders);
  return [
    ...problemAt(
      ["taskDefinition"],
      task.launch === "FARGATE"
        ? undefined
        : `'taskDefinition' must be one for Fargate, got ${quote(task.family)}, which is for ${quote(task.launch)}; use Ec2Service`,
    ),
    ...(mix.length > 0 ? mix : fargateMixProblems(capacity, task)),
    ...platformVersionProblems(platformVersion, task),
    ...fargateEgressProblems(service, assignPublicIp, vpc),
  ];
}

/** What is wrong with a service on instances, beside the rules that every service has. */
export function instanceServiceProblems(
  service: RuledService,
  around: ServiceSurroundings,
  known: Known = () => true,
): Problem[] {
  const { scheduling = "REPLICA", serviceConnect, discovery } = service;
  const { task, targets, capacityProviders } = around;
  const capacity = capacityOnInstances(service, around);
  const providers = capacityProviders.filter(({ kind }) => kind === "ec2").map(({ name }) => name);
  const external = task.launch === "EXTERNAL";
  const mix = capacity === undefined ? [] : capacityMixProblems("capacity", capacity, capacityProviders);
  return [
    ...problemAt(
      ["taskDefinition"],
      task.launch === "FARGATE"
        ? `'taskDefinition' must be one for EC2 or for external instances, got ${quote(task.family)}, which is for Fargate; use FargateService`
        : undefined,
    ),
    ...placementProblems(service, scheduling, known),
    ...(external
      ? externalProblems({
          targets: targets.length > 0,
          serviceConnect: serviceConnect !== undefined,
          discovery: discovery !== undefined,
          capacity: service.capacity !== undefined,
        })
      : []),
    ...(scheduling === "DAEMON" ? daemonProblems({ ...service, capacity: service.capacity !== undefined }) : []),
    ...(external || scheduling === "DAEMON" ? [] : mix.length > 0 ? mix : instanceMixProblems(capacity, providers)),
    ...taskInstancesProblems(task, capacityProviders, capacity),
  ];
}

/** The shares of Fargate and Fargate Spot in a service's tasks. */
export function capacityOnFargate({ capacity }: RuledService, around: ServicePlace): CapacityMix {
  return capacityOf(capacity, around.task, around) ?? { [FARGATE.name]: {} };
}

/**
 * The Auto Scaling groups on which a service's tasks run; nothing where ECS takes none, or where none is told, the cluster
 * has no default among them, and not one alone.
 */
export function capacityOnInstances(
  { capacity, scheduling = "REPLICA" }: RuledService,
  around: ServicePlace,
): CapacityMix | undefined {
  return around.task.launch === "EXTERNAL" || scheduling === "DAEMON"
    ? undefined
    : capacityOf(capacity, around.task, around);
}

type ServicePlace = Pick<ServiceSurroundings, "task" | keyof ClusterCapacity>;
