import { Construct } from "constructs";
import { nameProblem } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { FargateProfiles, type FargateProfilesOptions } from "./fargate-profiles";
import type { IEksCluster } from "./ieks-cluster";
import { kubeconfig, updateKubeconfigCommand } from "./kubeconfig";

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
  /** What Fargate profiles may do. Profiles that this app does not define are not counted. */
  readonly fargate?: FargateProfilesOptions;
}

/** A cluster that somebody else created. */
export class ImportedEksCluster extends Construct implements IEksCluster {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly kubectlConfig: string;
  readonly updateKubeconfigCommand: string;
  readonly clusterSecurityGroupId: string;
  readonly vpc: IVpc;
  readonly fargateProfiles: FargateProfiles;

  constructor(scope: Construct, id: string, attributes: EksClusterAttributes) {
    super(scope, id);
    const { clusterName, oidcIssuer } = attributes;
    refuse(this, [
      ifKnown(clusterName, (name) => nameProblem("cluster", name, "give the cluster's own name")),
      isKnown(oidcIssuer) && !oidcIssuer.startsWith("https://")
        ? `'oidcIssuer' must be a URL that begins with "https://", as EKS gives it, got "${oidcIssuer}"`
        : undefined,
    ]);
    this.clusterName = clusterName;
    this.clusterId = clusterName;
    this.endpoint = attributes.endpoint;
    this.certificateAuthority = attributes.certificateAuthority;
    this.oidcIssuer = oidcIssuer;
    this.clusterSecurityGroupId = attributes.clusterSecurityGroupId;
    this.vpc = attributes.vpc;
    const { region } = AwsEnvironment.of(this);
    this.kubectlConfig = kubeconfig(this, region);
    this.updateKubeconfigCommand = updateKubeconfigCommand(clusterName, region);
    this.fargateProfiles = new FargateProfiles(attributes.fargate);
  }
}
