import type { ITerraformDependable } from "cdktf";
import type { CapacityMix, CapacityProvider } from "../../model/ecs-capacity";
import type { IVpc } from "../network/ivpc";

/** A cluster of Amazon ECS that tasks run in: one of ours, or an imported one. */
export interface IEcsCluster {
  /** Name of the cluster, by which services and tasks refer to it. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
  /** What its tasks may run on, by name; none is known of an imported cluster unless it is told. */
  readonly capacityProviders: readonly CapacityProvider[];
  /** Where tasks run that do not say where. @default - not known, or not told: Fargate, or the only Auto Scaling group */
  readonly defaultCapacity?: CapacityMix | undefined;
  /** What a task's role needs so that people may open a shell in its containers; `undefined` when nobody may. */
  readonly execLogging: ExecLogging | undefined;
  /** ARN of the namespace of Service Connect for services that name none. @default - none */
  readonly serviceConnectNamespaceArn?: string | undefined;
  /** Whether Container Insights publishes metrics of its services. @default - not known */
  readonly containerInsights?: boolean | undefined;
  /** Its EC2 instances, as far as their security groups are known. @default - none */
  readonly instances?: readonly ClusterInstances[];
  /** What has to be there before a task can run on the cluster's capacity. */
  readonly ready: readonly ITerraformDependable[];
}

/** EC2 instances of one capacity provider. */
export interface ClusterInstances {
  /** Name among the cluster's. */
  readonly key: string;
  readonly provider: CapacityProvider;
  /** Security group of the instances, which tasks share that have no network interface of their own. */
  readonly securityGroupId: string;
}

/** Where ECS Exec records what is typed, and the key that encrypts the session. */
export interface ExecLogging {
  /** ARN of the key that encrypts sessions. */
  readonly kmsKeyArn: string;
  /** ARN of the log group that holds what was typed and answered. */
  readonly logGroupArn: string;
}
