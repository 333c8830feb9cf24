import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { PersistentVolumeV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { TerraformStack } from "cdktf";
import { EfsClaim, type EfsClaimProps } from "../../../src/constructs/storage/efs-claim";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";

type Options = Partial<Omit<EfsClaimProps, "fileSystem">>;

function fileSystemIn(stack: TerraformStack, key = "default"): EfsStorage {
  return new EfsStorage(stack, `efs-${key}`, {
    cluster: importedClusterIn(stack),
    key,
    accessPoints: { uploads: {}, reports: {} },
  });
}

function build(options: Options = {}, key?: string) {
  const stack = stackFor();
  const fileSystem = fileSystemIn(stack, key);
  const claim = new EfsClaim(stack, "claim", { fileSystem, accessPoint: "uploads", namespace: "shop", ...options });
  return { stack, fileSystem, claim, text: synth(stack) };
}

const CLASS = "${kubernetes_storage_class_v1.efs-default_storage-class.metadata[0].name}";

describe("EfsClaim", () => {
  test("is a volume of one access point that is kept for one claim", () => {
    const { claim, text } = build();
    expect(claim.claimName).toBe("uploads");
    expect(resource(text, PersistentVolumeV1)).toEqual({
      metadata: { name: "efs-default.uploads.shop" },
      spec: [
        {
          capacity: { storage: "1Gi" },
          access_modes: ["ReadWriteMany"],
          persistent_volume_reclaim_policy: "Retain",
          storage_class_name: CLASS,
          volume_mode: "Filesystem",
          claim_ref: { name: "uploads", namespace: "shop" },
          persistent_volume_source: {
            csi: {
              driver: "efs.csi.aws.com",
              volume_handle:
                "${aws_efs_file_system.efs-default_file-system.id}::${aws_efs_access_point.efs-default_access-point-uploads.id}",
            },
          },
        },
      ],
      depends_on: [
        "aws_efs_file_system_policy.efs-default_policy",
        "aws_efs_mount_target.efs-default_mount-target-eu-west-1a",
        "aws_efs_mount_target.efs-default_mount-target-eu-west-1b",
        "aws_efs_mount_target.efs-default_mount-target-eu-west-1c",
      ],
    });
    expect(resource(text, PersistentVolumeClaimV1)).toEqual({
      metadata: { name: "uploads", namespace: "shop" },
      spec: {
        access_modes: ["ReadWriteMany"],
        storage_class_name: CLASS,
        volume_name: "${kubernetes_persistent_volume_v1.claim_volume.metadata[0].name}",
        resources: { requests: { storage: "1Gi" } },
      },
    });
  });

  test("has a class of the file system's own, so that no default class makes a volume for it", () => {
    const { stack, fileSystem } = build();
    new EfsClaim(stack, "other", { fileSystem, accessPoint: "reports", namespace: "shop" });
    expect(resources(synth(stack), StorageClassV1)).toEqual({
      "efs-default_storage-class": {
        metadata: { name: "efs-sc" },
        storage_provisioner: "efs.csi.aws.com",
        reclaim_policy: "Retain",
        volume_binding_mode: "Immediate",
      },
    });
    expect(resource(build({}, "files").text, StorageClassV1).metadata).toEqual({ name: "efs-sc-files" });
  });

  test("takes every option at once", () => {
    const stack = stackFor();
    const fileSystem = fileSystemIn(stack);
    const first = new EfsClaim(stack, "first", { fileSystem, accessPoint: "reports", namespace: "shop" });
    const claim = new EfsClaim(stack, "claim", {
      fileSystem,
      accessPoint: "uploads",
      namespace: "web",
      claimName: "files",
      capacity: "5Gi",
      dependsOn: [first.ready],
    });
    const text = synth(stack);
    expect(claim.claimName).toBe("files");
    expect(resource(text, PersistentVolumeV1, "claim_volume")).toMatchObject({
      metadata: { name: "efs-default.uploads.web" },
      spec: [{ capacity: { storage: "5Gi" }, claim_ref: { name: "files", namespace: "web" } }],
    });
    expect(resource(text, PersistentVolumeClaimV1, "claim_claim")).toMatchObject({
      metadata: { name: "files", namespace: "web" },
      spec: { resources: { requests: { storage: "5Gi" } } },
      depends_on: ["kubernetes_persistent_volume_claim_v1.first_claim"],
    });
  });
});

describe("refused is", () => {
  const refused = (options: Options) => refusal(() => build(options));

  test("an access point that the file system does not have", () => {
    expect(refused({ accessPoint: "upload" })).toBe(
      `[test/efs-default] there is no access point "upload"; the file system has "reports", "uploads"`,
    );
  });

  test("a namespace or a name that Kubernetes does not take", () => {
    expect(refused({ namespace: "Shop", claimName: "my_files" }).split("\n")).toEqual([
      expect.stringMatching(/^\[test\/claim\] 'namespace' must be a Kubernetes name .* got "Shop"$/),
      expect.stringMatching(/^\[test\/claim\] 'claimName' must be a Kubernetes name .* got "my_files"$/),
    ]);
  });

  test.each(["5", "5G", "1.5Gi", "0Gi", "1024Ki"])(
    "the capacity %j, which Kubernetes would write otherwise",
    (capacity) => {
      expect(refused({ capacity })).toBe(
        `[test/claim] 'capacity' must be a whole number of Mi, Gi or Ti, like "5Gi", got "${capacity}"`,
      );
    },
  );
});
