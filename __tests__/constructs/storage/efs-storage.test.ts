import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { EfsStorage, type EfsStorageProps } from "../../../src/constructs/storage/efs-storage";
import { importedClusterIn, vpcOf } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
} from "../../support/stack";
import { ecsClusterIn } from "../../support/tasks";

type Options = Partial<Omit<EfsStorageProps, "cluster">>;

function build(options: Options = {}, use: (efs: EfsStorage) => void = () => undefined) {
  const stack = stackFor();
  const efs = new EfsStorage(stack, "efs", {
    cluster: importedClusterIn(stack),
    accessPoints: { data: {} },
    ...options,
  });
  use(efs);
  return { stack, efs, text: synth(stack) };
}

const refused = (options: Options) => refusal(() => build(options));

const FILE_SYSTEM = "${aws_efs_file_system.efs_file-system.id}";

describe("EfsStorage", () => {
  test("is encrypted with a key of its own, as fast as needed, and kept from deletion", () => {
    const { text } = build();
    expect(resource(text, EfsFileSystem)).toEqual({
      encrypted: true,
      kms_key_id: "${aws_kms_key.efs_key_key.arn}",
      throughput_mode: "elastic",
      lifecycle_policy: [
        { transition_to_ia: "AFTER_30_DAYS" },
        { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
      ],
      tags: { Name: "platform-efs-default" },
      lifecycle: { prevent_destroy: true },
    });
    expect(text).toHaveResourceWithProperties(KmsAlias, { name: "alias/platform-efs-default" });
    expect(resource(text, EfsBackupPolicy)).toEqual({
      file_system_id: FILE_SYSTEM,
      backup_policy: { status: "ENABLED" },
    });
  });

  test("has a mount target in each private subnet, by its zone", () => {
    const targets = resources(build().text, EfsMountTarget);
    expect(Object.keys(targets)).toEqual(["a", "b", "c"].map((letter) => `efs_mount-target-eu-west-1${letter}`));
    expect(targets["efs_mount-target-eu-west-1b"]).toEqual({
      file_system_id: FILE_SYSTEM,
      subnet_id: "subnet-private-b",
      security_groups: ["${aws_security_group.efs_security-group.id}"],
    });
  });

  test("is refused in a VPC without private subnets", () => {
    const vpc = { ...vpcOf(), privateSubnets: [] };
    const cluster = { clusterName: "shop", vpc };
    expect(refusal(() => new EfsStorage(stackFor(), "efs", { cluster, accessPoints: { data: {} } }))).toBe(
      "[test/efs] 'vpc' must have private subnets in at least 1 zone, got none; add some",
    );
  });

  test("lets in NFS from the cluster's security group and nothing else", () => {
    const { text } = build();
    expect(text).toHaveResourceWithProperties(SecurityGroup, { name: "platform-efs-default", vpc_id: "vpc-1" });
    expect(resources(text, VpcSecurityGroupIngressRule)).toEqual({
      "efs_nfs-cluster": {
        security_group_id: "${aws_security_group.efs_security-group.id}",
        description: "NFS from cluster",
        referenced_security_group_id: "sg-1",
        ip_protocol: "tcp",
        from_port: 2049,
        to_port: 2049,
      },
    });
  });

  test("lets in pods with a security group of their own when told", () => {
    const { text } = build({}, (efs) => efs.allowFrom("orders", "sg-2"));
    expect(resource(text, VpcSecurityGroupIngressRule, "efs_nfs-orders")).toMatchObject({
      referenced_security_group_id: "sg-2",
      from_port: 2049,
    });
  });

  test("is mounted by anybody in the network, encrypted in transit, and by nobody as root", () => {
    const policy = resource(build().text, EfsFileSystemPolicy);
    expect(policy.file_system_id).toBe(FILE_SYSTEM);
    expect(statements(policy.policy)).toEqual([
      {
        Sid: "MountTargets",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: "${aws_efs_file_system.efs_file-system.arn}",
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
      {
        Sid: "EncryptionInTransit",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "*",
        Resource: "${aws_efs_file_system.efs_file-system.arn}",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("gives root's rights when an access point is root's", () => {
    const { text } = build({ accessPoints: { data: {}, admin: { uid: 0 } } });
    expect(statements(resource(text, EfsFileSystemPolicy).policy)[0]?.Action).toEqual([
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientRootAccess",
      "elasticfilesystem:ClientWrite",
    ]);
  });

  test("has an access point with a directory and a user of its own for each name", () => {
    const { text } = build();
    expect(resource(text, EfsAccessPoint)).toEqual({
      file_system_id: FILE_SYSTEM,
      posix_user: { uid: 1000, gid: 1000 },
      root_directory: { path: "/data", creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: "0750" } },
      tags: { Name: "platform-efs-default-data" },
    });
  });

  test("takes every option at once", () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd`;
    const { text } = build({
      key: "files",
      accessPoints: {
        uploads: { path: "/shop/uploads", uid: 33, gid: 34, secondaryGids: [100, 50], permissions: "0700" },
      },
      throughput: { provisionedInMibps: 128 },
      lifecycle: { infrequentAccessAfterDays: false },
      kmsKeyArn,
      backup: false,
      deletionProtection: false,
    });
    expect(resource(text, EfsFileSystem)).toEqual({
      encrypted: true,
      kms_key_id: kmsKeyArn,
      throughput_mode: "provisioned",
      provisioned_throughput_in_mibps: 128,
      lifecycle_policy: [],
      tags: { Name: "platform-efs-files" },
    });
    expect(resource(text, EfsAccessPoint)).toEqual({
      file_system_id: FILE_SYSTEM,
      posix_user: { uid: 33, gid: 34, secondary_gids: [50, 100] },
      root_directory: { path: "/shop/uploads", creation_info: { owner_uid: 33, owner_gid: 34, permissions: "0700" } },
      tags: { Name: "platform-efs-files-uploads" },
    });
    expect(text).toHaveResourceWithProperties(EfsBackupPolicy, { backup_policy: { status: "DISABLED" } });
    expect(addresses(text).filter((address) => address.startsWith("aws_kms"))).toEqual([]);
  });

  test("names the volume of an access point as a PersistentVolume has it", () => {
    const { stack, efs } = build();
    expect(resolved(stack, efs.volumeHandle("data"))).toBe(
      "${aws_efs_file_system.efs_file-system.id}::${aws_efs_access_point.efs_access-point-data.id}",
    );
    expect(refusal(() => efs.volumeHandle("date"))).toBe(
      `[test/efs] there is no access point "date"; the file system has "data"`,
    );
    expect(refusal(() => efs.volumeHandle("constructor"))).toMatch(/there is no access point "constructor"/);
  });

  test("can be mounted once its policy and its mount targets are there", () => {
    const { stack, efs } = build();
    expect(efs.ready.map(({ fqn }) => resolved(stack, fqn))).toEqual([
      "${aws_efs_file_system_policy.efs_policy}",
      ...["a", "b", "c"].map((letter) => `\${aws_efs_mount_target.efs_mount-target-eu-west-1${letter}}`),
    ]);
  });

  test("keeps all addresses when an access point is added in the middle, in whatever order they are given", () => {
    const before = build({ accessPoints: { a: {}, c: {} } });
    const after = build({ accessPoints: { c: {}, b: {}, a: {} } });
    expect(addresses(after.text)).toEqual(
      [...addresses(before.text), "aws_efs_access_point.efs_access-point-b"].sort(),
    );
    expect(build({ accessPoints: { a: {}, b: {}, c: {} } }).text).toBe(after.text);
  });
});

describe("refused is", () => {
  test("a key that no name can be made of", () => {
    expect(refused({ key: "Files" })).toMatch(/^\[test\/efs\] the name of a file system must be 1 to 40 lower-case/);
  });

  test("an alias of a KMS key, for which EFS would answer the key", () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/files`;
    expect(refused({ kmsKeyArn })).toBe(
      `[test/efs] 'kmsKeyArn' must be the ARN of a KMS key, not of an alias, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got "${kmsKeyArn}"`,
    );
  });

  test("all that the model refuses, at once", () => {
    expect(refused({ accessPoints: { data: { path: "data", uid: -1 } } }).split("\n")).toHaveLength(2);
  });
});

describe("EfsStorage for an ECS cluster", () => {
  function forTasks(accessPoints: EfsStorageProps["accessPoints"] = { data: {} }) {
    const stack = stackFor();
    const efs = new EfsStorage(stack, "efs", { cluster: ecsClusterIn(stack), accessPoints });
    return { stack, efs, text: synth(stack) };
  }

  test("is reached from nowhere until a service is let in", () => {
    const { text } = forTasks();
    expect(resources(text, VpcSecurityGroupIngressRule)).toEqual({});
    expect(resource(text, SecurityGroup)).toMatchObject({ description: "NFS from tasks of ECS cluster shop" });
  });

  test("is mounted by roles of the account alone, which their own policies have to allow", () => {
    const [clients] = statements(resource(forTasks().text, EfsFileSystemPolicy).policy);
    expect(clients).toMatchObject({
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    });
  });

  test("says what a role needs for one access point", () => {
    const { stack, efs } = forTasks({ data: {}, root: { uid: 0 } });
    expect(resolved(stack, efs.mountStatement("data"))).toEqual({
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      resources: ["${aws_efs_file_system.efs_file-system.arn}"],
      conditions: {
        StringEquals: { "elasticfilesystem:AccessPointArn": "${aws_efs_access_point.efs_access-point-data.arn}" },
      },
    });
    expect(efs.mountStatement("root", true).actions).toEqual([
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientRootAccess",
    ]);
    expect(resolved(stack, efs.accessPointId("data"))).toBe("${aws_efs_access_point.efs_access-point-data.id}");
    expect(refusal(() => efs.accessPointId("logs"))).toBe(
      '[test/efs] there is no access point "logs"; the file system has "data", "root"',
    );
  });
});
