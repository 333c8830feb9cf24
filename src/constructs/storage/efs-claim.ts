import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { PersistentVolumeV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_CLAIM_CAPACITY, type EfsClaimSpec, efsClaimProblems } from "../../model/efs-claim";
import { names } from "../../model/names";
import { refuse } from "../errors";
import type { EfsStorage } from "./efs-storage";

/** What an `EfsClaim` is told. */
export interface EfsClaimProps extends EfsClaimSpec {
  readonly fileSystem: EfsStorage;
  /** What the claim waits for, such as its namespace. @default - nothing: the namespace is there already */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** The driver that nodes of Fargate have built in. */
const DRIVER = "efs.csi.aws.com";

/** Every pod of the namespace may write, in whichever zone it runs. */
const ACCESS_MODES = ["ReadWriteMany"];

/**
 * An access point of an EFS file system as a volume that pods of one namespace mount by the name of its claim. The
 * volume is made beforehand for this claim alone: pods on Fargate mount no others, and EFS's provisioner, which would
 * make them on request, cannot run there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 * @example
 * new EfsClaim(this, "uploads", { fileSystem: efs, accessPoint: "uploads", namespace: "shop" });
 */
export class EfsClaim extends Construct {
  /** Name by which a pod's volume refers to the claim. */
  readonly claimName: string;
  /** What pods wait for that mount it. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EfsClaimProps) {
    super(scope, id);
    const { fileSystem, accessPoint, namespace, capacity = DEFAULT_CLAIM_CAPACITY, dependsOn = [] } = props;
    refuse(this, efsClaimProblems(props));
    this.claimName = props.claimName ?? accessPoint;
    const storageClassName = storageClassOf(fileSystem);
    const volume = new PersistentVolumeV1(this, "volume", {
      metadata: { name: names.efsVolume(fileSystem.key, accessPoint, namespace) },
      spec: [
        {
          capacity: { storage: capacity },
          accessModes: ACCESS_MODES,
          persistentVolumeReclaimPolicy: "Retain",
          storageClassName,
          volumeMode: "Filesystem",
          claimRef: { name: this.claimName, namespace },
          persistentVolumeSource: { csi: { driver: DRIVER, volumeHandle: fileSystem.volumeHandle(accessPoint) } },
        },
      ],
      dependsOn: [...fileSystem.ready],
    });
    this.ready = new PersistentVolumeClaimV1(this, "claim", {
      metadata: { name: this.claimName, namespace },
      spec: {
        accessModes: ACCESS_MODES,
        storageClassName,
        volumeName: volume.metadata.name,
        resources: { requests: { storage: capacity } },
      },
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

/**
 * Name of the file system's class, which is made with its first claim. Without a class of their own, claims would get
 * the cluster's default one, whose volumes are not for Fargate.
 */
function storageClassOf(fileSystem: EfsStorage): string {
  const name = names.efsStorageClass(fileSystem.key);
  const existing = fileSystem.node.tryFindChild("storage-class") as StorageClassV1 | undefined;
  const storageClass =
    existing ??
    new StorageClassV1(fileSystem, "storage-class", {
      metadata: { name },
      storageProvisioner: DRIVER,
      reclaimPolicy: "Retain",
      volumeBindingMode: "Immediate",
    });
  return storageClass.metadata.name;
}
