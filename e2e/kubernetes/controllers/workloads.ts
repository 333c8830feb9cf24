import type { Cluster } from "../cluster";
import { type Condition, conditions, isDeleted, type KubernetesObject } from "../objects";
import { hashOf } from "./deployments";
import { type PodTemplate, podsOf } from "./pods";

interface StatefulSet extends KubernetesObject {
  readonly spec: { readonly replicas: number; readonly template: PodTemplate };
}

/** Claims from volumeClaimTemplates are not made. */
export async function runStatefulSets(cluster: Cluster): Promise<void> {
  for (const set of cluster.all<StatefulSet>("StatefulSet").filter((each) => !isDeleted(each))) {
    const { replicas, template } = set.spec;
    const pods = await podsOf(cluster, set, template);
    const [made, ready] = [pods.made ? replicas : 0, pods.made && pods.running ? replicas : 0];
    const revision = `${set.metadata.name}-${hashOf(template)}`;
    await cluster.setStatus(set, {
      observedGeneration: set.metadata.generation,
      replicas: made,
      currentReplicas: made,
      updatedReplicas: made,
      readyReplicas: ready,
      availableReplicas: ready,
      currentRevision: revision,
      updateRevision: revision,
    });
  }
}

interface DaemonSet extends KubernetesObject {
  readonly spec: { readonly template: PodTemplate };
}

/** One pod for each node, of which there are none unless a story makes them; Fargate's never run one. */
export async function runDaemonSets(cluster: Cluster): Promise<void> {
  const nodes = cluster.all("Node").length;
  for (const set of cluster.all<DaemonSet>("DaemonSet").filter((each) => !isDeleted(each))) {
    const pods = nodes === 0 ? undefined : await podsOf(cluster, set, set.spec.template);
    const ready = pods?.made === true && pods.running ? nodes : 0;
    await cluster.setStatus(set, {
      observedGeneration: set.metadata.generation,
      desiredNumberScheduled: nodes,
      currentNumberScheduled: pods?.made === true ? nodes : 0,
      updatedNumberScheduled: pods?.made === true ? nodes : 0,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
    });
  }
}

interface Job extends KubernetesObject {
  readonly spec: { readonly completions?: number; readonly suspend?: boolean; readonly template: PodTemplate };
  readonly status?: { readonly startTime?: string; readonly conditions?: readonly Condition[] };
}

/** A job is done as soon as its pods can run; cron jobs start none. */
export async function runJobs(cluster: Cluster): Promise<void> {
  for (const job of cluster.all<Job>("Job").filter((each) => !isDeleted(each))) {
    const isDone = job.status?.conditions?.some(({ type }) => type === "Complete") === true;
    if (isDone || job.spec.suspend === true) {
      continue;
    }
    const pods = await podsOf(cluster, job, job.spec.template);
    if (pods.made && pods.running) {
      await complete(cluster, job);
    }
  }
}

async function complete(cluster: Cluster, job: Job): Promise<void> {
  const time = new Date().toISOString().replace(/\.\d+/, "");
  await cluster.setStatus(job, {
    startTime: time,
    completionTime: time,
    succeeded: job.spec.completions ?? 1,
    ready: 0,
    uncountedTerminatedPods: {},
    conditions: conditions(
      [],
      ["SuccessCriteriaMet", "Complete"].map((type) => ({ type, status: "True", reason: "CompletionsReached" })),
    ),
  });
}
