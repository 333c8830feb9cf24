import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { Construct } from "constructs";
import {
  type EbsStorageClassOptions,
  ebsStorageClassProblems,
  NO_NODES_FOR_EBS_PROBLEM,
} from "../../model/ebs-storage-class";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { isKnown, refuse } from "../errors";

/** What an `EbsStorageClass` is told. */
export interface EbsStorageClassProps extends EbsStorageClassOptions {
  readonly cluster: IEksCluster;
}

/**
 * Encrypted gp3 volumes for stateful pods on nodes, made where the pod is scheduled. It needs the cluster's EBS CSI
 * add-on. Pods on Fargate cannot mount EBS volumes; `EfsStorage` is for them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export class EbsStorageClass extends Construct {
  readonly className: string;

  constructor(scope: Construct, id: string, props: EbsStorageClassProps) {
    super(scope, id);
    const { cluster, name = "gp3", kmsKeyArn, reclaimPolicy = "Delete" } = props;
    refuse(this, [
      ...ebsStorageClassProblems(props, isKnown),
      cluster.nodeGroups.hasLinuxNodes ? undefined : NO_NODES_FOR_EBS_PROBLEM,
    ]);
    new StorageClassV1(this, "class", {
      metadata: {
        name,
        annotations: { "storageclass.kubernetes.io/is-default-class": String(props.default ?? true) },
      },
      storageProvisioner: "ebs.csi.aws.com",
      // A volume lies in one zone: that of the pod, which is known only when the pod has a node.
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy,
      allowVolumeExpansion: true,
      parameters: { type: "gp3", encrypted: "true", ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }) },
    });
    this.className = name;
  }
}
