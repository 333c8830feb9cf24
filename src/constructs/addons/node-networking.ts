import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";

/** What a `NodeNetworking` may be told beside its cluster. */
export interface NodeNetworkingOptions {
  /**
   * Whether NetworkPolicy objects hold for pods on nodes. On Fargate they never do.
   * @default false
   */
  readonly networkPolicy?: boolean;
  /** Version of the vpc-cni add-on, such as `v1.20.1-eksbuild.1`. @default - AWS's default for the cluster's version */
  readonly vpcCniVersion?: string;
  /** Version of the kube-proxy add-on. @default - AWS's default for the cluster's version */
  readonly kubeProxyVersion?: string;
  /** Name of the role of the VPC CNI. @default - `<cluster>-vpc-cni` */
  readonly roleName?: string;
}

/** What a `NodeNetworking` is told. */
export interface NodeNetworkingProps extends NodeNetworkingOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** Whether pods on Windows nodes get addresses, which the control plane gives them. @default false */
  readonly windows?: boolean;
}

/** The service account of the VPC CNI's DaemonSet. */
const AWS_NODE = { namespace: "kube-system", serviceAccount: "aws-node" } as const;

/**
 * What every node needs before it is ready: the VPC CNI, which gives pods their addresses, and kube-proxy, which leads
 * them to Services. Fargate has both built in, so a cluster gets them with its first node group: one for all groups,
 * defined before them.
 *
 * The VPC CNI has a role of its own, so that nodes need no right to change network interfaces.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html
 */
export class NodeNetworking extends Construct {
  constructor(scope: Construct, id: string, props: NodeNetworkingProps) {
    super(scope, id);
    const { cluster, windows = false } = props;
    const ipam = windows ? this.allowWindowsIpam(cluster) : [];
    const cni = this.createCni(props, ipam);
    const kubeProxy = this.createAddon(cluster, "kube-proxy", props.kubeProxyVersion);
    cluster.nodeGroups.addNetwork(this, { windows, resources: [cni, kubeProxy] });
  }

  /** Lets the control plane give addresses of the VPC to pods on Windows nodes. */
  private allowWindowsIpam({ roleName }: IEksCluster): ITerraformDependable[] {
    refuse(this, [
      roleName === undefined
        ? `'windows' needs the IAM role of the cluster, whose control plane gives Windows pods their addresses; give 'roleName' in EksCluster.fromAttributes`
        : undefined,
    ]);
    return [
      new IamRolePolicyAttachment(this, "windows-ipam", {
        role: roleName ?? "",
        policyArn: AwsEnvironment.of(this).managedPolicyArn("AmazonEKSVPCResourceController"),
      }),
    ];
  }

  private createCni(props: NodeNetworkingProps, ipam: readonly ITerraformDependable[]): EksAddon {
    const { cluster, oidcProvider, networkPolicy = false, windows = false } = props;
    const role = new IrsaRole(this, "vpc-cni-role", {
      ...AWS_NODE,
      oidcProvider,
      roleName: props.roleName ?? names.vpcCniRole(cluster.clusterName),
      description: `VPC CNI of EKS cluster ${cluster.clusterName}`,
      policyArns: { cni: AwsEnvironment.of(this).managedPolicyArn("AmazonEKS_CNI_Policy") },
    });
    return this.createAddon(cluster, "vpc-cni", props.vpcCniVersion, {
      serviceAccountRoleArn: role.roleArn,
      // The schema of the add-on wants text. Both are always said, so that turning one off changes something.
      configurationValues: JSON.stringify({
        enableNetworkPolicy: String(networkPolicy),
        enableWindowsIpam: String(windows),
      }),
      dependsOn: [...role.policies, ...ipam],
    });
  }

  private createAddon(
    cluster: IEksCluster,
    addonName: string,
    addonVersion: string | undefined,
    config: { serviceAccountRoleArn?: string; configurationValues?: string; dependsOn?: ITerraformDependable[] } = {},
  ): EksAddon {
    return new EksAddon(this, addonName, {
      clusterName: cluster.clusterId,
      addonName,
      ...(addonVersion === undefined ? {} : { addonVersion }),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...config,
    });
  }
}
