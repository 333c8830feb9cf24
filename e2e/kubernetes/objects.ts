/** What every object of the Kubernetes API has. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/ */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: object;
  readonly status?: object;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  /** When its deletion was asked for; it goes once it has no finalizers. */
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** `Deployment kube-system/coredns`, or `Namespace web` where it has no namespace. */
export function title({ kind, metadata: { name, namespace } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

export const isDeleted = ({ metadata }: KubernetesObject): boolean => metadata.deletionTimestamp !== undefined;

export const hasFinalizer = ({ metadata }: KubernetesObject, finalizer: string): boolean =>
  metadata.finalizers?.includes(finalizer) === true;

export const isOwnedBy = ({ metadata }: KubernetesObject, owner: KubernetesObject): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true;

/** Every one of these labels is on it. */
export const hasLabels = ({ metadata }: KubernetesObject, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);

/** The owner reference that a controller puts on what it makes. */
export function controlledBy({ apiVersion, kind, metadata: { name, uid = "" } }: KubernetesObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** These conditions, each with the time since which it holds. */
export function conditions(before: readonly Condition[] | undefined, now: readonly Condition[]): Condition[] {
  const time = new Date().toISOString().replace(/\.\d+/, "");
  return now.map((condition) => {
    const same = before?.find(({ type, status }) => type === condition.type && status === condition.status);
    return { ...condition, lastTransitionTime: same?.lastTransitionTime ?? time };
  });
}

/** Whether everything wanted is there already; the API leaves out what is 0, false or empty. */
export function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const items = Array.isArray(found) ? found : [];
    return items.length === wanted.length && wanted.every((item, index) => holds(items[index], item));
  }
  if (typeof wanted === "object" && wanted !== null) {
    const members = typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
    return Object.entries(wanted).every(([key, value]) => holds(members[key], value));
  }
  return found === wanted || (found === undefined && !wanted);
}
