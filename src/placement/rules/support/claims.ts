import { type Problem, quote } from "../../../model/problem";
import type { Workload } from "../../../model/workload";
import type { ClaimIdentity, ClusterIndex } from "../../cluster-index";

export const EFS_DRIVER = "efs.csi.aws.com";

const EBS_DRIVERS = new Set([
  "ebs.csi.aws.com",
  "ebs.csi.eks.amazonaws.com",
  "kubernetes.io/aws-ebs",
  "awsElasticBlockStore",
]);

/** Classes that EKS itself has made, or that every guide makes. */
const EBS_CLASSES = new Set(["gp2", "gp3"]);

/** EBS and its volume types, as words of a class's name. */
const EBS_WORD = /(^|[-_.])(ebs|gp[23]|io[12]|st1|sc1)([-_.]|$)/;

/** Provisioner of classes whose volumes somebody creates by hand. */
const NO_PROVISIONER = "kubernetes.io/no-provisioner";

/** A claim that a pod mounts, and what is behind it. */
export interface ClaimUse {
  readonly at: Problem["at"];
  /** How messages call it: `volume "data"`, `claim template "data"`. */
  readonly called: string;
  readonly storage: Storage;
}

export type Storage =
  /** A volume that is there, or that its driver will provision. */
  | { readonly kind: "driver"; readonly driver: string; readonly provisioned: boolean; readonly from: string }
  /** A storage class that is not among the manifests. */
  | { readonly kind: "class"; readonly name: string }
  /** The cluster's default class. */
  | { readonly kind: "default class" }
  /** Nothing among the manifests says. */
  | { readonly kind: "unknown"; readonly from: string };

/** The claims that the pods of a workload mount, in the order of the manifest. */
export function claimsOf(workload: Workload, cluster: ClusterIndex): ClaimUse[] {
  return [...mountedClaims(workload, cluster), ...claimTemplates(workload, cluster)];
}

export function isEbs(driver: string): boolean {
  return EBS_DRIVERS.has(driver);
}

function mountedClaims({ pod, podPath, namespace }: Workload, cluster: ClusterIndex): ClaimUse[] {
  return pod.volumes.flatMap(({ name, claimName }, index) => {
    if (claimName === undefined) {
      return [];
    }
    const claim = cluster.claim(namespace, claimName);
    return [
      {
        at: [...podPath, "volumes", index],
        called: `volume ${quote(name)}`,
        storage:
          claim === undefined
            ? { kind: "unknown", from: `claim ${quote(claimName)}, which is not among the manifests` }
            : storageOf(claim, cluster),
      } as const,
    ];
  });
}

/** What the name of a storage class alone says about EBS. */
export function ebsByName(storageClass: string): "certain" | "likely" | undefined {
  return EBS_CLASSES.has(storageClass) ? "certain" : EBS_WORD.test(storageClass) ? "likely" : undefined;
}

/** The claim of the first replica stands for those of all, which the StatefulSet makes alike. */
function claimTemplates(workload: Workload, cluster: ClusterIndex): ClaimUse[] {
  return workload.claimTemplates.map(({ name, storageClassName }, index) => {
    const first = {
      namespace: workload.namespace,
      name: `${name}-${workload.name}-0`,
      ...(storageClassName === undefined ? {} : { storageClassName }),
    };
    return {
      at: ["spec", "volumeClaimTemplates", index],
      called: `claim template ${quote(name)}`,
      storage: storageOf(cluster.claim(first.namespace, first.name) ?? first, cluster),
    };
  });
}

function storageOf(claim: ClaimIdentity, cluster: ClusterIndex): Storage {
  const { name, volumeName, storageClassName } = claim;
  const volume = cluster.volumeOf(claim);
  if (volume !== undefined) {
    return {
      kind: "driver",
      driver: volume.driver,
      provisioned: false,
      from: `PersistentVolume ${quote(volume.name)}`,
    };
  }
  if (volumeName !== undefined) {
    return { kind: "unknown", from: `PersistentVolume ${quote(volumeName)}, which is not among the manifests` };
  }
  if (storageClassName === undefined) {
    return { kind: "default class" };
  }
  const storageClass = cluster.storageClass(storageClassName);
  if (storageClassName === "" || storageClass?.provisioner === NO_PROVISIONER) {
    return { kind: "unknown", from: `claim ${quote(name)}, whose PersistentVolume is not among the manifests` };
  }
  return storageClass === undefined
    ? { kind: "class", name: storageClassName }
    : {
        kind: "driver",
        driver: storageClass.provisioner,
        provisioned: true,
        from: `StorageClass ${quote(storageClassName)}`,
      };
}
