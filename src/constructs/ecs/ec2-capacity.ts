import { DataAwsDefaultTags } from "@cdktf/provider-aws/lib/data-aws-default-tags";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Annotations, Fn } from "cdktf";
import { Construct } from "constructs";
import type { CapacityProvider } from "../../model/ecs-capacity";
import { type InstanceGroupOptions, instanceMachine, isProtected, MANAGED_SCALING } from "../../model/ecs-instances";
import {
  capacityProviderNameOf,
  instanceEndpointsProblem,
  instanceGroupWarnings,
} from "../../model/ecs-instances-rules";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { privateSubnetsIn, privateSubnetsProblems } from "../network/private-subnets";
import { InstanceLaunchTemplate } from "./instance-launch-template";
import { InstanceRole } from "./instance-role";
import { InstanceScalingGroup, MANAGED_BY_ECS } from "./instance-scaling-group";

export interface Ec2CapacityProps extends InstanceGroupOptions {
  /** Name among the cluster's Auto Scaling groups. */
  readonly key: string;
  readonly vpc: IVpc;
  /** Name by which others know the cluster. */
  readonly clusterName: string;
  /** The same as an expression: instances go before the cluster that they have joined. */
  readonly clusterId: string;
}

/**
 * EC2 instances of a cluster: an Auto Scaling group in private subnets, and the capacity provider by which ECS scales it
 * and drains its instances. An `EcsCluster` makes one for each of its 'autoScalingGroups'.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html
 * @example
 * const cluster = new EcsCluster(this, "cluster", {
 *   clusterName: "shop",
 *   vpc,
 *   autoScalingGroups: { web: { instanceTypes: ["m7g.large"], maxSize: 4 } },
 * });
 */
export class Ec2Capacity extends Construct {
  /** Name among the cluster's Auto Scaling groups. */
  readonly key: string;
  /** What a mix of capacity names. */
  readonly provider: CapacityProvider;
  /** The provider's name, as Terraform knows it once the provider is there. */
  readonly providerName: string;
  /** Name of the Auto Scaling group. */
  readonly autoScalingGroupName: string;
  /** Role of the instances. */
  readonly roleArn: string;
  /** Security group of the instances, which tasks share that have no network interface of their own. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: Ec2CapacityProps) {
    super(scope, id);
    const { key, vpc, clusterName } = props;
    refuse(this, [
      ...privateSubnetsProblems(vpc, props.zones, 1),
      vpc.egress === "endpoints" && vpc.endpointServices !== undefined
        ? instanceEndpointsProblem(vpc.endpointServices, [props])
        : undefined,
    ]);
    for (const warning of instanceGroupWarnings(key, props)) {
      Annotations.of(this).addWarning(warning);
    }
    const name = capacityProviderNameOf(clusterName, key, props);
    const instances = names.containerInstances(name);
    this.key = key;
    this.provider = { name, kind: "ec2", machine: instanceMachine(props) };
    const role = new InstanceRole(this, "role", {
      roleName: instances,
      clusterName,
      sessionManager: props.sessionManager ?? false,
    });
    this.roleArn = role.roleArn;
    const securityGroup = new SecurityGroup(this, "security-group", {
      name: instances,
      description: `EC2 instances of ECS cluster ${clusterName}`,
      vpcId: vpc.vpcId,
    });
    this.securityGroupId = securityGroup.id;
    const egress = new VpcSecurityGroupEgressRule(this, "egress", {
      securityGroupId: securityGroup.id,
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
    const tags = this.tagsOf(name, props);
    const group = new InstanceScalingGroup(this, "group", {
      name,
      group: props,
      launchTemplate: new InstanceLaunchTemplate(this, "launch-template", {
        name: instances,
        clusterName: props.clusterId,
        group: props,
        instanceProfileArn: role.instanceProfileArn,
        securityGroupId: securityGroup.id,
        launchedTags: tags.launched,
      }),
      subnetIds: privateSubnetsIn(vpc, props.zones).map(({ subnetId }) => subnetId),
      tags: tags.group,
      dependsOn: [...role.policies, egress, ...vpc.proofs],
    });
    this.autoScalingGroupName = group.groupName;
    this.providerName = this.createProvider(name, group.arn, props).name;
  }

  private createProvider(name: string, autoScalingGroupArn: string, props: Ec2CapacityProps): EcsCapacityProvider {
    const { managedScaling = {}, managedDraining = true, tags } = props;
    const scaling = { ...MANAGED_SCALING, ...(managedScaling === false ? {} : managedScaling) };
    return new EcsCapacityProvider(this, "provider", {
      name,
      autoScalingGroupProvider: {
        autoScalingGroupArn,
        managedDraining: managedDraining ? "ENABLED" : "DISABLED",
        managedTerminationProtection: isProtected(props) ? "ENABLED" : "DISABLED",
        managedScaling: {
          status: managedScaling === false ? "DISABLED" : "ENABLED",
          targetCapacity: scaling.targetCapacity,
          minimumScalingStepSize: scaling.minStepSize,
          maximumScalingStepSize: scaling.maxStepSize,
          instanceWarmupPeriod: scaling.warmupInSeconds,
        },
      },
      ...(tags === undefined ? {} : { tags: { ...tags } }),
      // AWS keeps a provider that a cluster has: the cluster has to let go of it first.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** EC2 creates the instances, so the provider's default tags reach them through the template alone. */
  private tagsOf(name: string, { tags = {} }: Ec2CapacityProps): { launched: unknown; group: string } {
    const defaults = new DataAwsDefaultTags(this, "default-tags");
    const own = (more: Readonly<Record<string, string>>) =>
      Fn.merge([
        defaults.tags,
        Object.fromEntries(Object.entries({ Name: name, ...tags, ...more }).sort(([a], [b]) => compareText(a, b))),
      ]);
    return { launched: own({}), group: own(MANAGED_BY_ECS) };
  }
}
