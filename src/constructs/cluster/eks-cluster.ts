import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Annotations, type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { type AccessGrant, accessSetProblems, administratorProblem } from "../../model/access";
import { publicAccessProblems, publicAccessWarning, serviceCidrProblem } from "../../model/cluster-network";
import { egressProblem } from "../../model/egress";
import { DEFAULT_EKS_VERSION, type EksSupport, versionProblem, versionWarning } from "../../model/eks-versions";
import { noCoreDnsProblem } from "../../model/fargate-profile";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { nameProblem, names } from "../../model/names";
import { MIN_ZONES } from "../../model/zones";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { ifKnown, isKnown, refuse } from "../errors";
import { policyJson, trustService } from "../iam/policy-document";
import type { IVpc } from "../network/ivpc";
import { privateSubnetsIn, privateSubnetsProblems } from "../network/private-subnets";
import { AccessEntry } from "./access-entry";
import { FargateProfiles, type FargateProfilesOptions } from "./fargate-profiles";
import type { IEksCluster } from "./ieks-cluster";
import { type EksClusterAttributes, ImportedEksCluster } from "./imported-eks-cluster";
import { kubeconfig, updateKubeconfigCommand } from "./kubeconfig";
import { networksApartCondition } from "./networks-apart";
import { NodeGroups, type NodeGroupsOptions } from "./node-groups";
import { refusePodIdentityOnFargate } from "./pod-identity";
import { warnOfRegion } from "./region-warning";

/** Every kind of log that the control plane writes. Source: API model of EKS, LogType, 2026-11-17. */
const CONTROL_PLANE_LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** What an `EksCluster` is told. */
export interface EksClusterProps {
  /** 1 to 100 letters, digits, `-` and `_`; the names of roles, keys, logs and profiles are derived from it. */
  readonly clusterName: string;
  readonly vpc: IVpc;
  /** Kubernetes minor version. @default "1.36", the newest known */
  readonly version?: string;
  /**
   * Whether AWS upgrades the cluster when the version's standard support ends ("standard"), or charges for extended
   * support.
   * @default "standard"
   */
  readonly support?: EksSupport;
  /**
   * Zones in whose private subnets the control plane has its network interfaces, two or more. AWS cannot change them.
   * @default - all zones that the VPC has when the cluster is created; zones that it gets later are left out
   */
  readonly zones?: readonly string[];
  /** Who may use the Kubernetes API, by a name of your choice; at least one must administer it. */
  readonly access: Readonly<Record<string, AccessGrant>>;
  /** Networks that reach the API over the internet; `0.0.0.0/0` for all of it. @default - none: the endpoint is private only */
  readonly publicAccessCidrs?: readonly string[];
  /** IPv4 network of Kubernetes Services, /12 to /24. Cannot be changed later. @default - AWS chooses one */
  readonly serviceCidr?: string;
  /** Whether AWS refuses to delete the cluster. @default true */
  readonly deletionProtection?: boolean;
  /** Whether AWS may move traffic away from an impaired zone. @default true */
  readonly zonalShift?: boolean;
  /** Days to keep the control plane's logs. @default 365 */
  readonly logRetentionInDays?: number;
  /** What Fargate profiles of the cluster may do. @default - AWS's quotas, and no pod that two profiles match */
  readonly fargate?: FargateProfilesOptions;
  /** What node groups of the cluster may do. @default - AWS's quotas */
  readonly nodeGroups?: NodeGroupsOptions;
  /** Name of the cluster's IAM role. @default - `<cluster>-cluster` */
  readonly roleName?: string;
  /** Day on which the version's support is judged, ISO 8601. @default - today, UTC */
  readonly today?: string;
}

/**
 * An EKS control plane in the private subnets of a VPC, with Kubernetes secrets encrypted by a key of its own, all of
 * its logs kept, a private endpoint, and access by access entries only. Pods run where Fargate profiles take them, and
 * on the nodes of its node groups, if it gets any.
 *
 * Refused at synth: a cluster that nobody could administer, where CoreDNS has no place (its pods would stay Pending, and
 * with them every lookup of a name), or whose pods could not pull an image.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 * @example
 * new EksCluster(this, "cluster", {
 *   clusterName: "platform",
 *   vpc,
 *   access: {
 *     admins: {
 *       principal: "arn:aws:iam::111122223333:role/platform-admin",
 *       policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
 *     },
 *   },
 * });
 */
export class EksCluster extends Construct implements IEksCluster {
  /** A cluster that exists already. */
  static fromAttributes(scope: Construct, id: string, attributes: EksClusterAttributes): IEksCluster {
    return new ImportedEksCluster(scope, id, attributes);
  }

  readonly clusterName: string;
  readonly clusterId: string;
  readonly version: string;
  readonly roleName: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly clusterSecurityGroupId: string;
  readonly vpc: IVpc;
  readonly fargateProfiles: FargateProfiles;
  readonly nodeGroups: NodeGroups;
  readonly kubectlConfig: string;
  readonly updateKubeconfigCommand: string;
  private readonly grants: Record<string, AccessGrant> = {};

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    this.validateProps(props);
    this.vpc = props.vpc;
    this.fargateProfiles = new FargateProfiles(props.fargate);
    this.nodeGroups = new NodeGroups(false, props.nodeGroups);

    const role = this.createRole(props);
    const cluster = this.createCluster(props, role);
    this.clusterName = props.clusterName;
    this.clusterId = cluster.id;
    this.version = props.version ?? DEFAULT_EKS_VERSION;
    this.roleName = role.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.oidcIssuer = cluster.identity.get(0).oidc.get(0).issuer;
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    const { region } = AwsEnvironment.of(this);
    warnOfRegion(this, region);
    this.kubectlConfig = kubeconfig(this, region);
    this.updateKubeconfigCommand = updateKubeconfigCommand(this.clusterName, region);
    for (const [key, grant] of Object.entries(props.access)) {
      this.addAccess(key, grant);
    }
    this.node.addValidation({ validate: () => this.validateWhole() });
    refusePodIdentityOnFargate(this);
  }

  /**
   * Lets an IAM user or role use the Kubernetes API.
   *
   * @param key name of the grant, from which its id is derived
   * @throws InvalidPropsError when the grant is malformed, or its principal has one already
   */
  addAccess(key: string, grant: AccessGrant): void {
    refuse(this, accessSetProblems({ ...this.grants, [key]: grant }));
    new AccessEntry(this, `access-${key}`, { ...grant, key, clusterName: this.clusterId });
    this.grants[key] = grant;
  }

  private validateProps(props: EksClusterProps): void {
    const { clusterName, vpc, version = DEFAULT_EKS_VERSION, support = "standard", publicAccessCidrs = [] } = props;
    const vpcCidr = isKnown(vpc.cidr) ? vpc.cidr : undefined;
    refuse(this, [
      isKnown(clusterName)
        ? nameProblem("cluster", clusterName, "choose another 'clusterName'")
        : `'clusterName' must be known when the app runs, because other names are derived from it; give it as text, like "platform"`,
      ifKnown(props.roleName ?? names.clusterRole(clusterName), (name) => nameProblem("role", name, "give 'roleName'")),
      versionProblem(version, support),
      ...publicAccessProblems(publicAccessCidrs),
      props.serviceCidr === undefined ? undefined : serviceCidrProblem(props.serviceCidr, vpcCidr),
      retentionProblem("logRetentionInDays", props.logRetentionInDays ?? DEFAULT_RETENTION_DAYS),
      egressProblem(vpc.egress),
      ...privateSubnetsProblems(vpc, props.zones, MIN_ZONES),
    ]);
    const today = props.today ?? new Date().toISOString().slice(0, "2026-11-21".length);
    for (const warning of [versionWarning(version, support, today), publicAccessWarning(publicAccessCidrs)]) {
      if (warning !== undefined) {
        Annotations.of(this).addWarning(warning);
      }
    }
  }

  private createRole({ clusterName, roleName = names.clusterRole(clusterName) }: EksClusterProps): IamRole {
    return new IamRole(this, "role", {
      name: roleName,
      description: `Control plane of EKS cluster ${clusterName}`,
      assumeRolePolicy: policyJson([trustService("eks.amazonaws.com")]),
    });
  }

  private createCluster(props: EksClusterProps, role: IamRole): AwsEksCluster {
    const { clusterName, vpc, publicAccessCidrs = [] } = props;
    const rolePolicy = new IamRolePolicyAttachment(this, "role-policy", {
      role: role.name,
      policyArn: AwsEnvironment.of(this).managedPolicyArn("AmazonEKSClusterPolicy"),
    });
    const logGroupName = names.controlPlaneLogGroup(clusterName);
    const key = new EncryptionKey(this, "key", {
      alias: names.clusterKey(clusterName),
      description: `Kubernetes secrets and control plane logs of EKS cluster ${clusterName}`,
      logGroupNames: [logGroupName],
      grantableTo: [role.arn],
    });
    // EKS would create the group itself, unencrypted and kept for ever.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName,
      retentionInDays: props.logRetentionInDays ?? DEFAULT_RETENTION_DAYS,
      kmsKeyId: key.arn,
    });
    return new AwsEksCluster(this, "cluster", {
      name: clusterName,
      roleArn: role.arn,
      version: props.version ?? DEFAULT_EKS_VERSION,
      bootstrapSelfManagedAddons: false,
      deletionProtection: props.deletionProtection ?? true,
      enabledClusterLogTypes: CONTROL_PLANE_LOG_TYPES,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
      upgradePolicy: { supportType: (props.support ?? "standard").toUpperCase() },
      vpcConfig: {
        subnetIds: privateSubnetsIn(vpc, props.zones).map(({ subnetId }) => subnetId),
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccessCidrs.length > 0,
        ...(publicAccessCidrs.length > 0 ? { publicAccessCidrs: [...publicAccessCidrs].sort() } : {}),
      },
      zonalShiftConfig: { enabled: props.zonalShift ?? true },
      ...(props.serviceCidr === undefined ? {} : { kubernetesNetworkConfig: { serviceIpv4Cidr: props.serviceCidr } }),
      ...clusterLifecycle(props),
      // With ids that are known only at apply, the proofs of an imported VPC come too late for the plan to refuse.
      dependsOn: [rolePolicy, logGroup, ...vpc.proofs],
    });
  }

  private validateWhole(): string[] {
    return [
      administratorProblem(this.grants),
      noCoreDnsProblem(this.clusterName, this.fargateProfiles.specs, this.nodeGroups.specs),
    ].filter((problem) => problem !== undefined);
  }
}

/**
 * Without 'zones', the control plane stays in the zones that it was created in: AWS refuses to change them, and a zone
 * that the VPC gets later is no reason to. The CIDR block of an imported VPC is known to Terraform alone, so Terraform
 * compares it.
 */
function clusterLifecycle({ zones, serviceCidr, vpc }: EksClusterProps): { lifecycle?: TerraformResourceLifecycle } {
  const lifecycle: TerraformResourceLifecycle = {
    ...(zones === undefined ? { ignoreChanges: ["vpc_config[0].subnet_ids"] } : {}),
    ...(serviceCidr === undefined || isKnown(vpc.cidr)
      ? {}
      : {
          precondition: [
            {
              condition: networksApartCondition(serviceCidr, vpc.cidr),
              errorMessage: `'serviceCidr' "${serviceCidr}" overlaps the VPC, so Services could not be reached; use another network`,
            },
          ],
        }),
  };
  return Object.keys(lifecycle).length === 0 ? {} : { lifecycle };
}
