import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { egressRules, reachesGroup, type TaskNetworkOptions } from "../../model/ecs-service-network";
import { NFS_PORT } from "../../model/efs";
import type { EfsStorage } from "../storage/efs-storage";

/**
 * The rules of a security group for what its tasks may reach. Where that is the tasks themselves, they let each other in
 * as well: one rule without the other lets nothing through.
 *
 * @returns what has to be there before a task can reach its image
 */
export function createEgress(
  scope: Construct,
  taskGroupId: string,
  egress: TaskNetworkOptions["egress"],
): ITerraformDependable[] {
  return egressRules(egress).flatMap(({ name, key, self = false, cidr, securityGroupId, ...traffic }) => {
    const rule = { ...traffic, securityGroupId: taskGroupId };
    const among = { ...rule, referencedSecurityGroupId: taskGroupId };
    return self
      ? [
          new VpcSecurityGroupEgressRule(scope, key, among),
          new VpcSecurityGroupIngressRule(scope, `self-${name}`, among),
        ]
      : [
          new VpcSecurityGroupEgressRule(scope, key, {
            ...rule,
            ...(cidr === undefined ? {} : { cidrIpv4: cidr }),
            ...(securityGroupId === undefined ? {} : { referencedSecurityGroupId: securityGroupId }),
          }),
        ];
  });
}

/** Lets tasks connect to a port of another security group's members. */
export function allowTaskTo(
  scope: Construct,
  taskGroupId: string,
  to: { readonly key: string; readonly securityGroupId: string; readonly port: number },
  protocol: "tcp" | "udp" = "tcp",
): ITerraformDependable {
  return new VpcSecurityGroupEgressRule(scope, `to-${to.key}`, {
    securityGroupId: taskGroupId,
    description: `To ${to.key}`,
    referencedSecurityGroupId: to.securityGroupId,
    ipProtocol: protocol,
    fromPort: to.port,
    toPort: to.port,
  });
}

/**
 * Lets tasks reach the file systems that they mount, where `egress` names what they may reach and does not name these.
 *
 * @returns what has to be there before a task can mount them
 */
export function allowToFileSystems(
  scope: Construct,
  taskGroupId: string,
  egress: TaskNetworkOptions["egress"],
  fileSystems: Iterable<EfsStorage>,
): ITerraformDependable[] {
  return egress === undefined
    ? []
    : [...new Set(fileSystems)]
        .filter(({ securityGroupId }) => !reachesGroup(egress, securityGroupId, NFS_PORT))
        .map(({ key, securityGroupId }) =>
          allowTaskTo(scope, taskGroupId, { key: `file-system-${key}`, securityGroupId, port: NFS_PORT }),
        );
}
