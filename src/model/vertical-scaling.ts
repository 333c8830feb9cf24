import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import type { PodResource } from "./autoscaling";
import { FARGATE_POD_OVERHEAD, FARGATE_POD_SIZES } from "./fargate-sizes";
import { type Problem, problemAt, quote } from "./problem";

/** What the pods of a workload request, by what they have used. */
export interface VerticalScaling {
  /**
   * When a recommendation takes effect: `Off` never, it can be read; `Initial` when a pod starts; `Recreate` also by
   * evicting pods that are far from it.
   */
  readonly updateMode: VerticalUpdateMode;
  /** @default - both */
  readonly controlledResources?: readonly PodResource[];
  /** Least that a container requests, as Kubernetes quantities. @default - no bound */
  readonly minAllowed?: AllowedAmounts;
  /** Most that a container requests, as Kubernetes quantities. @default - no bound */
  readonly maxAllowed?: AllowedAmounts;
  /** Pods that there must be for one to be evicted. @default - 2, as the autoscaler has it */
  readonly minReplicas?: number;
}

/** When pods are given what is recommended. */
export type VerticalUpdateMode = "Off" | "Initial" | "Recreate";

/** The least and the most that pods may be given. */
export interface AllowedAmounts {
  readonly cpu?: string;
  readonly memory?: string;
}

/** The API group of each kind whose pods the autoscaler finds, by the kind. */
export const VERTICAL_KINDS: Readonly<Record<string, string>> = {
  CronJob: "batch/v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
};

const RESOURCES: readonly PodResource[] = ["cpu", "memory"];

/**
 * What the modes that are not taken come to.
 *
 * As of 2026-11-21. Source: kubernetes/autoscaler, vertical-pod-autoscaler 1.7.1, docs/quickstart.md.
 */
const MODES: Readonly<Record<string, string | undefined>> = {
  Off: undefined,
  Initial: undefined,
  Recreate: undefined,
  Auto: 'it is deprecated; write "Recreate", which it means',
  InPlace: "Fargate gives a pod its size when it starts",
  InPlaceOrRecreate: 'Fargate gives a pod its size when it starts; write "Recreate"',
};

/** A Helm release `<name>-vpa` keeps the object. Source: Helm, `ValidateReleaseName`, which takes 53 characters. */
const MAX_NAME = 53 - "-vpa".length;

/** Why a VerticalPodAutoscaler could not be called so, or `undefined`. */
export function verticalNameProblem(name: string): string | undefined {
  return name.length <= MAX_NAME
    ? undefined
    : `'name' of a VerticalPodAutoscaler must be at most ${MAX_NAME} characters, got ${quote(name)} (${name.length}), as Helm makes a release of it`;
}

/** The resources on which it acts, of which a recommendation alone is none. */
export function verticalResources({ updateMode, controlledResources = RESOURCES }: VerticalScaling): PodResource[] {
  return updateMode === "Off" ? [] : [...controlledResources];
}

/**
 * What is wrong with vertical scaling, apart from other autoscalers.
 *
 * @param kind of the workload
 */
export function verticalScalingProblems(kind: string, scaling: VerticalScaling): Problem[] {
  const { updateMode, controlledResources = RESOURCES, minReplicas = 1 } = scaling;
  return [
    ...problemAt(["updateMode"], modeProblem(kind, updateMode)),
    ...problemAt(
      ["controlledResources"],
      controlledResources.length > 0 &&
        controlledResources.every((resource) => RESOURCES.includes(resource)) &&
        new Set(controlledResources).size === controlledResources.length
        ? undefined
        : `'controlledResources' must hold "cpu", "memory" or both, got ${controlledResources.length === 0 ? "none" : controlledResources.map(quote).join(", ")}`,
    ),
    ...RESOURCES.flatMap((resource) => boundsProblems(resource, scaling)),
    ...problemAt(
      ["minReplicas"],
      Number.isInteger(minReplicas) && minReplicas >= 1
        ? undefined
        : `'minReplicas' must be a whole number of at least 1, got ${quote(minReplicas)}`,
    ),
  ];
}

function modeProblem(kind: string, mode: string): string | undefined {
  const reason = Object.hasOwn(MODES, mode) ? MODES[mode] : "";
  if (reason !== undefined) {
    return `'updateMode' must be "Off", "Initial" or "Recreate", got ${quote(mode)}${reason === "" ? "" : `; ${reason}`}`;
  }
  return kind === "CronJob" && mode === "Recreate"
    ? `'updateMode' of a CronJob must be "Off" or "Initial", got "Recreate", which would evict pods in the middle of their work`
    : undefined;
}

/** In millis for CPU and bytes for memory, with how they are shown. */
const UNITS = {
  cpu: { decimals: 3, show: (amount: number) => Cpu.ofMillis(amount).toString(), like: '"250m"' },
  memory: { decimals: 0, show: (amount: number) => Memory.ofBytes(amount).toString(), like: '"512Mi"' },
} as const;

function largest(resource: PodResource): number {
  const size = FARGATE_POD_SIZES.at(-1);
  return resource === "cpu" ? (size?.cpu.millis ?? 0) : (size?.memory.minus(FARGATE_POD_OVERHEAD).bytes ?? 0);
}

function boundsProblems(resource: PodResource, { minAllowed, maxAllowed }: VerticalScaling): Problem[] {
  const { decimals, show, like } = UNITS[resource];
  const read = (quantity: string | undefined) => quantity && parseQuantity(quantity, decimals);
  const bounds = Object.entries({ minAllowed: minAllowed?.[resource], maxAllowed: maxAllowed?.[resource] });
  const malformed = bounds.flatMap(([property, quantity]) =>
    problemAt(
      [property, resource],
      quantity === undefined || read(quantity)
        ? undefined
        : `'${resource}' of '${property}' must be a Kubernetes quantity above 0, like ${like}, got ${quote(quantity)}`,
    ),
  );
  if (malformed.length > 0) {
    return malformed;
  }
  const most = largest(resource);
  const [min, max] = [read(minAllowed?.[resource]), read(maxAllowed?.[resource])];
  return [
    ...bounds.flatMap(([property, quantity]) =>
      problemAt(
        [property, resource],
        Number(read(quantity) ?? 0) <= most
          ? undefined
          : `'${resource}' of '${property}' must be at most ${show(most)}, the most that a pod on Fargate can request, got ${quote(quantity)}`,
      ),
    ),
    ...problemAt(
      ["maxAllowed", resource],
      min && max && min > max
        ? `'${resource}' of 'maxAllowed' must be at least that of 'minAllowed', ${quote(minAllowed?.[resource])}, got ${quote(maxAllowed?.[resource])}`
        : undefined,
    ),
  ];
}
