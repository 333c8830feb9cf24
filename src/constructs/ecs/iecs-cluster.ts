import type { ITerraformDependable } from "cdktf";
import type { CapacityProvider } from "../../model/ecs-capacity";
import type { IVpc } from "../network/ivpc";

/** A cluster of Amazon ECS that tasks run in: one of ours, or an imported one. */
export interface IEcsCluster {
  readonly clusterName: string;
  readonly clusterArn: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
  /** What its tasks may run on, by name; none is known of an imported cluster unless it is told. */
  readonly capacityProviders: readonly CapacityProvider[];
  /** What a task's role needs so that people may open a shell in its containers; `undefined` when nobody may. */
  readonly execLogging: ExecLogging | undefined;
  /** ARN of the namespace of Service Connect for services that name none. @default - none */
  readonly serviceConnectNamespaceArn?: string | undefined;
  /** Whether Container Insights publishes metrics of its services. @default - not known */
  readonly containerInsights?: boolean | undefined;
  /** What has to be there before a task can run on the cluster's capacity. */
  readonly ready: readonly ITerraformDependable[];
}

/** Where ECS Exec records what is typed, and the key that encrypts the session. */
export interface ExecLogging {
  readonly kmsKeyArn: string;
  readonly logGroupArn: string;
}
