import { keyOf, objectKey } from "./identity";
import type { RawObject } from "./objects";
import { isMapping, type Mapping } from "./schema";

/** Owners above each other; Kubernetes itself has three: a CronJob, its Job, its Pod. */
const MAX_LEVELS = 10;

/**
 * Says which objects are made by others that are there too, as `kubectl get all` shows them: the pods of a ReplicaSet of
 * a Deployment. They count with what makes them; static pods, which belong to their node, do not count.
 */
export class Owners {
  private readonly byKey = new Map<string, RawObject>();

  /**
   * @param objects all objects
   * @param workloads those of them that make pods
   */
  constructor(
    objects: readonly RawObject[],
    private readonly workloads: ReadonlySet<RawObject>,
    private readonly namespace: string,
  ) {
    for (const object of objects) {
      const key = keyOf(object, namespace);
      if (key !== undefined) {
        this.byKey.set(key, object);
      }
    }
  }

  /** Whether a workload that is there makes the object, directly or through what it makes. */
  isMadeByAnother(object: RawObject, level = 0): boolean {
    const owner = controllerOf(object.value);
    if (owner === undefined || level > MAX_LEVELS) {
      return false;
    }
    // A static pod: a node's kubelet runs it from a file, and what the API shows is its mirror.
    if (owner.group === "" && owner.kind === "Node") {
      return true;
    }
    const found = this.find(object, owner);
    if (found !== undefined) {
      return found !== object && (this.workloads.has(found) || this.isMadeByAnother(found, level + 1));
    }
    return grandparents(object.value, owner).some((grandparent) => {
      const made = this.find(object, grandparent);
      return made !== undefined && this.workloads.has(made);
    });
  }

  private find(object: RawObject, { group, kind, name }: Owner): RawObject | undefined {
    const { namespace } = isMapping(object.value.metadata) ? object.value.metadata : {};
    const inNamespace = typeof namespace === "string" && namespace !== "" ? namespace : this.namespace;
    return this.byKey.get(objectKey(group, kind, inNamespace, name));
  }
}

interface Owner {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

function controllerOf({ metadata }: Mapping): Owner | undefined {
  const references = isMapping(metadata) && Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences : [];
  const reference: unknown = references.find((each) => isMapping(each) && each.controller === true);
  if (!isMapping(reference) || typeof reference.kind !== "string" || typeof reference.name !== "string") {
    return undefined;
  }
  const { apiVersion, kind, name } = reference;
  const group = typeof apiVersion === "string" && apiVersion.includes("/") ? apiVersion.split("/", 1)[0] : "";
  return { group: group ?? "", kind, name };
}

/** What makes an owner that is not there, as its name and the object's labels tell. */
function grandparents({ metadata }: Mapping, { group, kind, name }: Owner): Owner[] {
  const labels = isMapping(metadata) && isMapping(metadata.labels) ? metadata.labels : {};
  const knative = labels["serving.knative.dev/service"];
  if (typeof knative === "string") {
    return [{ group: "serving.knative.dev", kind: "Service", name: knative }];
  }
  if (group === "apps" && kind === "ReplicaSet") {
    return [
      { group: "apps", kind: "Deployment", hash: labels["pod-template-hash"] },
      { group: "argoproj.io", kind: "Rollout", hash: labels["rollouts-pod-template-hash"] },
    ].flatMap(({ hash, ...owner }) =>
      typeof hash === "string" && name.endsWith(`-${hash}`)
        ? [{ ...owner, name: name.slice(0, -hash.length - 1) }]
        : [],
    );
  }
  const [, cronJob] = /^(.+)-\d+$/.exec(name) ?? [];
  return group === "batch" && kind === "Job" && cronJob !== undefined
    ? [{ group, kind: "CronJob", name: cronJob }]
    : [];
}
