import type { Construct } from "constructs";
import { type CapacityMix, capacityProviderStrategyOf } from "../../model/ecs-capacity";
import { capacityOnFargate, fargateServiceProblems } from "../../model/ecs-service-rules";
import { ServiceBase, type ServiceOptions, type ServiceProps, type ServiceRun } from "./service-base";
import { surroundingsOf } from "./service-surroundings";

/** What a service on Fargate may be told beside its cluster, its task definition and its target groups. */
export interface FargateServiceOptions extends ServiceOptions {
  /** Shares of Fargate and Fargate Spot in the tasks. @default - the cluster's 'defaultCapacity' where the tasks can run on all of it, or { FARGATE: {} } */
  readonly capacity?: CapacityMix;
  /** Version of Fargate's platform. @default "LATEST" */
  readonly platformVersion?: string;
  /** Whether tasks have public IPv4 addresses, for 'subnets' with a route to an internet gateway. @default false */
  readonly assignPublicIp?: boolean;
}

/** What a `FargateService` is told. */
export interface FargateServiceProps extends FargateServiceOptions, Omit<ServiceProps, keyof ServiceOptions> {}

/**
 * Tasks on Fargate that ECS keeps running, with a security group of their own. New tasks replace old ones a few at a
 * time, and when they fail again and again the service goes back to those that ran.
 *
 * Every change of the service in place replaces its tasks, that of their number too: Terraform's provider changes the
 * mix of capacity only together with a new deployment.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 * @example
 * new FargateService(this, "web", { cluster, taskDefinition, capacity: { FARGATE: { base: 2 }, FARGATE_SPOT: {} } });
 */
export class FargateService extends ServiceBase {
  declare readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id, props, fargateRun(props));
  }
}

function fargateRun(props: FargateServiceProps): ServiceRun {
  const { platformVersion = "LATEST", assignPublicIp = false } = props;
  const around = surroundingsOf(props);
  return {
    problems: fargateServiceProblems(props, around),
    config: {
      // The cluster's default too: another default of the cluster by itself moves no service that is there.
      capacityProviderStrategy: capacityProviderStrategyOf(capacityOnFargate(props, around)),
      forceNewDeployment: true,
      platformVersion,
    },
    assignPublicIp,
    counted: true,
  };
}
