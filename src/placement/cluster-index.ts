import type {
  DisruptionBudget,
  Ingress,
  Inventory,
  PersistentVolume,
  PersistentVolumeClaim,
  PodIdentityAssociation,
  Service,
  ServiceAccount,
  StorageClass,
} from "../model/inventory";
import type { Workload } from "../model/workload";

/** Name of the service account that a pod has when it names none. */
const DEFAULT_SERVICE_ACCOUNT = "default";

/**
 * What belongs together in a cluster: the Services in front of a workload's pods, the volume behind a claim. Built once
 * from an inventory; each question then takes time in the number of answers, not of objects.
 */
export class ClusterIndex {
  private readonly services: SelectorIndex<Service>;
  private readonly budgets: SelectorIndex<DisruptionBudget>;
  private readonly ingresses: ReadonlyMap<string, readonly Ingress[]>;
  private readonly claims: ReadonlyMap<string, PersistentVolumeClaim>;
  private readonly volumes: ReadonlyMap<string, PersistentVolume>;
  private readonly volumesByClaim: ReadonlyMap<string, PersistentVolume>;
  private readonly unclaimedVolumes: ReadonlyMap<string, PersistentVolume>;
  private readonly storageClasses: ReadonlyMap<string, StorageClass>;
  private readonly podIdentities: ReadonlyMap<string, PodIdentityAssociation>;
  private readonly serviceAccounts: ReadonlyMap<string, ServiceAccount>;
  private readonly workloads: readonly Workload[];
  /** Made when somebody asks. */
  private counted: ReadonlyMap<DisruptionBudget, CountedPods> | undefined;

  constructor(inventory: Inventory) {
    this.workloads = inventory.workloads;
    this.services = new SelectorIndex(inventory.services, "nothing");
    this.budgets = new SelectorIndex(inventory.disruptionBudgets, "all of the namespace");
    this.ingresses = group(
      inventory.ingresses.flatMap((ingress) =>
        [...new Set(ingress.services)].map((service) => [keyOf(ingress.namespace, service), ingress] as const),
      ),
    );
    this.claims = byKey(inventory.claims, ({ namespace, name }) => keyOf(namespace, name));
    this.volumes = byKey(inventory.volumes, ({ name }) => name);
    this.volumesByClaim = new Map(
      inventory.volumes.flatMap((volume) =>
        volume.claim === undefined ? [] : [[keyOf(volume.claim.namespace, volume.claim.name), volume]],
      ),
    );
    this.unclaimedVolumes = new Map(
      inventory.volumes.flatMap((volume) =>
        volume.claim === undefined && volume.storageClassName !== undefined ? [[volume.storageClassName, volume]] : [],
      ),
    );
    this.storageClasses = byKey(inventory.storageClasses, ({ name }) => name);
    this.podIdentities = byKey(inventory.podIdentities, ({ namespace, serviceAccount }) =>
      keyOf(namespace, serviceAccount),
    );
    this.serviceAccounts = byKey(inventory.serviceAccounts, ({ namespace, name }) => keyOf(namespace, name));
  }

  /** Services that send to the workload's pods, in the order of the inventory. */
  servicesOf(workload: Workload): readonly Service[] {
    return this.services.matching(workload);
  }

  /** Ingresses that send to the workload's pods through one of its Services, each once. */
  ingressesOf(workload: Workload): readonly Ingress[] {
    return [...new Set(this.servicesOf(workload).flatMap((service) => this.ingressesTo(service)))];
  }

  /** Ingresses that send to the Service. */
  ingressesTo({ namespace, name }: Service): readonly Ingress[] {
    return this.ingresses.get(keyOf(namespace, name)) ?? [];
  }

  claim(namespace: string, name: string): PersistentVolumeClaim | undefined {
    return this.claims.get(keyOf(namespace, name));
  }

  /**
   * The volume that a claim names or that names the claim, or else one of the claim's storage class that is free for any
   * claim, to which Kubernetes binds it.
   */
  volumeOf({ namespace, name, volumeName, storageClassName }: ClaimIdentity): PersistentVolume | undefined {
    return volumeName === undefined
      ? (this.volumesByClaim.get(keyOf(namespace, name)) ??
          (storageClassName === undefined ? undefined : this.unclaimedVolumes.get(storageClassName)))
      : this.volumes.get(volumeName);
  }

  storageClass(name: string): StorageClass | undefined {
    return this.storageClasses.get(name);
  }

  /** Disruption budgets that count the workload's pods, in the order of the inventory. */
  budgetsOf(workload: Workload): readonly DisruptionBudget[] {
    return this.budgets.matching(workload);
  }

  /** The pods that a budget counts, of all workloads together. */
  podsCountedBy(budget: DisruptionBudget): CountedPods {
    this.counted ??= countPods(this.workloads, this.budgets);
    return this.counted.get(budget) ?? NO_PODS;
  }

  podIdentityOf({ namespace, pod }: Workload): PodIdentityAssociation | undefined {
    return this.podIdentities.get(keyOf(namespace, pod.serviceAccountName ?? DEFAULT_SERVICE_ACCOUNT));
  }

  serviceAccount(namespace: string, name: string): ServiceAccount | undefined {
    return this.serviceAccounts.get(keyOf(namespace, name));
  }
}

/** Pods that are counted together. */
export interface CountedPods {
  readonly workloads: number;
  readonly min: number;
  readonly max: number;
}

const NO_PODS: CountedPods = { workloads: 0, min: 0, max: 0 };

function countPods(workloads: readonly Workload[], budgets: SelectorIndex<DisruptionBudget>) {
  const counted = new Map<DisruptionBudget, CountedPods>();
  for (const workload of workloads) {
    const { min, max } = workload.replicas;
    for (const budget of budgets.matching(workload)) {
      const before = counted.get(budget) ?? NO_PODS;
      counted.set(budget, { workloads: before.workloads + 1, min: before.min + min, max: before.max + max });
    }
  }
  return counted;
}

/** What decides which volume a claim is bound to. */
export type ClaimIdentity = Omit<PersistentVolumeClaim, "source">;

type Labels = Readonly<Record<string, string>>;

interface Selecting {
  readonly namespace: string;
  readonly selector: Labels;
}

/**
 * Objects that select pods by labels, found by that label of their selector which the fewest others ask for: a label
 * that all share, such as `app.kubernetes.io/part-of`, finds nothing quickly.
 */
class SelectorIndex<T extends Selecting> {
  private readonly byLabel: ReadonlyMap<string, readonly (readonly [position: number, object: T])[]>;

  /** @param withoutLabels what an object selects whose selector asks for no label */
  constructor(objects: readonly T[], withoutLabels: "nothing" | "all of the namespace") {
    const keys = objects.map(({ namespace, selector }) =>
      Object.entries(selector).map(([label, value]) => keyOf(namespace, label, value)),
    );
    const askedBy = new Map<string, number>();
    for (const key of keys.flat()) {
      askedBy.set(key, (askedBy.get(key) ?? 0) + 1);
    }
    const rarest = (all: readonly string[]) =>
      all.toSorted((a, b) => (askedBy.get(a) ?? 0) - (askedBy.get(b) ?? 0)).slice(0, 1);
    this.byLabel = group(
      objects.flatMap((object, position) =>
        (Object.keys(object.selector).length > 0 || withoutLabels === "nothing"
          ? rarest(keys[position] ?? [])
          : [keyOf(object.namespace)]
        ).map((key) => [key, [position, object]] as const),
      ),
    );
  }

  matching({ namespace, podLabels }: Workload): T[] {
    if (this.byLabel.size === 0) {
      return [];
    }
    const keys = Object.entries(podLabels).map(([label, value]) => keyOf(namespace, label, value));
    return [keyOf(namespace), ...keys]
      .flatMap((key) => this.byLabel.get(key) ?? [])
      .filter(([, { selector }]) => hasAll(podLabels, selector))
      .sort(([a], [b]) => a - b)
      .map(([, object]) => object);
  }
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([label, value]) => Object.hasOwn(labels, label) && labels[label] === value);
}

/** One text for several: none of the parts can hold a space. */
function keyOf(...parts: readonly string[]): string {
  return parts.join(" ");
}

function byKey<T>(objects: readonly T[], key: (object: T) => string): Map<string, T> {
  return new Map(objects.map((object) => [key(object), object]));
}

function group<T>(entries: Iterable<readonly [key: string, value: T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [value]);
    } else {
      group.push(value);
    }
  }
  return groups;
}
