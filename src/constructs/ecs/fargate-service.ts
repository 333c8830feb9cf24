import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FARGATE } from "../../model/ecs-capacity";
import { names } from "../../model/names";
import type { IEcsCluster } from "./iecs-cluster";
import type { IEcsService, RequestCounter, ServiceTarget } from "./iecs-service";
import type { ITaskDefinition } from "./itask-definition";

export interface FargateServiceProps {
  readonly cluster: IEcsCluster;
  readonly taskDefinition: ITaskDefinition;
  /** @default - `<cluster>-<id of the construct>` */
  readonly serviceName?: string;
  /** How many tasks. @default 2 */
  readonly desiredCount?: number;
  /** Target groups into which it enters its tasks. @default - none */
  readonly targets?: readonly ServiceTarget[];
}

/** Tasks on Fargate that ECS keeps running. */
export class FargateService extends Construct implements IEcsService {
  readonly serviceName: string;
  readonly cluster: IEcsCluster;
  readonly taskDefinition: ITaskDefinition;
  readonly securityGroupId: string;
  readonly requestCounter: RequestCounter | undefined = undefined;
  readonly ready: readonly ITerraformDependable[];
  private readonly service: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { cluster, taskDefinition, targets = [] } = props;
    this.cluster = cluster;
    this.taskDefinition = taskDefinition;
    this.serviceName = props.serviceName ?? names.ecsService(cluster.clusterName, id);
    const securityGroup = new SecurityGroup(this, "security-group", {
      name: names.ecsServiceSecurityGroup(this.serviceName),
      description: `Tasks of ECS service ${this.serviceName}`,
      vpcId: cluster.vpc.vpcId,
    });
    this.securityGroupId = securityGroup.id;
    new VpcSecurityGroupEgressRule(this, "egress", {
      securityGroupId: securityGroup.id,
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
    for (const { key, containerPort, loadBalancerSecurityGroupId } of targets) {
      if (loadBalancerSecurityGroupId !== undefined) {
        new VpcSecurityGroupIngressRule(this, `from-load-balancer-${key}`, {
          securityGroupId: securityGroup.id,
          referencedSecurityGroupId: loadBalancerSecurityGroupId,
          ipProtocol: "tcp",
          fromPort: containerPort,
          toPort: containerPort,
        });
      }
    }
    this.service = new EcsService(this, "service", {
      name: this.serviceName,
      cluster: cluster.clusterArn,
      taskDefinition: taskDefinition.taskDefinitionArn,
      desiredCount: props.desiredCount ?? 2,
      capacityProviderStrategy: [{ capacityProvider: FARGATE.name, weight: 1 }],
      networkConfiguration: {
        subnets: cluster.vpc.privateSubnets.map(({ subnetId }) => subnetId),
        securityGroups: [securityGroup.id],
      },
      loadBalancer: targets.map(({ containerName, containerPort, targetGroupArn }) => ({
        containerName,
        containerPort,
        targetGroupArn,
      })),
      dependsOn: [...cluster.ready, ...targets.flatMap(({ ready }) => ready)],
    });
    this.ready = [this.service];
  }

  leaveDesiredCount(): void {
    this.service.lifecycle = { ignoreChanges: ["desired_count"] };
  }
}
