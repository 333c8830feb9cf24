import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import { policyJson, trustService } from "../iam/policy-document";

/** What a `PodExecutionRole` is told. */
export interface PodExecutionRoleProps {
  readonly cluster: IEksCluster;
  /** Name of the role. @default - `<cluster>-pod-execution` */
  readonly roleName?: string;
}

/**
 * The role with which Fargate pulls a pod's images and writes its logs. Only Fargate profiles of the one cluster can
 * hand it out, and it may do no more than AWS's own policy for it allows. One role can serve every profile.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
 */
export class PodExecutionRole extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /** What a profile waits for, so that its first pods can pull images. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PodExecutionRoleProps) {
    super(scope, id);
    const { cluster, roleName = names.sharedPodExecutionRole(cluster.clusterName) } = props;
    refuse(this, [ifKnown(roleName, (name) => nameProblem("role", name, "give 'roleName'"))]);
    const environment = AwsEnvironment.of(this);
    const role = new IamRole(this, "role", {
      name: roleName,
      description: `Pods on Fargate of EKS cluster ${cluster.clusterName}`,
      assumeRolePolicy: policyJson([
        trustService("eks-fargate-pods.amazonaws.com", {
          ArnLike: { "aws:SourceArn": environment.arn("eks", `fargateprofile/${cluster.clusterName}/*`) },
        }),
      ]),
    });
    const policy = new IamRolePolicyAttachment(this, "policy", {
      role: role.name,
      policyArn: environment.managedPolicyArn("AmazonEKSFargatePodExecutionRolePolicy"),
    });
    this.roleArn = role.arn;
    this.roleName = roleName;
    this.policies = [policy];
  }
}
