import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FILE_SYSTEM_ARNS } from "../../model/arn-places";
import {
  DEFAULT_ACCESS_POINT,
  type EfsOptions,
  type EfsThroughput,
  efsKeyProblem,
  efsProblems,
  lifecyclePolicies,
  NFS_PORT,
} from "../../model/efs";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { arnPlaceProblems } from "../../model/place";
import { quote, quoteAll } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { InvalidPropsError, ifKnown, isKnown, refuse } from "../errors";
import { denyWithoutTls, type PolicyStatement, policyJson } from "../iam/policy-document";
import type { IVpc } from "../network/ivpc";
import { privateSubnetsProblems } from "../network/private-subnets";

/** What an EFS file system may be told beside its cluster. */
export interface EfsStorageOptions extends EfsOptions {
  /** ARN of the KMS key that encrypts the files. AWS cannot change it. @default - a key of its own */
  readonly kmsKeyArn?: string;
  /** Whether AWS Backup keeps daily backups for 35 days. @default true */
  readonly backup?: boolean;
  /** Whether Terraform refuses to delete the file system. @default true */
  readonly deletionProtection?: boolean;
}

/** The cluster of EKS or ECS that a file system is for. */
export interface FileSystemCluster {
  /** Name of the cluster, from which names are derived. */
  readonly clusterName: string;
  /** The VPC in whose private subnets the files are reached. */
  readonly vpc: IVpc;
  /** Security group that all pods of an EKS cluster have; tasks of ECS have none in common. */
  readonly clusterSecurityGroupId?: string;
}

/** What an `EfsStorage` is told. */
export interface EfsStorageProps extends EfsStorageOptions {
  /** The cluster whose pods or tasks mount it. */
  readonly cluster: FileSystemCluster;
  /** Name among the cluster's file systems. @default "default" */
  readonly key?: string;
}

interface AccessPointHandle {
  readonly id: string;
  readonly arn: string;
  readonly root: boolean;
}

/**
 * An encrypted EFS file system for the pods of an EKS cluster or the tasks of an ECS cluster, with a mount target in
 * each private subnet, and access points that they mount. Only an EKS cluster's security group and those let in by
 * `allowFrom` reach it, only by its mount targets, and only with encryption in transit, without which no access point
 * is mounted.
 *
 * Pods on Fargate have the driver already. It signs nothing with an identity of theirs, so access is a matter of the
 * network and of the access point's user. Tasks of ECS sign with their task role, and nobody else mounts.
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
  /** Id of the file system, `fs-…`. */
  readonly fileSystemId: string;
  /** ARN, for policies. */
  readonly fileSystemArn: string;
  /** Security group of its mount targets, which lets in those that mount it. */
  readonly securityGroupId: string;
  /** What has to be there before a pod can mount the file system. */
  readonly ready: readonly ITerraformDependable[];
  private readonly accessPoints: ReadonlyMap<string, AccessPointHandle>;
  /** Rules by what they let in: AWS takes each once. */
  private readonly clients = new Map<string, VpcSecurityGroupIngressRule>();

  constructor(scope: Construct, id: string, props: EfsStorageProps) {
    super(scope, id);
    const { cluster, key = "default", backup = true } = props;
    const name = names.fileSystem(cluster.clusterName, key);
    refuse(this, [
      efsKeyProblem("a file system", key),
      ifKnown(name, (known) => nameProblem("fileSystem", known, "choose a shorter 'key'")),
      props.kmsKeyArn === undefined ? undefined : ifKnown(props.kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
      ...efsProblems(props),
      ...arnPlaceProblems(props, FILE_SYSTEM_ARNS, AwsEnvironment.of(this).place, isKnown),
      ...privateSubnetsProblems(cluster.vpc, undefined, 1),
    ]);
    this.key = key;
    const fileSystem = this.createFileSystem(name, props);
    this.fileSystemId = fileSystem.id;
    this.fileSystemArn = fileSystem.arn;
    const policy = new EfsFileSystemPolicy(this, "policy", {
      fileSystemId: this.fileSystemId,
      policy: this.clientPolicy(props),
    });
    new EfsBackupPolicy(this, "backup", {
      fileSystemId: this.fileSystemId,
      backupPolicy: { status: backup ? "ENABLED" : "DISABLED" },
    });
    this.securityGroupId = this.createSecurityGroup(name, cluster);
    if (cluster.clusterSecurityGroupId !== undefined) {
      this.allowFrom("cluster", cluster.clusterSecurityGroupId);
    }
    this.ready = [policy, ...this.createMountTargets(cluster)];
    this.accessPoints = this.createAccessPoints(name, props.accessPoints);
  }

  /**
   * Lets pods mount the file system that have a security group of their own instead of the cluster's, and tasks of ECS
   * with theirs. Once is as good as twice.
   *
   * @param key name of the rule, from which its id is derived
   * @returns what has to be there before they can mount it
   */
  allowFrom(key: string, securityGroupId: string): ITerraformDependable {
    const there = this.clients.get(`${key} ${securityGroupId}`);
    if (there !== undefined) {
      return there;
    }
    const rule = new VpcSecurityGroupIngressRule(this, `nfs-${key}`, {
      securityGroupId: this.securityGroupId,
      description: `NFS from ${key}`,
      referencedSecurityGroupId: securityGroupId,
      ipProtocol: "tcp",
      fromPort: NFS_PORT,
      toPort: NFS_PORT,
    });
    this.clients.set(`${key} ${securityGroupId}`, rule);
    return rule;
  }

  /**
   * The volume of an access point as a PersistentVolume names it, `fs-…::fsap-…`.
   *
   * @throws InvalidPropsError when there is no such access point
   */
  volumeHandle(accessPoint: string): string {
    return `${this.fileSystemId}::${this.accessPoint(accessPoint).id}`;
  }

  /**
   * Id of an access point, `fsap-…`.
   *
   * @throws InvalidPropsError when there is no such access point
   */
  accessPointId(accessPoint: string): string {
    return this.accessPoint(accessPoint).id;
  }

  /**
   * What a role needs to mount an access point, and nothing else of the file system.
   *
   * @throws InvalidPropsError when there is no such access point
   * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
   */
  mountStatement(accessPoint: string, readOnly = false): PolicyStatement {
    const { arn, root } = this.accessPoint(accessPoint);
    return {
      actions: [
        "elasticfilesystem:ClientMount",
        ...(root ? ["elasticfilesystem:ClientRootAccess"] : []),
        ...(readOnly ? [] : ["elasticfilesystem:ClientWrite"]),
      ],
      resources: [this.fileSystemArn],
      conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": arn } },
    };
  }

  private accessPoint(name: string): AccessPointHandle {
    const accessPoint = this.accessPoints.get(name);
    if (accessPoint === undefined) {
      throw new InvalidPropsError(
        `[${this.node.path}] there is no access point ${quote(name)}; the file system has ${quoteAll(this.accessPoints.keys())}`,
      );
    }
    return accessPoint;
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
   * Who mounts from EKS is anonymous, as the driver signs nothing; from ECS it is a role of the account, whose own
   * policy has to allow it as well. A user 0 has root's rights only where the policy says so, which it does when an
   * access point is root's.
   *
   * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
   */
  private clientPolicy({ cluster, accessPoints }: EfsStorageProps): string {
    const root = Object.values(accessPoints).some(({ uid }) => uid === 0);
    const clients = cluster.clusterSecurityGroupId === undefined ? AwsEnvironment.of(this).iamArn("root") : "*";
    return policyJson([
      {
        sid: "MountTargets",
        actions: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
          ...(root ? ["elasticfilesystem:ClientRootAccess"] : []),
        ],
        resources: [this.fileSystemArn],
        principal: { aws: clients },
        conditions: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
      denyWithoutTls("*", [this.fileSystemArn]),
    ]);
  }

  private createSecurityGroup(name: string, { clusterName, vpc, clusterSecurityGroupId }: FileSystemCluster): string {
    const clients = clusterSecurityGroupId === undefined ? "tasks of ECS" : "pods of EKS";
    return new SecurityGroup(this, "security-group", {
      name,
      description: `NFS from ${clients} cluster ${clusterName}`,
      vpcId: vpc.vpcId,
      tags: { Name: name },
    }).id;
  }

  private createMountTargets({ vpc }: FileSystemCluster): EfsMountTarget[] {
    return vpc.privateSubnets.map(
      ({ zone, subnetId }) =>
        new EfsMountTarget(this, `mount-target-${zone}`, {
          fileSystemId: this.fileSystemId,
          subnetId,
          securityGroups: [this.securityGroupId],
        }),
    );
  }

  private createAccessPoints(
    name: string,
    accessPoints: EfsOptions["accessPoints"],
  ): ReadonlyMap<string, AccessPointHandle> {
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
          return [key, { id: accessPoint.id, arn: accessPoint.arn, root: uid === 0 }];
        }),
    );
  }
}

function throughputOf(throughput: EfsThroughput = "elastic") {
  return typeof throughput === "object"
    ? { throughputMode: "provisioned", provisionedThroughputInMibps: throughput.provisionedInMibps }
    : { throughputMode: throughput };
}
