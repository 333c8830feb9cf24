import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import { policyJson, trustService } from "../iam/policy-document";

/** What a `NodeRole` is told. */
export interface NodeRoleProps {
  readonly cluster: IEksCluster;
  /**
   * Whether it is for Windows nodes. EKS gives a role access to the cluster for one operating system, so Windows nodes
   * have a role of their own.
   * @default false
   */
  readonly windows?: boolean;
  /** Whether people may open a shell on the nodes through AWS Systems Manager. @default false */
  readonly sessionManager?: boolean;
  /** Name of the role. @default - `<cluster>-nodes`, `<cluster>-nodes-windows` for Windows */
  readonly roleName?: string;
}

/** What a kubelet needs, and pulling images. The VPC CNI has a role of its own, so the nodes need none of its rights. */
const POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];
const SESSION_MANAGER_POLICY = "AmazonSSMManagedInstanceCore";

/**
 * The role of EC2 instances that are nodes of a cluster. Pods cannot use it, because their requests for the instance's
 * credentials take one hop more than instances of a `ManagedNodeGroup` allow. One role can serve every group of the same
 * operating system; EKS gives it access to the cluster by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class NodeRole extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /** Whether it is for Windows nodes. */
  readonly windows: boolean;
  /** What a node group waits for, so that its nodes can join. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    const { cluster, windows = false, sessionManager = false } = props;
    const derived = windows
      ? names.sharedWindowsNodeRole(cluster.clusterName)
      : names.sharedNodeRole(cluster.clusterName);
    this.roleName = props.roleName ?? derived;
    this.windows = windows;
    refuse(this, [ifKnown(this.roleName, (name) => nameProblem("role", name, "give a shorter 'roleName'"))]);
    const environment = AwsEnvironment.of(this);
    const role = new IamRole(this, "role", {
      name: this.roleName,
      description: `${windows ? "Windows nodes" : "Nodes"} of EKS cluster ${cluster.clusterName}`,
      // EC2 names no instance when it assumes the role of an instance profile, so there is nothing to narrow it to.
      assumeRolePolicy: policyJson([trustService(`ec2.${environment.partition.dnsSuffix}`)]),
    });
    this.roleArn = role.arn;
    this.policies = [...POLICIES, ...(sessionManager ? [SESSION_MANAGER_POLICY] : [])].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: environment.managedPolicyArn(policy),
        }),
    );
  }
}
