import { parseQuantity } from "../../../src/units/quantity";
import type { Cluster } from "../cluster";
import { hasLabels, isDeleted, type KubernetesObject, title } from "../objects";
import { claimsOf, type PodTemplate } from "./pods";

const VOLUME_PROTECTION = "kubernetes.io/pv-protection";
const CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
const BOUND = { "pv.kubernetes.io/bind-completed": "yes" };
const WITH_PODS = ["Deployment", "StatefulSet", "DaemonSet", "Job", "Pod"];

interface Volume extends KubernetesObject {
  readonly spec: {
    readonly capacity: { readonly storage: string };
    readonly accessModes: readonly string[];
    readonly storageClassName?: string;
    readonly claimRef?: { readonly name?: string; readonly namespace?: string; readonly uid?: string };
  };
}

interface Claim extends KubernetesObject {
  readonly spec: {
    readonly volumeName?: string;
    readonly accessModes: readonly string[];
    readonly storageClassName?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
  readonly status?: { readonly phase?: string };
}

/**
 * Binds claims to volumes that are there: nothing provisions new ones, as on Fargate. Neither goes while it is in use.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
 */
export async function runVolumes(cluster: Cluster): Promise<void> {
  const volumes = cluster.all<Volume>("PersistentVolume");
  for (const claim of cluster.all<Claim>("PersistentVolumeClaim")) {
    if (isDeleted(claim)) {
      await release(cluster, claim);
    } else if (claim.status?.phase !== "Bound") {
      await bind(cluster, claim, volumes);
    }
  }
  for (const volume of volumes) {
    await tell(cluster, volume);
  }
}

async function bind(cluster: Cluster, claim: Claim, volumes: readonly Volume[]): Promise<void> {
  const volume = volumes.find((each) => !isDeleted(each) && fits(claim, each));
  if (volume === undefined) {
    cluster.problems.set(title(claim), "no volume fits it");
    return;
  }
  const { name, namespace, uid } = claim.metadata;
  const claimRef = { apiVersion: "v1", kind: claim.kind, name, namespace, uid };
  await cluster.patch(volume, { spec: { claimRef } });
  await cluster.patch(claim, { metadata: { annotations: BOUND }, spec: { volumeName: volume.metadata.name } });
  const { accessModes, capacity } = volume.spec;
  await cluster.setStatus(claim, { phase: "Bound", accessModes, capacity });
}

function fits({ metadata, spec }: Claim, volume: Volume): boolean {
  const { accessModes, claimRef, storageClassName = "" } = volume.spec;
  const isFree =
    claimRef === undefined
      ? spec.volumeName === undefined || spec.volumeName === volume.metadata.name
      : claimRef.name === metadata.name && claimRef.namespace === metadata.namespace;
  return (
    isFree &&
    [undefined, metadata.uid].includes(claimRef?.uid) &&
    [undefined, volume.metadata.name].includes(spec.volumeName) &&
    (spec.storageClassName ?? "") === storageClassName &&
    bytes(spec.resources.requests.storage) <= bytes(volume.spec.capacity.storage) &&
    spec.accessModes.every((mode) => accessModes.includes(mode)) &&
    hasLabels(volume, spec.selector?.matchLabels ?? {})
  );
}

const bytes = (quantity: string): number => parseQuantity(quantity, 0) ?? Number.NaN;

async function release(cluster: Cluster, claim: Claim): Promise<void> {
  const users = WITH_PODS.flatMap((kind) => cluster.all(kind))
    .filter(({ metadata }) => metadata.namespace === claim.metadata.namespace)
    .filter(({ spec }) => claimsOf(podSpec(spec)).includes(claim.metadata.name));
  if (users.length === 0) {
    await cluster.removeFinalizer(claim, CLAIM_PROTECTION);
  } else {
    cluster.problems.set(title(claim), `is in use by ${users.map(title).join(", ")}`);
  }
}

/** Of a pod, or of what makes pods. */
function podSpec(spec: object | undefined): PodTemplate["spec"] {
  const { template } = spec as { template?: PodTemplate };
  return template?.spec ?? (spec as PodTemplate["spec"]);
}

async function tell(cluster: Cluster, volume: Volume): Promise<void> {
  const { claimRef } = volume.spec;
  const claim = cluster.find("PersistentVolumeClaim", claimRef?.name ?? "", claimRef?.namespace);
  const isBound = claim !== undefined && claim.metadata.uid === claimRef?.uid;
  if (isDeleted(volume)) {
    if (isBound) {
      cluster.problems.set(title(volume), `is in use by ${title(claim)}`);
    } else {
      await cluster.removeFinalizer(volume, VOLUME_PROTECTION);
    }
    return;
  }
  const wasBound = claimRef?.uid !== undefined;
  await cluster.setStatus(volume, { phase: isBound ? "Bound" : wasBound ? "Released" : "Available" });
}
