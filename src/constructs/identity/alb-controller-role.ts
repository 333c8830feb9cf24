import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import { policyJson } from "../iam/policy-document";
import { ALB_CONTROLLER_VERSION, albControllerStatements } from "./alb-controller-policy";
import { IrsaRole } from "./irsa-role";
import type { IOidcProvider } from "./oidc-provider";

/** What the role of the controller may be told beside its cluster. */
export interface AlbControllerRoleOptions {
  /** @default - `<cluster>-irsa` */
  readonly roleName?: string;
  /** Name of the policy; an account has it once, so give a second cluster's another. @default "ALBIngressControllerIAMPolicy" */
  readonly policyName?: string;
  /** Namespace that the controller runs in. @default "kube-system" */
  readonly namespace?: string;
  /** @default "aws-load-balancer-controller" */
  readonly serviceAccount?: string;
}

/** What an `AlbControllerRole` is told. */
export interface AlbControllerRoleProps extends AlbControllerRoleOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
}

/** Tag that says which release of the controller the policy is for. */
const VERSION_TAG = "aws-load-balancer-controller/version";

/**
 * The role and the policy with which the AWS Load Balancer Controller makes load balancers for Ingresses and Services.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html
 */
export class AlbControllerRole extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /** What the controller waits for, so that it can delete its load balancers for as long as it runs. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AlbControllerRoleProps) {
    super(scope, id);
    const policyName = props.policyName ?? names.albControllerPolicy();
    refuse(this, [ifKnown(policyName, (name) => nameProblem("policy", name, "give another 'policyName'"))]);
    const policy = new IamPolicy(this, "policy", {
      name: policyName,
      description: `AWS Load Balancer Controller ${ALB_CONTROLLER_VERSION} of EKS cluster ${props.cluster.clusterName}`,
      policy: policyJson(albControllerStatements(AwsEnvironment.of(this).partition.name)),
      tags: { [VERSION_TAG]: ALB_CONTROLLER_VERSION },
    });
    const role = new IrsaRole(this, "irsa", {
      oidcProvider: props.oidcProvider,
      roleName: props.roleName ?? names.albControllerRole(props.cluster.clusterName),
      description: `AWS Load Balancer Controller of EKS cluster ${props.cluster.clusterName}`,
      namespace: props.namespace ?? "kube-system",
      serviceAccount: props.serviceAccount ?? "aws-load-balancer-controller",
      policyArns: { controller: policy.arn },
    });
    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.policies = role.policies;
  }
}
