import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import { policyJson, trustService } from "../iam/policy-document";

export interface InstanceRoleProps {
  readonly roleName: string;
  readonly clusterName: string;
  /** Whether people may open a shell on the instances through AWS Systems Manager. */
  readonly sessionManager: boolean;
}

/** What the agent of ECS needs: to join a cluster, to pull images, and to write logs. */
export const CONTAINER_INSTANCE_POLICY = "AmazonEC2ContainerServiceforEC2Role";
export const SESSION_MANAGER_POLICY = "AmazonSSMManagedInstanceCore";

/** The agent's policy stands in a folder, by which its ARN is found but not its attachment named. */
export function policyPath(policy: string): string {
  return policy === CONTAINER_INSTANCE_POLICY ? `service-role/${policy}` : policy;
}

/**
 * The role of EC2 instances on which ECS runs tasks. It is the agent's: tasks have roles of their own, and those with a
 * network interface of their own do not reach this one.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
 */
export class InstanceRole extends Construct {
  readonly roleArn: string;
  readonly instanceProfileArn: string;
  /** What has to be there as long as there are instances. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { roleName, clusterName, sessionManager }: InstanceRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const role = new IamRole(this, "role", {
      name: roleName,
      description: `EC2 instances of ECS cluster ${clusterName}`,
      // EC2 names no instance when it assumes the role of an instance profile, so there is nothing to narrow it to.
      assumeRolePolicy: policyJson([trustService(`ec2.${environment.partition.dnsSuffix}`)]),
    });
    this.roleArn = role.arn;
    this.policies = [CONTAINER_INSTANCE_POLICY, ...(sessionManager ? [SESSION_MANAGER_POLICY] : [])].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: environment.managedPolicyArn(policyPath(policy)),
        }),
    );
    this.instanceProfileArn = new IamInstanceProfile(this, "profile", { name: roleName, role: role.name }).arn;
  }
}
