import { Refused } from "../client";
import type { Cluster } from "../cluster";
import { type Condition, conditions, controlledBy, isDeleted, type KubernetesObject, title } from "../objects";

export interface PodTemplate {
  readonly metadata?: Partial<KubernetesObject["metadata"]>;
  readonly spec: PodSpec;
}

interface PodSpec {
  readonly restartPolicy?: string;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

interface Reference {
  readonly name?: string | undefined;
  readonly optional?: boolean;
}

interface Container {
  readonly envFrom?: readonly { readonly configMapRef?: Reference; readonly secretRef?: Reference }[];
  readonly env?: readonly {
    readonly valueFrom?: { readonly configMapKeyRef?: Reference; readonly secretKeyRef?: Reference };
  }[];
}

interface Volume {
  readonly configMap?: Reference;
  readonly secret?: { readonly secretName?: string; readonly optional?: boolean };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

/** What would become of pods: not made at all, made and waiting for something, or running. */
export type Pods = { readonly made: false; readonly why: string } | { readonly made: true; readonly running: boolean };

/** Owners whose pods the API server has accepted. */
const accepted = new Set<string>();

/**
 * No pods are made, as no node runs here: the API server is asked whether it would take one (its admission knows
 * service accounts, Pod Security, quotas and limit ranges), and whether there is what such a pod mounts and reads.
 */
export async function podsOf(cluster: Cluster, owner: KubernetesObject, template: PodTemplate): Promise<Pods> {
  const why = await refusal(cluster, owner, template);
  if (why !== undefined) {
    cluster.problems.set(title(owner), why);
    cluster.tryAgain();
    return { made: false, why };
  }
  const missing = missingFor(cluster, owner.metadata.namespace, template.spec);
  if (missing.length > 0) {
    cluster.problems.set(title(owner), `its pods wait for ${missing.join(", ")}`);
  }
  return { made: true, running: missing.length === 0 };
}

async function refusal(cluster: Cluster, owner: KubernetesObject, template: PodTemplate): Promise<string | undefined> {
  const { name, namespace, uid, generation } = owner.metadata;
  const key = `${uid} ${generation}`;
  if (accepted.has(key)) {
    return undefined;
  }
  try {
    await cluster.client.post(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...template.metadata, generateName: `${name}-`, ownerReferences: [controlledBy(owner)] },
      spec: template.spec,
    });
    accepted.add(key);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) {
      return error.message;
    }
    throw error;
  }
}

/** Claims that are not bound, and config maps and secrets that are not there. */
function missingFor(cluster: Cluster, namespace: string | undefined, spec: PodSpec): string[] {
  const { containers, initContainers = [], volumes = [] } = spec;
  const sources = [...initContainers, ...containers].flatMap(({ env = [], envFrom = [] }) => [
    ...envFrom.map(({ configMapRef, secretRef }) => ({ map: configMapRef, secret: secretRef })),
    ...env.map(({ valueFrom }) => ({ map: valueFrom?.configMapKeyRef, secret: valueFrom?.secretKeyRef })),
  ]);
  const maps = [...sources.map(({ map }) => map), ...volumes.map(({ configMap }) => configMap)];
  const secrets = [
    ...sources.map(({ secret }) => secret),
    ...volumes.map(({ secret }) => secret && { ...secret, name: secret.secretName }),
  ];
  const absent = (kind: string, references: readonly (Reference | undefined)[]) =>
    references
      .filter((reference) => reference !== undefined && reference.optional !== true)
      .filter((reference) => cluster.find(kind, reference?.name ?? "", namespace) === undefined)
      .map((reference) => `${kind} ${namespace}/${reference?.name}`);
  const unbound = claimsOf(spec)
    .filter((name) => !isBound(cluster, name, namespace))
    .map((name) => `PersistentVolumeClaim ${namespace}/${name}`);
  return [...new Set([...absent("ConfigMap", maps), ...absent("Secret", secrets), ...unbound])];
}

/** Names of the claims that pods mount. */
export function claimsOf({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim === undefined ? [] : [claim.claimName]));
}

function isBound(cluster: Cluster, name: string, namespace: string | undefined): boolean {
  const claim = cluster.find("PersistentVolumeClaim", name, namespace);
  return (claim?.status as { phase?: string } | undefined)?.phase === "Bound";
}

interface Pod extends KubernetesObject {
  readonly spec: PodSpec;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** Pods that somebody made run at once, and those that are to end have ended well. */
export async function runPods(cluster: Cluster): Promise<void> {
  for (const pod of cluster.all<Pod>("Pod").filter((each) => !isDeleted(each))) {
    const stays = pod.spec.restartPolicy === "Always";
    const states = ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({
      type,
      status: stays ? ("True" as const) : ("False" as const),
    }));
    await cluster.setStatus(pod, {
      phase: stays ? "Running" : "Succeeded",
      conditions: conditions(pod.status?.conditions, states),
    });
  }
}
