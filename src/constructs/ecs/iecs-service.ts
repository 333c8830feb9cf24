import type { ITerraformDependable } from "cdktf";
import type { IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";

/** A service of ECS: tasks that are kept running. */
export interface IEcsService {
  readonly serviceName: string;
  readonly cluster: IEcsCluster;
  readonly taskDefinition: ITaskDefinition;
  /** Security group of its tasks; `undefined` where they have the instance's. */
  readonly securityGroupId: string | undefined;
  /** What sends requests to its tasks, where a load balancer counts them. */
  readonly requestCounter: RequestCounter | undefined;
  /** What has to be there before its number of tasks can be scaled. */
  readonly ready: readonly ITerraformDependable[];

  /** Leaves the number of tasks to whoever scales the service: Terraform sets it once and never again. */
  leaveDesiredCount(): void;
}

/** An Application Load Balancer and one of its target groups, as metrics of CloudWatch name them. */
export interface RequestCounter {
  readonly loadBalancerArnSuffix: string;
  readonly targetGroupArnSuffix: string;
}

/** A target group into which a service enters its tasks. */
export interface ServiceTarget {
  /** Name among the service's targets. */
  readonly key: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly targetGroupArn: string;
  /** Security group of the load balancer; `undefined` for one without. */
  readonly loadBalancerSecurityGroupId: string | undefined;
  /** Present when the load balancer can move requests from the old tasks to new ones at once. */
  readonly blueGreen?: BlueGreenTarget;
  /** What counts the requests that go to it. @default - nothing */
  readonly requestCounter?: RequestCounter;
  /** Listeners and rules that have to be there before ECS takes the target group. */
  readonly ready: readonly ITerraformDependable[];
}

export interface BlueGreenTarget {
  readonly alternateTargetGroupArn: string;
  /** ARN of the listener's rule (ALB) or of the listener (NLB) that sends requests to the service. */
  readonly productionListenerArn: string;
  /** The same for requests that test the new tasks. @default - none */
  readonly testListenerArn?: string;
  /** The role by which ECS changes the listeners. */
  readonly roleArn: string;
}
