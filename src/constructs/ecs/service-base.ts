import { EcsService, type EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { SERVICE_ARNS } from "../../model/arn-places";
import { type DeploymentOptions, deploymentOf } from "../../model/deployment";
import type { CapacityMix } from "../../model/ecs-capacity";
import { desiredCountOf, type TagSource } from "../../model/ecs-service";
import type { TaskNetworkOptions } from "../../model/ecs-service-network";
import { rebalancingProblemOf, serviceProblems } from "../../model/ecs-service-rules";
import { connectEndpointWarning, execEndpointsWarning } from "../../model/egress";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { arnPlaceProblems } from "../../model/place";
import { type Problem, quote } from "../../model/problem";
import type { RequestCounter } from "../../model/scaling-metrics";
import type { ServiceScalingOptions } from "../../model/service-scaling";
import { AwsEnvironment } from "../aws-environment";
import { isKnown, refuse } from "../errors";
import { takenNameProblem } from "../taken-names";
import { CloudMapService, type ServiceDiscoveryProps } from "./cloud-map-service";
import { firstImageWarnings } from "./first-image";
import type { ClusterInstances, IEcsCluster } from "./iecs-cluster";
import type { IEcsService, ServiceTarget } from "./iecs-service";
import { openToInstances, sharedInstances } from "./instance-file-systems";
import type { ITaskDefinition } from "./itask-definition";
import { type ConnectedService, type ServiceConnectProps, serviceConnectConfig } from "./service-connect";
import { deploymentConfig, deploymentHooks } from "./service-deployment";
import { ServiceScaling } from "./service-scaling";
import { ServiceSecurityGroup } from "./service-security-group";
import { surroundingsOf } from "./service-surroundings";
import { allowToFileSystems } from "./task-traffic";

/** What services on Fargate and on instances have in common. */
export interface ServiceOptions extends TaskNetworkOptions {
  /** Name in the cluster, 255 letters, digits, `-` and `_`. @default - `<cluster>-<id of the construct>` */
  readonly serviceName?: string;
  /** How many tasks. Where the service is scaled, how many it begins with. @default 2, within what 'scaling' allows */
  readonly desiredCount?: number;
  /** How tasks are replaced by new ones. @default - rolling, rolled back when new tasks fail */
  readonly deployment?: DeploymentOptions;
  /** How the number of tasks follows the load; Terraform leaves it alone then. @default - the number stays */
  readonly scaling?: ServiceScalingOptions;
  /** Seconds for which ECS overlooks a new task's failed health checks of load balancers. @default 0 */
  readonly healthCheckGracePeriodInSeconds?: number;
  /** The names by which it calls others, and others call it, by a proxy in each task. @default - none */
  readonly serviceConnect?: ServiceConnectProps;
  /** A name in DNS of the VPC that leads to its tasks themselves. @default - none */
  readonly discovery?: ServiceDiscoveryProps;
  /** Whether people may open a shell in the containers, which the cluster has to record. @default false */
  readonly exec?: boolean;
  /** Whose tags the tasks get. @default "SERVICE" */
  readonly propagateTags?: TagSource;
  /** Whether tasks get tags with the names of cluster and service. @default true */
  readonly managedTags?: boolean;
  /** Whether ECS moves tasks to zones that have fewer of them. @default true, where ECS can */
  readonly availabilityZoneRebalancing?: boolean;
  /**
   * Whether Terraform waits, 20 minutes at most, until the new tasks run. It does not by default, as a service is often
   * there before the first image is, and the circuit breaker looks after its deployments anyway.
   * @default false
   */
  readonly waitForSteadyState?: boolean;
}

/** What every service of ECS is told, whatever its tasks run on. */
export interface ServiceProps extends ServiceOptions {
  /** The cluster in which it runs. */
  readonly cluster: IEcsCluster;
  /** What its tasks are. */
  readonly taskDefinition: ITaskDefinition;
  /** Target groups into which it enters its tasks. @default - none */
  readonly targets?: readonly ServiceTarget[];
}

/** What a kind of service adds to what all have. */
export interface ServiceRun {
  readonly problems: readonly Problem[];
  /** Where its tasks run, as Terraform has it. */
  readonly config: Partial<EcsServiceConfig>;
  /** Auto Scaling groups that its tasks run on; nothing where it is whatever the cluster has. */
  readonly capacity?: CapacityMix | undefined;
  /** Whether its tasks have public addresses; nothing on instances. */
  readonly assignPublicIp?: boolean;
  /** Whether there is a number of tasks: not where each instance runs one. */
  readonly counted: boolean;
}

/** What services on Fargate and on instances have in common. */
export abstract class ServiceBase extends Construct implements IEcsService {
  readonly serviceName: string;
  readonly cluster: IEcsCluster;
  readonly taskDefinition: ITaskDefinition;
  readonly securityGroupId: string | undefined;
  /** Instances that its tasks run on, where they have those security groups instead of their own. */
  readonly instances: readonly ClusterInstances[];
  readonly requestCounter: RequestCounter | undefined;
  readonly ready: readonly ITerraformDependable[];
  private readonly securityGroup: ServiceSecurityGroup | undefined;
  private readonly service: EcsService;
  /** What changes the number of tasks, once there is something. */
  private scaler: Construct | undefined;

  protected constructor(scope: Construct, id: string, props: ServiceProps, run: ServiceRun) {
    super(scope, id);
    const { cluster, taskDefinition } = props;
    this.serviceName = props.serviceName ?? names.ecsService(cluster.clusterName, id);
    refuse(this, [
      ...serviceProblems(this.serviceName, props, surroundingsOf(props), isKnown),
      ...run.problems,
      takenNameProblem(this, "ECS service", this.serviceName, "serviceName", cluster.clusterName),
      ...arnPlaceProblems(props, SERVICE_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    this.cluster = cluster;
    this.taskDefinition = taskDefinition;
    const targets = [...(props.targets ?? [])].sort((a, b) => compareText(a.key, b.key));
    this.requestCounter = targets.find(({ requestCounter }) => requestCounter !== undefined)?.requestCounter;
    this.securityGroup = taskDefinition.ownNetworkInterface
      ? new ServiceSecurityGroup(this, this.serviceName, cluster.vpc.vpcId, props.egress)
      : undefined;
    this.securityGroupId = this.securityGroup?.id;
    this.instances = sharedInstances(cluster, taskDefinition, run.capacity);
    this.warnOfFirstImages(props);
    const permitted = [...this.openFor(targets, props, run), ...this.permitExec(props)];
    const connected = this.connect(props);
    const hooks = deploymentHooks(this, this.serviceName, props.deployment?.hooks);
    this.service = new EcsService(this, "service", {
      name: this.serviceName,
      cluster: cluster.clusterArn,
      taskDefinition: taskDefinition.taskDefinitionArn,
      ...this.countConfig(props, run),
      ...deploymentConfig(props.deployment ?? {}, hooks.config),
      ...this.networkConfig(props, run),
      ...(connected === undefined ? {} : { serviceConnectConfiguration: connected.config }),
      ...this.discoveryConfig(props),
      ...(targets.length === 0 ? {} : { loadBalancer: targets.map(loadBalancerConfig) }),
      ...(props.healthCheckGracePeriodInSeconds === undefined
        ? {}
        : { healthCheckGracePeriodSeconds: props.healthCheckGracePeriodInSeconds }),
      enableExecuteCommand: props.exec ?? false,
      enableEcsManagedTags: props.managedTags ?? true,
      propagateTags: props.propagateTags ?? "SERVICE",
      availabilityZoneRebalancing:
        (props.availabilityZoneRebalancing ?? rebalancingProblemOf(props, taskDefinition.launch) === undefined)
          ? "ENABLED"
          : "DISABLED",
      waitForSteadyState: props.waitForSteadyState ?? false,
      ...run.config,
      dependsOn: [
        ...new Set([
          ...cluster.ready,
          ...cluster.vpc.proofs,
          ...targets.flatMap(({ ready }) => ready),
          ...(taskDefinition.fileSystems ?? []).flatMap(({ ready }) => ready),
          ...(taskDefinition.granted ?? []),
          ...(this.securityGroup?.ready ?? []),
          ...permitted,
          ...(connected?.ready ?? []),
          ...hooks.ready,
        ]),
      ],
    });
    this.ready = [this.service];
    if (props.scaling !== undefined) {
      new ServiceScaling(this, "scaling", { ...props.scaling, service: this });
    }
  }

  private warnOfFirstImages({ waitForSteadyState, taskDefinition }: ServiceProps): void {
    for (const warning of waitForSteadyState === true ? firstImageWarnings(this, taskDefinition) : []) {
      this.warn(warning);
    }
  }

  leaveDesiredCount(scaler: Construct): void {
    const { scaler: other } = this;
    refuse(scaler, [
      other === undefined
        ? undefined
        : `service ${quote(this.serviceName)} is scaled by ${quote(other.node.path)} already, and AWS keeps one minimum and one maximum for a service; give that one all policies, and leave this one out`,
    ]);
    this.scaler = scaler;
    this.service.lifecycle = { ignoreChanges: ["desired_count"] };
  }

  /**
   * Lets members of another security group, such as another service's, connect to a port of the tasks.
   *
   * @param key name of the rule, from which its id is derived
   * @throws InvalidPropsError when tasks have no security group of their own
   */
  allowFrom(key: string, securityGroupId: string, port: number, protocol: "tcp" | "udp" = "tcp"): void {
    this.ownSecurityGroup().allowFrom(key, securityGroupId, port, protocol);
  }

  /**
   * Lets the tasks connect to a port of another security group's members, where 'egress' does not let them anyway.
   *
   * @param key name of the rule, from which its id is derived
   * @throws InvalidPropsError when tasks have no security group of their own
   */
  allowTo(key: string, securityGroupId: string, port: number, protocol: "tcp" | "udp" = "tcp"): void {
    this.ownSecurityGroup().allowTo(key, securityGroupId, port, protocol);
  }

  private ownSecurityGroup(): ServiceSecurityGroup {
    if (this.securityGroup === undefined) {
      refuse(this, [
        "tasks without a network interface of their own have the security groups of their instances; open those, or choose 'networkMode' \"awsvpc\" of the task definition",
      ]);
    }
    return this.securityGroup as ServiceSecurityGroup;
  }

  /**
   * Opens each port to its load balancer, and the file systems to the tasks.
   *
   * @returns what has to be there before a task can mount them
   */
  private openFor(
    targets: readonly ServiceTarget[],
    { egress }: ServiceProps,
    { capacity }: ServiceRun,
  ): ITerraformDependable[] {
    const { securityGroup, taskDefinition } = this;
    if (securityGroup === undefined) {
      return openToInstances(this.cluster, taskDefinition, capacity);
    }
    for (const { key, containerPort, loadBalancerSecurityGroupId } of targets) {
      if (loadBalancerSecurityGroupId !== undefined) {
        securityGroup.allowFrom(`load-balancer-${key}`, loadBalancerSecurityGroupId, containerPort, "tcp");
      }
    }
    const { fileSystems = [] } = taskDefinition;
    return [
      ...fileSystems.map((fileSystem) =>
        fileSystem.allowFrom(isKnown(this.serviceName) ? this.serviceName : this.node.id, securityGroup.id),
      ),
      ...allowToFileSystems(this, securityGroup.id, egress, fileSystems),
    ];
  }

  private warn(warning: string | undefined): void {
    if (warning !== undefined) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private permitExec(props: ServiceProps): ITerraformDependable[] {
    const { exec = false, cluster, taskDefinition, subnets = "private" } = props;
    const inVpc = taskDefinition.launch !== "EXTERNAL" && subnets === "private";
    this.warn(exec && inVpc ? execEndpointsWarning(cluster.vpc) : undefined);
    const policy = exec ? taskDefinition.allowExec?.(cluster) : undefined;
    return policy === undefined ? [] : [policy];
  }

  private countConfig(props: ServiceProps, { counted }: ServiceRun) {
    const { deployment = {} } = props;
    const { minimumHealthyPercent, maximumPercent } = deploymentOf(deployment);
    return counted
      ? {
          desiredCount: desiredCountOf(props),
          deploymentMinimumHealthyPercent: minimumHealthyPercent,
          deploymentMaximumPercent: maximumPercent,
        }
      : deployment.minimumHealthyPercent === undefined
        ? {}
        : { deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent };
  }

  private networkConfig(
    { subnets = "private", additionalSecurityGroupIds = [], cluster }: ServiceProps,
    run: ServiceRun,
  ) {
    if (this.securityGroupId === undefined) {
      return {};
    }
    const ids =
      typeof subnets === "string"
        ? (subnets === "private" ? cluster.vpc.privateSubnets : cluster.vpc.publicSubnets).map(
            ({ subnetId }) => subnetId,
          )
        : [...subnets].sort(compareText);
    return {
      networkConfiguration: {
        subnets: ids,
        securityGroups: [this.securityGroupId, ...[...additionalSecurityGroupIds].sort(compareText)],
        ...(run.assignPublicIp === undefined ? {} : { assignPublicIp: run.assignPublicIp }),
      },
    };
  }

  private connect(props: ServiceProps): ConnectedService | undefined {
    const { serviceConnect, cluster, taskDefinition, subnets = "private" } = props;
    if (serviceConnect === undefined) {
      return undefined;
    }
    this.warn(subnets === "private" ? connectEndpointWarning(cluster.vpc) : undefined);
    return serviceConnectConfig(this, this.serviceName, serviceConnect, cluster, taskDefinition);
  }

  private discoveryConfig({ discovery, taskDefinition }: ServiceProps) {
    return discovery === undefined
      ? {}
      : { serviceRegistries: new CloudMapService(this, "discovery", discovery, taskDefinition).registry };
  }
}

function loadBalancerConfig({ containerName, containerPort, targetGroupArn, blueGreen }: ServiceTarget) {
  return {
    containerName,
    containerPort,
    targetGroupArn,
    ...(blueGreen === undefined
      ? {}
      : {
          advancedConfiguration: {
            alternateTargetGroupArn: blueGreen.alternateTargetGroupArn,
            productionListenerRule: blueGreen.productionListenerArn,
            ...(blueGreen.testListenerArn === undefined ? {} : { testListenerRule: blueGreen.testListenerArn }),
            roleArn: blueGreen.roleArn,
          },
        }),
  };
}
