import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { EbsStorageClass } from "../../../src/constructs/storage/ebs-storage-class";
import type { EbsStorageClassOptions } from "../../../src/model/ebs-storage-class";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: EbsStorageClassOptions = {}, nodes = true) {
  const stack = stackFor();
  new EbsStorageClass(stack, "ebs", { cluster: importedClusterIn(stack, { nodes }), ...options });
  return resource(synth(stack), StorageClassV1);
}

describe("EbsStorageClass", () => {
  test("makes encrypted gp3 volumes in the zone of the pod, which can grow", () => {
    expect(build()).toMatchObject({
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      storage_provisioner: "ebs.csi.aws.com",
      volume_binding_mode: "WaitForFirstConsumer",
      reclaim_policy: "Delete",
      allow_volume_expansion: true,
      parameters: { type: "gp3", encrypted: "true" },
    });
  });

  test("has the name, the key and the policy that are asked for", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234-5678";
    expect(build({ name: "databases", default: false, kmsKeyArn, reclaimPolicy: "Retain" })).toMatchObject({
      metadata: { name: "databases", annotations: { "storageclass.kubernetes.io/is-default-class": "false" } },
      reclaim_policy: "Retain",
      parameters: { kmsKeyId: kmsKeyArn },
    });
  });

  test("is refused on a cluster without nodes, since pods on Fargate mount no EBS volumes", () => {
    expect(refusal(() => build({}, false))).toBe(
      "[test/ebs] an EBS storage class serves pods on nodes only, and the cluster has none; add a node group, or use EFS for pods on Fargate",
    );
  });

  test("is refused with what is no key", () => {
    expect(refusal(() => build({ kmsKeyArn: "alias/ebs" }))).toBe(
      `[test/ebs] 'kmsKeyArn' must be the ARN of a KMS key, not of an alias, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got "alias/ebs"`,
    );
  });
});
