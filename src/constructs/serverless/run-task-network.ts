import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CapacityMix } from "../../model/ecs-capacity";
import { nameProblem } from "../../model/names";
import { compareText } from "../../model/order";
import { type RunTaskNetworkOptions, runTaskNetworkProblems } from "../../model/run-task-network";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import { openToInstances } from "../ecs/instance-file-systems";
import type { ITaskDefinition } from "../ecs/itask-definition";
import { allowTaskTo, allowToFileSystems, createEgress } from "../ecs/task-traffic";
import { ifKnown, isKnown, refuse } from "../errors";

/** A task that is run, and on what; nothing for whatever the cluster has. */
export interface NetworkedRun {
  /** What is run. */
  readonly taskDefinition: ITaskDefinition;
  /** On what it runs. @default - what the cluster has for tasks that do not say it */
  readonly capacity?: CapacityMix | undefined;
}

/** What a `RunTaskNetwork` is told. */
export interface RunTaskNetworkProps extends RunTaskNetworkOptions {
  /** The cluster in whose VPC the tasks lie. */
  readonly cluster: IEcsCluster;
  /** What is run, which all share the network. */
  readonly runs: readonly NetworkedRun[];
  /** Name of the security group of the tasks. */
  readonly securityGroupName: string;
  /** Name of what runs the tasks, among all that reach a file system. */
  readonly key: string;
}

/**
 * Where tasks lie that something runs: in private subnets unless told otherwise, behind a security group of their own
 * into which nothing leads but from the tasks themselves, if `egress` says so, and which their file systems let in.
 */
export class RunTaskNetwork extends Construct {
  /** Subnets in which the tasks lie. */
  readonly subnetIds: readonly string[];
  /** Security group of the tasks. */
  readonly securityGroupId: string;
  /** The tasks' own, and those beside it. */
  readonly securityGroupIds: readonly string[];
  /** Whether the tasks have public addresses. */
  readonly assignPublicIp: boolean;
  /** What has to be there before a task can reach its image. */
  readonly ready: readonly ITerraformDependable[];

  private constructor(scope: Construct, id: string, props: RunTaskNetworkProps) {
    super(scope, id);
    const { cluster, runs, additionalSecurityGroupIds = [], assignPublicIp = false } = props;
    refuse(this, [
      ifKnown(props.securityGroupName, (name) => nameProblem("securityGroup", name, "choose another name")),
    ]);
    this.subnetIds = subnetsOf(props);
    this.assignPublicIp = assignPublicIp;
    this.securityGroupId = new SecurityGroup(this, "security-group", {
      name: props.securityGroupName,
      description: `Tasks of ${props.key} in ECS cluster ${cluster.clusterName}`,
      vpcId: cluster.vpc.vpcId,
      tags: { Name: props.securityGroupName },
    }).id;
    this.securityGroupIds = [this.securityGroupId, ...[...additionalSecurityGroupIds].sort(compareText)];
    const own = runs.map(({ taskDefinition }) => taskDefinition).filter((task) => task.ownNetworkInterface);
    const fileSystems = new Set(own.flatMap((task) => task.fileSystems ?? []));
    for (const fileSystem of fileSystems) {
      fileSystem.allowFrom(props.key, this.securityGroupId);
    }
    this.ready = [
      ...createEgress(this, this.securityGroupId, props.egress),
      ...allowToFileSystems(this, this.securityGroupId, props.egress, fileSystems),
      ...cluster.vpc.proofs,
    ];
  }

  /**
   * The network; nothing where no task has a network interface of its own. File systems let in the instances of those
   * that have none.
   *
   * @throws InvalidPropsError when the network is not one for the tasks
   */
  static for(scope: Construct, props: RunTaskNetworkProps): RunTaskNetwork | undefined {
    const { runs, cluster } = props;
    const taskDefinitions = runs.map(({ taskDefinition }) => taskDefinition);
    refuse(scope, runTaskNetworkProblems(props, taskDefinitions, cluster.vpc, isKnown));
    for (const { taskDefinition, capacity } of runs) {
      openToInstances(cluster, taskDefinition, capacity);
    }
    return taskDefinitions.some(({ ownNetworkInterface }) => ownNetworkInterface)
      ? new RunTaskNetwork(scope, "network", props)
      : undefined;
  }

  /**
   * Lets the tasks connect to a port of another security group's members, where 'egress' does not let them anyway.
   *
   * @param key name of the rule, from which its id is derived
   */
  allowTo(key: string, securityGroupId: string, port: number, protocol: "tcp" | "udp" = "tcp"): void {
    allowTaskTo(this, this.securityGroupId, { key, securityGroupId, port }, protocol);
  }
}

function subnetsOf({ subnets = "private", cluster: { vpc } }: RunTaskNetworkProps): string[] {
  return typeof subnets === "string"
    ? (subnets === "private" ? vpc.privateSubnets : vpc.publicSubnets).map(({ subnetId }) => subnetId)
    : [...subnets].sort(compareText);
}
