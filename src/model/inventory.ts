import type { Source, Workload } from "./workload";

/**
 * All that manifests say about a cluster's workloads: the workloads, the objects that decide whether and how they run,
 * and what could not be read.
 */
export interface Inventory {
  /** In the order of `compareWorkloads`. */
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  readonly claims: readonly PersistentVolumeClaim[];
  readonly volumes: readonly PersistentVolume[];
  readonly storageClasses: readonly StorageClass[];
  readonly disruptionBudgets: readonly DisruptionBudget[];
  readonly podIdentities: readonly PodIdentityAssociation[];
  readonly serviceAccounts: readonly ServiceAccount[];
  /** Documents that could not be read, or not wholly. The others are answered all the same. */
  readonly problems: readonly ManifestProblem[];
  /** What was read. */
  readonly counts: { readonly files: number; readonly documents: number; readonly objects: number };
}

/** What is wrong with a file, a document or a value in it. */
export interface ManifestProblem {
  readonly file: string;
  /** Number of the document in the file, from 1; `undefined` when the file itself cannot be read. */
  readonly document?: number;
  readonly line?: number;
  /** With the value, the rule and the fix. */
  readonly message: string;
}

export interface KubernetesObject {
  readonly namespace: string;
  readonly name: string;
  readonly source: Source;
}

export interface Service extends KubernetesObject {
  /** `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`. */
  readonly type: string;
  /** Labels of the pods that it sends to; empty when it has no selector. */
  readonly selector: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly loadBalancerClass?: string;
}

export interface Ingress extends KubernetesObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly ingressClassName?: string;
  /** Names of the Services behind it. */
  readonly services: readonly string[];
}

export interface PersistentVolumeClaim extends KubernetesObject {
  readonly storageClassName?: string;
  readonly volumeName?: string;
}

export interface PersistentVolume {
  readonly name: string;
  readonly source: Source;
  /** CSI driver, or the key of another volume source such as `awsElasticBlockStore`. */
  readonly driver: string;
  readonly claim?: { readonly namespace: string; readonly name: string };
  readonly storageClassName?: string;
}

export interface StorageClass {
  readonly name: string;
  readonly source: Source;
  readonly provisioner: string;
}

export interface DisruptionBudget extends KubernetesObject {
  readonly selector: Readonly<Record<string, string>>;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

/** An EKS Pod Identity association, as ACK's `PodIdentityAssociation` writes it. */
export interface PodIdentityAssociation extends KubernetesObject {
  readonly serviceAccount: string;
}

export interface ServiceAccount extends KubernetesObject {
  readonly annotations: Readonly<Record<string, string>>;
}

/** A problem in one line, with its place: `k8s/api.yaml, document 2, line 12: …`. */
export function describeManifestProblem({ file, document, line, message }: ManifestProblem): string {
  const place = [
    file,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return `${place.join(", ")}: ${message}`;
}
