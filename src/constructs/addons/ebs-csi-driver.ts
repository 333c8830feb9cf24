import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Construct } from "constructs";
import { NO_ROOM_ON_NODES } from "../../model/fargate-profile";
import { kmsKeyProblems } from "../../model/kms-key";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { isKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";

/** What an `EbsCsiDriver` may be told beside its cluster. */
export interface EbsCsiDriverOptions {
  /**
   * ARNs of KMS keys that volumes are encrypted with, by a StorageClass.
   * @default - none: the key that EBS uses in the account needs no permission
   */
  readonly kmsKeyArns?: readonly string[];
  /** Version of the add-on, such as `v1.50.1-eksbuild.1`. @default - AWS's default for the cluster's version */
  readonly addonVersion?: string;
  /** Name of the driver's role. @default - `<cluster>-ebs-csi-driver` */
  readonly roleName?: string;
}

/** What an `EbsCsiDriver` is told. */
export interface EbsCsiDriverProps extends EbsCsiDriverOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
}

/** The service account of the driver's controller, which alone calls AWS. */
const CONTROLLER = { namespace: "kube-system", serviceAccount: "ebs-csi-controller-sa" } as const;

/**
 * AWS recommends the policy that is narrowed to volumes of the driver's own since 2026-04-16. Whether partitions other
 * than the commercial one have it is not documented.
 *
 * Sources: kubernetes-sigs/aws-ebs-csi-driver issue 2918; AWS Managed Policy Reference, AmazonEBSCSIDriverPolicyV2.
 */
const POLICY = "AmazonEBSCSIDriverPolicyV2";
const POLICY_ELSEWHERE = "service-role/AmazonEBSCSIDriverPolicy";

/**
 * The EBS CSI driver, which makes EBS volumes for the claims of pods on nodes. Pods on Fargate cannot mount them. It
 * manages the volumes that it made itself, which it knows by their tag `ebs.csi.aws.com/cluster`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 * @example
 * new EbsCsiDriver(this, "ebs-csi-driver", { cluster, oidcProvider });
 */
export class EbsCsiDriver extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: EbsCsiDriverProps) {
    super(scope, id);
    const { cluster, oidcProvider, kmsKeyArns = [], addonVersion } = props;
    refuse(this, [
      ...kmsKeyProblems(kmsKeyArns.filter(isKnown)),
      cluster.nodeGroups.haveRoomForAddOns
        ? undefined
        : `the EBS CSI driver needs Linux nodes, as pods on Fargate cannot mount EBS volumes, and ${cluster.nodeGroups.specs.length === 0 ? "the cluster has none so far" : NO_ROOM_ON_NODES}; define a node group that has room for its pods before it, or use EFS`,
    ]);
    const environment = AwsEnvironment.of(this);
    const role = new IrsaRole(this, "role", {
      ...CONTROLLER,
      oidcProvider,
      roleName: props.roleName ?? names.ebsCsiDriverRole(cluster.clusterName),
      description: `EBS CSI driver of EKS cluster ${cluster.clusterName}`,
      policyArns: {
        volumes: environment.managedPolicyArn(environment.partition.name === "aws" ? POLICY : POLICY_ELSEWHERE),
      },
      statements: kmsKeyArns.length === 0 ? [] : keyStatements(kmsKeyArns),
    });
    new EksAddon(this, "addon", {
      clusterName: cluster.clusterId,
      addonName: "aws-ebs-csi-driver",
      ...(addonVersion === undefined ? {} : { addonVersion }),
      serviceAccountRoleArn: role.roleArn,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [...role.policies, ...cluster.nodeGroups.groupsForAddOns()],
    });
    this.roleArn = role.roleArn;
  }
}

/**
 * Lets EBS use the keys for the driver's volumes.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
function keyStatements(kmsKeyArns: readonly string[]): PolicyStatement[] {
  return [
    {
      sid: "GrantKeysToEbs",
      actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      resources: kmsKeyArns,
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      sid: "UseKeys",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: kmsKeyArns,
    },
  ];
}
