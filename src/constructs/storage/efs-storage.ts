import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  type AccessPoint,
  DEFAULT_ACCESS_POINT,
  type EfsOptions,
  type EfsThroughput,
  efsKeyProblem,
  efsProblems,
  lifecyclePolicies,
} from "../../model/efs";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { quote, quoteAll } from "../../model/problem";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { EncryptionKey } from "../encryption/encryption-key";
import { InvalidPropsError, ifKnown, refuse } from "../errors";
import { policyJson } from "../iam/policy-document";

export interface EfsStorageOptions extends EfsOptions {
  /** ARN of the KMS key that encrypts the files. AWS cannot change it. @default - a key of its own */
  readonly kmsKeyArn?: string;
  /** Whether AWS Backup keeps daily backups for 35 days. @default true */
  readonly backup?: boolean;
  /** Whether Terraform refuses to delete the file system. @default true */
  readonly deletionProtection?: boolean;
}

export interface EfsStorageProps extends EfsStorageOptions {
  readonly cluster: IEksCluster;
  /** Name among the cluster's file systems. @default "default" */
  readonly key?: string;
}

const NFS_PORT = 2049;

/**
 * An encrypted EFS file system for the pods of a cluster, with a mount target in each private subnet, and access
 * points that pods mount. Only the cluster's security group reaches it, only by its mount targets, and only with
 * encryption in transit, without which the driver mounts no access point.
 *
 * Pods on Fargate have the driver already. It signs nothing with an identity of theirs, so access is a matter of the
 * network and of the access point's user.
 *
 * Source: kubernetes-sigs/aws-efs-csi-driver, docs/install.md and pkg/driver/node.go, at a4fc6760.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 * @example
 * new EfsStorage(this, "efs", { cluster, accessPoints: { uploads: { uid: 33, gid: 33 } } });
 */
export class EfsStorage extends Construct {
  /** Name among the cluster's file systems. */
  readonly key: string;
  readonly fileSystemId: string;
  readonly fileSystemArn: string;
  readonly securityGroupId: string;
  /** What has to be there before a pod can mount the file system. */
  readonly ready: readonly ITerraformDependable[];
  private readonly accessPointIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: EfsStorageProps) {
    super(scope, id);
    const { cluster, key = "default", backup = true } = props;
    const name = names.fileSystem(cluster.clusterName, key);
    refuse(this, [
      efsKeyProblem("a file system", key),
      ifKnown(name, (known) => nameProblem("fileSystem", known, "choose a shorter 'key'")),
      props.kmsKeyArn === undefined ? undefined : ifKnown(props.kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
      ...efsProblems(props),
    ]);
    this.key = key;
    const fileSystem = this.createFileSystem(name, props);
    this.fileSystemId = fileSystem.id;
    this.fileSystemArn = fileSystem.arn;
    const policy = new EfsFileSystemPolicy(this, "policy", {
      fileSystemId: this.fileSystemId,
      policy: this.clientPolicy(Object.values(props.accessPoints)),
    });
    new EfsBackupPolicy(this, "backup", {
      fileSystemId: this.fileSystemId,
      backupPolicy: { status: backup ? "ENABLED" : "DISABLED" },
    });
    this.securityGroupId = this.createSecurityGroup(name, cluster);
    this.allowFrom("cluster", cluster.clusterSecurityGroupId);
    this.ready = [policy, ...this.createMountTargets(cluster)];
    this.accessPointIds = this.createAccessPoints(name, props.accessPoints);
  }

  /**
   * Lets pods mount the file system that have a security group of their own instead of the cluster's.
   *
   * @param key name of the rule, from which its id is derived
   */
  allowFrom(key: string, securityGroupId: string): void {
    new VpcSecurityGroupIngressRule(this, `nfs-${key}`, {
      securityGroupId: this.securityGroupId,
      description: `NFS from ${key}`,
      referencedSecurityGroupId: securityGroupId,
      ipProtocol: "tcp",
      fromPort: NFS_PORT,
      toPort: NFS_PORT,
    });
  }

  /**
   * The volume of an access point as a PersistentVolume names it, `fs-…::fsap-…`.
   *
   * @throws InvalidPropsError when there is no such access point
   */
  volumeHandle(accessPoint: string): string {
    const accessPointId = this.accessPointIds.get(accessPoint);
    if (accessPointId === undefined) {
      throw new InvalidPropsError(
        `[${this.node.path}] there is no access point ${quote(accessPoint)}; the file system has ${quoteAll(this.accessPointIds.keys())}`,
      );
    }
    return `${this.fileSystemId}::${accessPointId}`;
  }

  private createFileSystem(name: string, props: EfsStorageProps): EfsFileSystem {
    const kmsKeyId =
      props.kmsKeyArn ?? new EncryptionKey(this, "key", { alias: name, description: `File system ${name}` }).arn;
    return new EfsFileSystem(this, "file-system", {
      encrypted: true,
      kmsKeyId,
      ...throughputOf(props.throughput),
      lifecyclePolicy: lifecyclePolicies(props.lifecycle),
      tags: { Name: name },
      ...((props.deletionProtection ?? true) ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  /**
   * Who mounts is anonymous, as the driver signs nothing. A user 0 has root's rights only where the policy says so,
   * which it does when an access point is root's.
   *
   * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
   */
  private clientPolicy(accessPoints: readonly AccessPoint[]): string {
    const root = accessPoints.some(({ uid }) => uid === 0);
    return policyJson([
      {
        sid: "MountTargets",
        actions: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
          ...(root ? ["elasticfilesystem:ClientRootAccess"] : []),
        ],
        resources: [this.fileSystemArn],
        principal: { aws: "*" },
        conditions: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
      {
        sid: "EncryptionInTransit",
        effect: "Deny",
        actions: ["*"],
        resources: [this.fileSystemArn],
        principal: { aws: "*" },
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  }

  private createSecurityGroup(name: string, { clusterName, vpc }: IEksCluster): string {
    return new SecurityGroup(this, "security-group", {
      name,
      description: `NFS from pods of EKS cluster ${clusterName}`,
      vpcId: vpc.vpcId,
      tags: { Name: name },
    }).id;
  }

  private createMountTargets({ vpc }: IEksCluster): EfsMountTarget[] {
    return vpc.privateSubnets.map(
      ({ zone, subnetId }) =>
        new EfsMountTarget(this, `mount-target-${zone}`, {
          fileSystemId: this.fileSystemId,
          subnetId,
          securityGroups: [this.securityGroupId],
        }),
    );
  }

  private createAccessPoints(name: string, accessPoints: EfsOptions["accessPoints"]): Map<string, string> {
    return new Map(
      Object.entries(accessPoints)
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, given]) => {
          const { path = `/${key}`, uid, gid, permissions, secondaryGids } = { ...DEFAULT_ACCESS_POINT, ...given };
          const accessPoint = new EfsAccessPoint(this, `access-point-${key}`, {
            fileSystemId: this.fileSystemId,
            posixUser: {
              uid,
              gid,
              ...(secondaryGids === undefined ? {} : { secondaryGids: [...secondaryGids].sort((a, b) => a - b) }),
            },
            rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
            tags: { Name: names.accessPoint(name, key) },
          });
          return [key, accessPoint.id];
        }),
    );
  }
}

function throughputOf(throughput: EfsThroughput = "elastic") {
  return typeof throughput === "object"
    ? { throughputMode: "provisioned", provisionedThroughputInMibps: throughput.provisionedInMibps }
    : { throughputMode: throughput };
}
