import type { IConstruct } from "constructs";
import type { IVpc } from "../network/ivpc";
import type { FargateProfiles } from "./fargate-profiles";
import type { NodeGroups } from "./node-groups";

/** An EKS cluster that profiles, roles and add-ons can be added to: one of ours, or an imported one. */
export interface IEksCluster extends IConstruct {
  /** Name as given, from which other names are derived. */
  readonly clusterName: string;
  /** The name as what refers to it should use it, so that Terraform waits for the cluster. */
  readonly clusterId: string;
  /** Kubernetes minor version; `undefined` for an imported cluster. */
  readonly version: string | undefined;
  /** Name of the cluster's IAM role; `undefined` for an imported cluster whose role is not given. */
  readonly roleName: string | undefined;
  /** URL of the Kubernetes API. */
  readonly endpoint: string;
  /** Certificate of the Kubernetes API's authority, base64. */
  readonly certificateAuthority: string;
  /** URL of the cluster's OpenID Connect issuer, with `https://`. */
  readonly oidcIssuer: string;
  /** A whole kubeconfig in YAML, which authenticates by `aws eks get-token`. */
  readonly kubectlConfig: string;
  /** The `aws eks update-kubeconfig` command for this cluster. */
  readonly updateKubeconfigCommand: string;
  /** Security group that EKS creates, which every pod on Fargate has. */
  readonly clusterSecurityGroupId: string;
  readonly vpc: IVpc;
  /** The cluster's Fargate profiles, as far as this app defines them. */
  readonly fargateProfiles: FargateProfiles;
  /** The cluster's node groups, as far as this app defines them. */
  readonly nodeGroups: NodeGroups;
}
