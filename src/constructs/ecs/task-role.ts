import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { roleStatementProblems } from "../../model/policy-statements";
import { AwsEnvironment } from "../aws-environment";
import { isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";

export interface TaskRoleProps {
  /** `task` or `execution`. */
  readonly kind: "task" | "execution";
  readonly family: string;
  readonly description: string;
  readonly roleName: string;
  /** Of a role that exists. @default - a role is made */
  readonly roleArn: string | undefined;
}

/**
 * A role that ECS hands to tasks, and to nobody else: of this account's ECS in this Region alone. One that exists gets
 * what is granted as policies of its own, which have the family in their names.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export class TaskRole {
  readonly roleArn: string;
  readonly roleName: string;

  constructor(
    private readonly scope: Construct,
    private readonly props: TaskRoleProps,
  ) {
    const { kind, description, roleName, roleArn } = props;
    if (roleArn !== undefined) {
      this.roleArn = roleArn;
      this.roleName = nameOf(roleArn);
      return;
    }
    const environment = AwsEnvironment.of(scope);
    const role = new IamRole(scope, `${kind}-role`, {
      name: roleName,
      description,
      assumeRolePolicy: policyJson([
        trustService("ecs-tasks.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": environment.account },
          ArnLike: { "aws:SourceArn": environment.arn("ecs", "*") },
        }),
      ]),
    });
    this.roleArn = role.arn;
    this.roleName = role.name;
  }

  /**
   * Adds a policy to the role.
   *
   * @throws InvalidPropsError when IAM would call it malformed
   */
  grant(key: string, statements: readonly PolicyStatement[]): IamRolePolicy {
    refuse(this.scope, roleStatementProblems(statements, isKnown));
    const { kind, family, roleArn } = this.props;
    return new IamRolePolicy(this.scope, `${kind}-policy-${key}`, {
      role: this.roleName,
      name: roleArn === undefined ? key : `${family}-${key}`,
      policy: policyJson(statements),
    });
  }
}

/** What stands behind the last "/" of the ARN, where the role's path ends. */
function nameOf(roleArn: string): string {
  return isKnown(roleArn) ? (roleArn.split("/").at(-1) ?? "") : Fn.element(Fn.reverse(Fn.split("/", roleArn)), 0);
}
