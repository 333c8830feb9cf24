import { Construct } from "constructs";
import { clusterAttributesProblems } from "../../model/cluster-attributes";
import type { NamedFargateProfile } from "../../model/fargate-profile";
import { nameProblem } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { FargateProfiles, type FargateProfilesOptions } from "./fargate-profiles";
import type { IEksCluster } from "./ieks-cluster";
import { kubeconfig, updateKubeconfigCommand } from "./kubeconfig";
import { NodeGroups, type NodeGroupsOptions } from "./node-groups";
import { refusePodIdentityOnFargate } from "./pod-identity";
import { warnOfRegion } from "./region-warning";

/** What has to be known of a cluster that is there already. */
export interface EksClusterAttributes {
  readonly clusterName: string;
  /** URL of the Kubernetes API. */
  readonly endpoint: string;
  /** Certificate of the Kubernetes API's authority, base64. */
  readonly certificateAuthority: string;
  /** URL of the OpenID Connect issuer, with `https://`. */
  readonly oidcIssuer: string;
  readonly clusterSecurityGroupId: string;
  readonly vpc: IVpc;
  /** What Fargate profiles may do. Profiles that this app does not know are not counted. */
  readonly fargate?: FargateProfilesOptions;
  /**
   * All Fargate profiles that the cluster has already. With them, pods that none of them takes are refused.
   * @default - not known: whether pods find a place is not checked
   */
  readonly fargateProfiles?: readonly NamedFargateProfile[];
  /** Whether the cluster has Linux nodes, where pods run that no profile takes. @default false */
  readonly nodes?: boolean;
  /** What node groups may do. Groups that this app does not define are not counted. */
  readonly nodeGroups?: NodeGroupsOptions;
  /** Name of the cluster's IAM role, which Windows nodes need. @default - not known */
  readonly roleName?: string;
}

/** A cluster that somebody else created. */
export class ImportedEksCluster extends Construct implements IEksCluster {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly version = undefined;
  readonly roleName: string | undefined;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly kubectlConfig: string;
  readonly updateKubeconfigCommand: string;
  readonly clusterSecurityGroupId: string;
  readonly vpc: IVpc;
  readonly fargateProfiles: FargateProfiles;
  readonly nodeGroups: NodeGroups;

  constructor(scope: Construct, id: string, attributes: EksClusterAttributes) {
    super(scope, id);
    const { clusterName, oidcIssuer } = attributes;
    refuse(this, [
      ifKnown(clusterName, (name) => nameProblem("cluster", name, "give the cluster's own name")),
      ...clusterAttributesProblems(attributes, isKnown),
    ]);
    this.clusterName = clusterName;
    this.clusterId = clusterName;
    this.roleName = attributes.roleName;
    this.endpoint = attributes.endpoint;
    this.certificateAuthority = attributes.certificateAuthority;
    this.oidcIssuer = oidcIssuer;
    this.clusterSecurityGroupId = attributes.clusterSecurityGroupId;
    this.vpc = attributes.vpc;
    const { region } = AwsEnvironment.of(this);
    warnOfRegion(this, region);
    this.kubectlConfig = kubeconfig(this, region);
    this.updateKubeconfigCommand = updateKubeconfigCommand(clusterName, region);
    const { fargate, fargateProfiles: known } = attributes;
    this.fargateProfiles = new FargateProfiles(fargate, known, known !== undefined);
    this.nodeGroups = new NodeGroups(attributes.nodes, attributes.nodeGroups);
    refusePodIdentityOnFargate(this);
  }
}
