import { Refused } from "../client";
import type { Cluster } from "../cluster";
import { hasFinalizer, isDeleted, isOwnedBy, type KubernetesObject, type OwnerReference, title } from "../objects";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/**
 * Deletes what has lost its owners, and lets an owner that is deleted in the foreground go after what it owns.
 *
 * @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export async function runGarbageCollection(cluster: Cluster): Promise<void> {
  const everything = cluster.everything();
  const known = new Set(everything.map(({ metadata }) => metadata.uid));
  const owned = everything.filter(({ metadata }) => metadata.ownerReferences !== undefined);
  for (const object of owned) {
    const owners = object.metadata.ownerReferences ?? [];
    if (!isDeleted(object) && !owners.some(({ uid }) => known.has(uid)) && (await areGone(cluster, object, owners))) {
      await cluster.delete(object);
    }
  }
  for (const owner of everything.filter(isDeleted)) {
    const dependents = owned.filter((object) => isOwnedBy(object, owner));
    if (hasFinalizer(owner, FOREGROUND)) {
      await deleteInForeground(cluster, owner, dependents);
    }
    if (hasFinalizer(owner, ORPHAN)) {
      await orphan(cluster, owner, dependents);
    }
  }
}

async function deleteInForeground(
  cluster: Cluster,
  owner: KubernetesObject,
  dependents: readonly KubernetesObject[],
): Promise<void> {
  for (const dependent of dependents.filter((each) => !isDeleted(each))) {
    await cluster.delete(dependent, "Foreground");
  }
  if (dependents.length === 0) {
    await cluster.removeFinalizer(owner, FOREGROUND);
  } else {
    cluster.problems.set(title(owner), `is deleted once these are gone: ${dependents.map(title).join(", ")}`);
  }
}

async function orphan(
  cluster: Cluster,
  owner: KubernetesObject,
  dependents: readonly KubernetesObject[],
): Promise<void> {
  for (const { metadata, ...rest } of dependents) {
    const ownerReferences = metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid);
    await cluster.patch({ ...rest, metadata }, { metadata: { ownerReferences } });
  }
  if (dependents.length === 0) {
    await cluster.removeFinalizer(owner, ORPHAN);
  }
}

/** Asks the API: an owner's watch may not have told it yet. */
async function areGone(
  cluster: Cluster,
  { metadata: { namespace } }: KubernetesObject,
  owners: readonly OwnerReference[],
): Promise<boolean> {
  for (const { apiVersion, kind, name, uid } of owners) {
    const path = cluster.pathOf({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } });
    if (path === undefined || (await uidOf(cluster, path)) === uid) {
      return false;
    }
  }
  return true;
}

async function uidOf(cluster: Cluster, path: string): Promise<string | undefined> {
  try {
    return ((await cluster.client.get(path)) as KubernetesObject).metadata.uid;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
