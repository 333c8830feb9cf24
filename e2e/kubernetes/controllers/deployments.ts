import { createHash } from "node:crypto";
import type { Cluster } from "../cluster";
import { type Condition, conditions, controlledBy, isDeleted, isOwnedBy, type KubernetesObject } from "../objects";
import { type PodTemplate, podsOf } from "./pods";

interface Spec {
  readonly replicas: number;
  readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly template: PodTemplate;
  readonly minReadySeconds?: number;
}

interface Status {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly conditions?: readonly Condition[];
}

export interface Deployment extends KubernetesObject {
  readonly spec: Spec;
  readonly status?: Status;
}

interface ReplicaSet extends KubernetesObject {
  readonly spec: Spec;
  readonly status?: Status;
}

const HASH = "pod-template-hash";
const REVISION = "deployment.kubernetes.io/revision";

/** Each deployment has a replica set for its template, and its older ones have no pods. */
export async function runDeployments(cluster: Cluster): Promise<void> {
  for (const deployment of cluster.all<Deployment>("Deployment").filter((each) => !isDeleted(each))) {
    const owned = cluster.all<ReplicaSet>("ReplicaSet").filter((each) => isOwnedBy(each, deployment));
    const hash = hashOf(deployment.spec.template);
    const current = owned.find(({ metadata }) => metadata.labels?.[HASH] === hash);
    if (current === undefined) {
      await cluster.create(replicaSet(deployment, hash, owned.length + 1));
      continue;
    }
    for (const each of owned) {
      const replicas = each === current ? deployment.spec.replicas : 0;
      if (each.spec.replicas !== replicas) {
        await cluster.patch(each, { spec: { replicas } });
      }
    }
    await tell(cluster, deployment, current);
  }
}

/** Ten characters that are the same for the same template. */
export function hashOf(template: unknown): string {
  return createHash("sha256").update(JSON.stringify(template)).digest("hex").slice(0, 10);
}

function replicaSet(deployment: Deployment, hash: string, revision: number): KubernetesObject {
  const { name, namespace = "" } = deployment.metadata;
  const { replicas, selector, template } = deployment.spec;
  const labels = { ...template.metadata?.labels, [HASH]: hash };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [controlledBy(deployment)],
    },
    spec: {
      replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

async function tell(cluster: Cluster, deployment: Deployment, current: ReplicaSet): Promise<void> {
  const revision = current.metadata.annotations?.[REVISION];
  if (revision !== undefined && deployment.metadata.annotations?.[REVISION] !== revision) {
    await cluster.patch(deployment, { metadata: { annotations: { [REVISION]: revision } } });
  }
  const { replicas = 0, readyReplicas = 0, conditions: ofPods = [] } = current.status ?? {};
  const isReady = readyReplicas >= deployment.spec.replicas;
  const failure = ofPods.find(({ type }) => type === "ReplicaFailure");
  await cluster.setStatus(deployment, {
    observedGeneration: deployment.metadata.generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas,
    availableReplicas: readyReplicas,
    unavailableReplicas: deployment.spec.replicas - readyReplicas,
    conditions: conditions(deployment.status?.conditions, [
      { type: "Available", status: isReady ? "True" : "False", reason: "MinimumReplicas" },
      { type: "Progressing", status: "True", reason: isReady ? "NewReplicaSetAvailable" : "ReplicaSetUpdated" },
      ...(failure === undefined ? [] : [failure]),
    ]),
  });
}

export async function runReplicaSets(cluster: Cluster): Promise<void> {
  for (const set of cluster.all<ReplicaSet>("ReplicaSet").filter((each) => !isDeleted(each))) {
    const { replicas, template } = set.spec;
    const pods = replicas === 0 ? ({ made: true, running: true } as const) : await podsOf(cluster, set, template);
    const ready = pods.made && pods.running ? replicas : 0;
    await cluster.setStatus(set, {
      observedGeneration: set.metadata.generation,
      replicas: pods.made ? replicas : 0,
      fullyLabeledReplicas: pods.made ? replicas : 0,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: pods.made
        ? []
        : conditions(set.status?.conditions, [
            { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: pods.why },
          ]),
    });
  }
}
