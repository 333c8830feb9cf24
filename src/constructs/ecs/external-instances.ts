import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SsmActivation } from "@cdktf/provider-aws/lib/ssm-activation";
import { Construct } from "constructs";
import { DEFAULT_REGISTRATION_LIMIT, type ExternalInstancesOptions } from "../../model/ecs-external";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { policyJson, trustService } from "../iam/policy-document";
import { CONTAINER_INSTANCE_POLICY, policyPath, SESSION_MANAGER_POLICY } from "./instance-role";

export interface ExternalInstancesProps extends ExternalInstancesOptions {
  readonly clusterName: string;
  /** The same as an expression: what registers with the activation joins a cluster that is there. */
  readonly clusterId: string;
}

/**
 * The right of servers and virtual machines outside AWS to join a cluster (ECS Anywhere): an activation of AWS Systems
 * Manager, and the role that they have then. Tasks for them have the launch type `EXTERNAL`. An `EcsCluster` makes it for
 * its 'externalInstances'.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
 * @example
 * const cluster = new EcsCluster(this, "cluster", {
 *   clusterName: "shop",
 *   vpc,
 *   externalInstances: { registrationLimit: 5, expiresAt: "2026-12-01T00:00:00Z" },
 * });
 */
export class ExternalInstances extends Construct {
  /** Role of the instances. */
  readonly roleArn: string;
  /** Id of the activation of Systems Manager by which servers register. */
  readonly activationId: string;
  /** A secret: whoever has it can register a server. */
  readonly activationCode: string;
  /** What joins a Linux server to the cluster when root runs it there. It holds the activation's code. */
  readonly installCommand: string;

  constructor(scope: Construct, id: string, props: ExternalInstancesProps) {
    super(scope, id);
    const { clusterName, registrationLimit = DEFAULT_REGISTRATION_LIMIT, expiresAt } = props;
    const environment = AwsEnvironment.of(this);
    const role = new IamRole(this, "role", {
      name: names.externalInstances(clusterName),
      description: `External instances of ECS cluster ${clusterName}`,
      assumeRolePolicy: policyJson([
        trustService("ssm.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": environment.account },
          ArnEquals: { "aws:SourceArn": environment.arn("ssm", "*") },
        }),
      ]),
    });
    this.roleArn = role.arn;
    const policies = [CONTAINER_INSTANCE_POLICY, SESSION_MANAGER_POLICY].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: environment.managedPolicyArn(policyPath(policy)),
        }),
    );
    const activation = new SsmActivation(this, "activation", {
      name: clusterName,
      description: `External instances of ECS cluster ${clusterName}`,
      iamRole: role.name,
      registrationLimit,
      ...(expiresAt === undefined ? {} : { expirationDate: expiresAt }),
      dependsOn: policies,
    });
    this.activationId = activation.id;
    this.activationCode = activation.activationCode;
    this.installCommand = [
      `curl --proto "https" -o "/tmp/ecs-anywhere-install.sh" "${INSTALLER}"`,
      `bash /tmp/ecs-anywhere-install.sh --region ${environment.region} --cluster ${props.clusterId} --activation-id ${this.activationId} --activation-code ${this.activationCode}`,
    ].join(" && ");
  }
}

/** Source: Amazon ECS Developer Guide, "Registering an external instance to an Amazon ECS cluster", 2026. */
const INSTALLER = "https://amazon-ecs-agent.s3.amazonaws.com/ecs-anywhere-install-latest.sh";
