import { type Problem, quote } from "../model/problem";
import type { Replicas } from "../model/workload";
import { readIdentity } from "./identity";
import { isPaused } from "./keda";
import type { RawObject } from "./objects";
import { type Checked, check, count, list, mapping, name, optional, problemsIn, text } from "./schema";

/** An object that sets how many pods another has. */
export interface Autoscaler {
  readonly namespace: string;
  readonly name: string;
  readonly target: {
    /** API group of the target, when it is told. */
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
  };
  /** `undefined` while it is paused, and the target keeps what it has. */
  readonly replicas?: Replicas;
  /** Whether it starts pods also where `spec.replicas` is 0, which turns a HorizontalPodAutoscaler off. */
  readonly startsFromZero: boolean;
}

const horizontalSchema = mapping({
  spec: mapping({
    minReplicas: optional(count),
    maxReplicas: count,
    scaleTargetRef: mapping({ apiVersion: optional(text), kind: name, name }),
  }),
});

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
function readHorizontal(object: RawObject, namespace: string): Checked<Autoscaler> {
  const identity = readIdentity(object, namespace);
  const checked = check(horizontalSchema, object.value);
  if ("problems" in identity || "problems" in checked) {
    return { problems: problemsIn(identity, checked) };
  }
  const { minReplicas, maxReplicas, scaleTargetRef } = checked.value.spec;
  return autoscaler(object, identity.value, scaleTargetRef, {
    min: { key: "minReplicas", value: minReplicas ?? 1 },
    least: minReplicas ?? 1,
    max: { key: "maxReplicas", value: maxReplicas },
    startsFromZero: false,
  });
}

const scaledObjectSchema = mapping({
  spec: mapping({
    minReplicaCount: optional(count),
    maxReplicaCount: optional(count),
    idleReplicaCount: optional(count),
    triggers: optional(list(mapping({ type: optional(text) }))),
    scaleTargetRef: mapping({ apiVersion: optional(text), kind: optional(text), name }),
  }),
});

/** Pods that KEDA starts at most. Source: KEDA, ScaledObject specification. */
const KEDA_MAX_REPLICAS = 100;

/** Triggers that cannot scale to none: where there is no other, at least one pod runs. */
const RESOURCES: ReadonlySet<string> = new Set(["cpu", "memory"]);

const KEDA_PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

/** @see https://keda.sh/docs/latest/reference/scaledobject-spec/ */
function readScaledObject(object: RawObject, namespace: string): Checked<Autoscaler> {
  const identity = readIdentity(object, namespace);
  const checked = check(scaledObjectSchema, object.value);
  if ("problems" in identity || "problems" in checked) {
    return { problems: problemsIn(identity, checked) };
  }
  const { minReplicaCount, maxReplicaCount, idleReplicaCount, scaleTargetRef, triggers } = checked.value.spec;
  const min = minReplicaCount ?? 0;
  const alwaysActive = (triggers ?? []).length > 0 && (triggers ?? []).every(({ type }) => RESOURCES.has(type ?? ""));
  const scaled = autoscaler(
    object,
    identity.value,
    { ...scaleTargetRef, kind: scaleTargetRef.kind || "Deployment" },
    {
      min: { key: "minReplicaCount", value: min },
      least: alwaysActive ? Math.max(min, 1) : Math.min(idleReplicaCount ?? min, min),
      max: { key: "maxReplicaCount", value: maxReplicaCount ?? KEDA_MAX_REPLICAS },
      startsFromZero: true,
    },
  );
  return "value" in scaled ? paused(scaled.value, identity.value.metadata.annotations ?? {}) : scaled;
}

/** A ScaledObject as its annotations pause it: at a number of replicas, or at those that the target has. */
function paused(scaled: Autoscaler, annotations: Readonly<Record<string, string>>): Checked<Autoscaler> {
  const written = annotations[KEDA_PAUSED_REPLICAS];
  if (written === undefined) {
    const { replicas, ...rest } = scaled;
    return { value: isPaused(annotations) ? rest : scaled };
  }
  if (!/^\d{1,9}$/.test(written)) {
    const problem: Problem = {
      at: ["metadata", "annotations", KEDA_PAUSED_REPLICAS],
      message: `annotation ${quote(KEDA_PAUSED_REPLICAS)} must be a whole number in quotes, got ${quote(written)}; write it like "0"`,
    };
    return { problems: [problem] };
  }
  const from = `the annotation ${quote(KEDA_PAUSED_REPLICAS)} of ScaledObject ${scaled.name}`;
  return { value: { ...scaled, replicas: { min: Number(written), max: Number(written), from } } };
}

interface Bounds {
  readonly min: { readonly key: string; readonly value: number };
  readonly least: number;
  readonly max: { readonly key: string; readonly value: number };
  readonly startsFromZero: boolean;
}

function autoscaler(
  { kind }: RawObject,
  { namespace, name: own }: { readonly namespace: string; readonly name: string },
  target: { readonly apiVersion?: string | null | undefined; readonly kind: string; readonly name: string },
  { min, least, max, startsFromZero }: Bounds,
): Checked<Autoscaler> {
  if (min.value > max.value) {
    const problem: Problem = {
      at: ["spec", max.key],
      message: `'${max.key}' must be at least '${min.key}', ${min.value}, got ${max.value}; raise it`,
    };
    return { problems: [problem] };
  }
  const slash = target.apiVersion?.indexOf("/") ?? -1;
  return {
    value: {
      namespace,
      name: own,
      target: {
        kind: target.kind,
        name: target.name,
        ...(target.apiVersion ? { group: slash < 0 ? "" : target.apiVersion.slice(0, slash) } : {}),
      },
      replicas: { min: least, max: max.value, from: `${kind} ${own}` },
      startsFromZero,
    },
  };
}

/** The kinds that set how many pods others have, by API group and kind. */
export const AUTOSCALER_KINDS: ReadonlyMap<string, (object: RawObject, namespace: string) => Checked<Autoscaler>> =
  new Map([
    ["autoscaling/HorizontalPodAutoscaler", readHorizontal],
    ["keda.sh/ScaledObject", readScaledObject],
  ]);

/** Finds what scales a workload. Where several do, KEDA counts: it makes a HorizontalPodAutoscaler of its own. */
export class Autoscalers {
  private readonly byTarget = new Map<string, Autoscaler[]>();

  constructor(all: readonly Autoscaler[]) {
    for (const each of all) {
      const key = targetKey(each.namespace, each.target.kind, each.target.name);
      this.byTarget.set(key, [...(this.byTarget.get(key) ?? []), each]);
    }
  }

  /** How many pods a workload has, which says `own` itself. */
  replicasOf(target: { group: string; kind: string; namespace: string; name: string }, own: Replicas): Replicas {
    const all = (this.byTarget.get(targetKey(target.namespace, target.kind, target.name)) ?? []).filter(
      ({ target: { group } }) => group === undefined || group === target.group,
    );
    const chosen = all.find(({ startsFromZero }) => startsFromZero) ?? all[0];
    return chosen?.replicas === undefined || (own.max === 0 && !chosen.startsFromZero) ? own : chosen.replicas;
  }
}

function targetKey(namespace: string, kind: string, targetName: string): string {
  return JSON.stringify([namespace, kind, targetName]);
}
