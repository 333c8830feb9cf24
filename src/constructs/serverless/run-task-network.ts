import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { egressRules } from "../../model/ecs-service-network";
import { nameProblem } from "../../model/names";
import { compareText } from "../../model/order";
import { type RunTaskNetworkOptions, runTaskNetworkProblems } from "../../model/run-task-network";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import { ifKnown, isKnown, refuse } from "../errors";

export interface RunTaskNetworkProps extends RunTaskNetworkOptions {
  readonly cluster: IEcsCluster;
  /** What is run, which all share the network. */
  readonly taskDefinitions: readonly ITaskDefinition[];
  readonly securityGroupName: string;
  /** Name of what runs the tasks, among all that reach a file system. */
  readonly key: string;
}

/**
 * Where tasks lie that something runs: in private subnets unless told otherwise, behind a security group of their own
 * into which nothing leads, and which their file systems let in.
 */
export class RunTaskNetwork extends Construct {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** The tasks' own, and those beside it. */
  readonly securityGroupIds: readonly string[];
  readonly assignPublicIp: boolean;
  /** What has to be there before a task can reach its image. */
  readonly ready: readonly ITerraformDependable[];

  private constructor(scope: Construct, id: string, props: RunTaskNetworkProps) {
    super(scope, id);
    const { cluster, taskDefinitions, additionalSecurityGroupIds = [], assignPublicIp = false } = props;
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
    this.ready = [...this.createEgress(props), ...cluster.vpc.proofs];
    for (const fileSystem of new Set(taskDefinitions.flatMap(({ fileSystems = [] }) => fileSystems))) {
      fileSystem.allowFrom(props.key, this.securityGroupId);
    }
  }

  /**
   * The network; nothing where no task has a network interface of its own.
   *
   * @throws InvalidPropsError when the network is not one for the tasks
   */
  static for(scope: Construct, props: RunTaskNetworkProps): RunTaskNetwork | undefined {
    const { taskDefinitions, cluster } = props;
    refuse(scope, runTaskNetworkProblems(props, taskDefinitions, cluster.vpc, isKnown));
    return taskDefinitions.some(({ ownNetworkInterface }) => ownNetworkInterface)
      ? new RunTaskNetwork(scope, "network", props)
      : undefined;
  }

  private createEgress({ egress }: RunTaskNetworkProps): ITerraformDependable[] {
    return egressRules(egress).map(
      ({ key, self, cidr, securityGroupId, ...rule }) =>
        new VpcSecurityGroupEgressRule(this, key, {
          ...rule,
          securityGroupId: this.securityGroupId,
          ...(cidr === undefined ? {} : { cidrIpv4: cidr }),
          ...(self === true ? { referencedSecurityGroupId: this.securityGroupId } : {}),
          ...(securityGroupId === undefined ? {} : { referencedSecurityGroupId: securityGroupId }),
        }),
    );
  }
}

function subnetsOf({ subnets = "private", cluster: { vpc } }: RunTaskNetworkProps): string[] {
  return typeof subnets === "string"
    ? (subnets === "private" ? vpc.privateSubnets : vpc.publicSubnets).map(({ subnetId }) => subnetId)
    : [...subnets].sort(compareText);
}
