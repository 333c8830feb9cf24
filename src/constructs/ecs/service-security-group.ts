import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { TaskNetworkOptions } from "../../model/ecs-service-network";
import { names } from "../../model/names";
import { allowTaskTo, createEgress } from "./task-traffic";

/** The security group that the tasks of one service share. What it is made of stands beside the service itself. */
export class ServiceSecurityGroup {
  readonly id: string;
  /** What has to be there before a task can reach its image. */
  readonly ready: readonly ITerraformDependable[];

  constructor(
    private readonly scope: Construct,
    serviceName: string,
    vpcId: string,
    egress: TaskNetworkOptions["egress"],
  ) {
    const name = names.ecsServiceSecurityGroup(serviceName);
    this.id = new SecurityGroup(scope, "security-group", {
      name,
      description: `Tasks of ECS service ${serviceName}`,
      vpcId,
      tags: { Name: name },
    }).id;
    this.ready = createEgress(scope, this.id, egress);
  }

  /** Lets members of another security group connect to a port of the tasks. */
  allowFrom(key: string, securityGroupId: string, port: number, protocol: "tcp" | "udp"): void {
    new VpcSecurityGroupIngressRule(this.scope, `from-${key}`, {
      securityGroupId: this.id,
      description: `From ${key}`,
      referencedSecurityGroupId: securityGroupId,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
    });
  }

  /** Lets the tasks connect to a port of another security group's members. */
  allowTo(key: string, securityGroupId: string, port: number, protocol: "tcp" | "udp"): void {
    allowTaskTo(this.scope, this.id, { key, securityGroupId, port }, protocol);
  }
}
