import type { Cluster } from "../cluster";
import { discover, listFresh, objectPath } from "../kinds";
import { isDeleted, type KubernetesObject, title } from "../objects";

interface Namespace extends KubernetesObject {
  readonly spec: { readonly finalizers?: readonly string[] };
}

/** Gives each namespace the service account that pods have by default, and empties those that are deleted. */
export async function runNamespaces(cluster: Cluster): Promise<void> {
  for (const namespace of cluster.all<Namespace>("Namespace")) {
    if (isDeleted(namespace)) {
      await empty(cluster, namespace);
    } else if (cluster.find("ServiceAccount", "default", namespace.metadata.name) === undefined) {
      await cluster.create({
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "default", namespace: namespace.metadata.name },
      });
    }
  }
}

/** A namespace goes once nothing is left in it, however long that takes. What is in it is asked for, not remembered. */
async function empty(cluster: Cluster, namespace: Namespace): Promise<void> {
  const { name } = namespace.metadata;
  const kinds = (await discover(cluster.client)).filter(({ namespaced }) => namespaced);
  const contents = (await Promise.all(kinds.map((kind) => listFresh(cluster.client, kind, name)))).flat();
  for (const object of contents) {
    if (!isDeleted(object)) {
      await cluster.delete(object);
    }
  }
  if (contents.length === 0) {
    await finalize(cluster, namespace);
  } else {
    cluster.problems.set(title(namespace), `is deleted once these are gone: ${contents.map(title).join(", ")}`);
  }
}

async function finalize(cluster: Cluster, namespace: Namespace): Promise<void> {
  const kind = (await discover(cluster.client)).find((each) => each.kind === "Namespace");
  if (kind !== undefined && namespace.spec.finalizers !== undefined) {
    await cluster.client.put(`${objectPath(kind, namespace.metadata)}/finalize`, { ...namespace, spec: {} });
  }
}

interface ResourceQuota extends KubernetesObject {
  readonly spec: { readonly hard?: Readonly<Record<string, string>> };
  readonly status?: { readonly used?: Readonly<Record<string, string>> };
}

/** Admission counts what quotas use; that it has begun is said here. */
export async function runResourceQuotas(cluster: Cluster): Promise<void> {
  for (const quota of cluster.all<ResourceQuota>("ResourceQuota")) {
    const { hard = {} } = quota.spec;
    const none = Object.fromEntries(Object.keys(hard).map((resource) => [resource, "0"]));
    await cluster.setStatus(quota, { hard, used: { ...none, ...quota.status?.used } });
  }
}
