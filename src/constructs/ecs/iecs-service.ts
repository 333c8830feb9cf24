import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { RequestCounter } from "../../model/scaling-metrics";
import type { IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";

/** A service of ECS: tasks that are kept running. */
export interface IEcsService {
  /** Name of the service in its cluster. */
  readonly serviceName: string;
  /** The cluster in which it runs. */
  readonly cluster: IEcsCluster;
  /** What its tasks are. */
  readonly taskDefinition: ITaskDefinition;
  /** Security group of its tasks; `undefined` where they have the instance's. */
  readonly securityGroupId: string | undefined;
  /** What sends requests to its tasks, where a load balancer counts them. */
  readonly requestCounter: RequestCounter | undefined;
  /** What has to be there before its number of tasks can be scaled. */
  readonly ready: readonly ITerraformDependable[];

  /**
   * Leaves the number of tasks to what scales the service: Terraform sets it once and never again.
   *
   * @throws InvalidPropsError when something else scales the service already
   */
  leaveDesiredCount(scaler: Construct): void;
}

/** A target group into which a service enters its tasks. */
export interface ServiceTarget {
  /** Name among the service's targets. */
  readonly key: string;
  /** Name of the container that gets the requests. */
  readonly containerName: string;
  /** Port on which that container listens. */
  readonly containerPort: number;
  /** ARN of the target group in which ECS enters the tasks. */
  readonly targetGroupArn: string;
  /** Security group of the load balancer; `undefined` for one without. */
  readonly loadBalancerSecurityGroupId: string | undefined;
  /** How the load balancer moves requests from the old tasks to new ones at once. @default - it cannot */
  readonly blueGreen?: BlueGreenTarget;
  /** What counts the requests that go to it. @default - nothing */
  readonly requestCounter?: RequestCounter;
  /** Listeners and rules that have to be there before ECS takes the target group. */
  readonly ready: readonly ITerraformDependable[];
}

/** What ECS needs of a target to move its requests from the old tasks to the new ones. */
export interface BlueGreenTarget {
  /** ARN of the second target group, between which and the first the tasks change places. */
  readonly alternateTargetGroupArn: string;
  /** ARN of the listener's rule (ALB) or of the listener (NLB) that sends requests to the service. */
  readonly productionListenerArn: string;
  /** The same for requests that test the new tasks. @default - none */
  readonly testListenerArn?: string;
  /** The role by which ECS changes the listeners. */
  readonly roleArn: string;
}
