import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CapacityProvider, FARGATE, FARGATE_SPOT } from "../../model/ecs-capacity";
import { nameProblem } from "../../model/names";
import { ifKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import type { ExecLogging, IEcsCluster } from "./iecs-cluster";

export interface EcsClusterProps {
  readonly clusterName: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
}

/** A cluster of Amazon ECS. */
export class EcsCluster extends Construct implements IEcsCluster {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly vpc: IVpc;
  readonly capacityProviders: readonly CapacityProvider[] = [FARGATE, FARGATE_SPOT];
  readonly execLogging: ExecLogging | undefined;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EcsClusterProps) {
    super(scope, id);
    const { clusterName, vpc } = props;
    refuse(this, [ifKnown(clusterName, (name) => nameProblem("ecsCluster", name, "choose another 'clusterName'"))]);
    this.clusterName = clusterName;
    this.vpc = vpc;
    const cluster = new AwsEcsCluster(this, "cluster", {
      name: clusterName,
      setting: [{ name: "containerInsights", value: "enhanced" }],
    });
    this.clusterArn = cluster.arn;
    const capacity = new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: cluster.name,
      capacityProviders: this.capacityProviders.map(({ name }) => name),
      defaultCapacityProviderStrategy: [{ capacityProvider: FARGATE.name, weight: 1 }],
    });
    this.ready = [capacity];
  }
}
