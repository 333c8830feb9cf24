import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { roleStatementProblems } from "../../model/policy-statements";
import { AwsEnvironment } from "../aws-environment";
import { TaskRole } from "../ecs/task-role";
import { isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";

export interface BeanstalkRolesProps {
  readonly environmentName: string;
  /** ARN of the bucket with the versions. */
  readonly bucketArn: string;
  /** What starting the containers needs: their logs, images and secrets. */
  readonly startStatements: readonly PolicyStatement[];
  /** Whether ECS needs a role of its own, to read secrets. */
  readonly secrets: boolean;
  /** Whether AWS updates the platform by itself. */
  readonly managedUpdates: boolean;
}

/** What Beanstalk's agents on an instance need. AWS adds to them when the platform needs more. */
const INSTANCE_POLICIES = ["AWSElasticBeanstalkWebTier", "AWSElasticBeanstalkMulticontainerDocker"] as const;

const HEALTH_POLICY = "AWSElasticBeanstalkEnhancedHealth";
const UPDATES_POLICY = "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy";

/**
 * The roles of an application: of Beanstalk itself, of the instances, and of ECS where there are secrets to read.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/concepts-roles.html
 */
export class BeanstalkRoles extends Construct {
  readonly serviceRoleArn: string;
  readonly instanceProfileName: string;
  /** Role by which ECS reads secrets; none where there are none. */
  readonly executionRoleArn: string | undefined;
  /** What has to be there as long as there is an environment. */
  readonly ready: readonly ITerraformDependable[];
  private readonly instanceRole: IamRole;

  constructor(scope: Construct, id: string, props: BeanstalkRolesProps) {
    super(scope, id);
    const { environmentName, startStatements } = props;
    const service = this.createServiceRole(props);
    this.serviceRoleArn = service.role.arn;
    this.instanceRole = this.createInstanceRole(environmentName);
    this.instanceProfileName = new IamInstanceProfile(this, "instance-profile", {
      name: this.instanceRole.name,
      role: this.instanceRole.name,
    }).name;
    const ready = [...service.policies, ...this.attach("instance", this.instanceRole, INSTANCE_POLICIES)];
    ready.push(
      this.grant("versions", [
        { sid: "Versions", actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [`${props.bucketArn}/*`] },
      ]),
      this.grant("start", startStatements),
    );
    if (props.secrets) {
      const { arn, policy } = this.createExecutionRole(environmentName, startStatements);
      this.executionRoleArn = arn;
      ready.push(policy);
    }
    this.ready = ready;
  }

  /**
   * Lets the instances, and so all containers on them, do something in AWS.
   *
   * @throws InvalidPropsError when IAM would call the policy malformed
   */
  grant(key: string, statements: readonly PolicyStatement[]): ITerraformDependable {
    refuse(this, roleStatementProblems(statements, isKnown));
    return new IamRolePolicy(this, `instance-policy-${key}`, {
      role: this.instanceRole.name,
      name: key,
      policy: policyJson(statements),
    });
  }

  /**
   * Beanstalk names itself when it takes on a role, and AWS does not say whether it names the account too, so a request
   * that names another one is refused, and one that names none is not.
   *
   * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-servicerole.html
   */
  private createServiceRole({ environmentName, bucketArn, managedUpdates }: BeanstalkRolesProps) {
    const { account } = AwsEnvironment.of(this);
    const role = new IamRole(this, "service", {
      name: names.beanstalkServiceRole(environmentName),
      description: `Elastic Beanstalk environment ${environmentName}`,
      assumeRolePolicy: policyJson([
        trustService("elasticbeanstalk.amazonaws.com", {
          StringEquals: { "sts:ExternalId": "elasticbeanstalk" },
          StringEqualsIfExists: { "aws:SourceAccount": account },
        }),
      ]),
    });
    const versions = new IamRolePolicy(this, "service-policy-versions", {
      role: role.name,
      name: "versions",
      policy: policyJson([
        {
          sid: "Versions",
          actions: ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion"],
          resources: [`${bucketArn}/*`],
        },
      ]),
    });
    const policies = this.attach("service", role, [HEALTH_POLICY, ...(managedUpdates ? [UPDATES_POLICY] : [])]);
    return { role, policies: [...policies, versions] as ITerraformDependable[] };
  }

  private createInstanceRole(environmentName: string): IamRole {
    return new IamRole(this, "instance", {
      name: names.beanstalkInstanceRole(environmentName),
      description: `Instances of Elastic Beanstalk environment ${environmentName}`,
      // EC2 names no instance when it assumes the role of an instance profile, so there is nothing to narrow it to.
      assumeRolePolicy: policyJson([trustService(`ec2.${AwsEnvironment.of(this).partition.dnsSuffix}`)]),
    });
  }

  /** Its ARN is written out, so that the bundle that names it has a name that can be known before it is there. */
  private createExecutionRole(environmentName: string, statements: readonly PolicyStatement[]) {
    const name = names.beanstalkExecutionRole(environmentName);
    const role = new TaskRole(this, {
      kind: "execution",
      family: environmentName,
      description: `Starts containers of Elastic Beanstalk environment ${environmentName}`,
      roleName: name,
      roleArn: undefined,
    });
    return { arn: AwsEnvironment.of(this).iamArn(`role/${name}`), policy: role.grant("start", statements) };
  }

  private attach(id: string, role: IamRole, policies: readonly string[]): ITerraformDependable[] {
    return policies.map(
      (policy) =>
        new IamRolePolicyAttachment(this, `${id}-${policy}`, {
          role: role.name,
          policyArn: AwsEnvironment.of(this).managedPolicyArn(
            policy === HEALTH_POLICY ? `service-role/${policy}` : policy,
          ),
        }),
    );
  }
}
