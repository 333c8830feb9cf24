import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/** What an autoscaler of pods looks at, or changes. */
export type PodResource = "cpu" | "memory";

/** A workload whose pods an autoscaler cares for. */
export interface ScaleTarget {
  readonly kind: string;
  readonly name: string;
}

/** An autoscaler as others have to get along with it. */
export interface Autoscaler {
  readonly kind: "HorizontalPodAutoscaler" | "VerticalPodAutoscaler";
  readonly namespace: string;
  readonly name: string;
  readonly target: ScaleTarget;
  /** What it acts on; nothing for one that only recommends. */
  readonly resources: readonly PodResource[];
}

/** How many pods a workload has, by what its pods use of what they request. */
export interface HorizontalScaling {
  /** @default 1 */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  /** Percent of the requested CPU that pods shall use on average. @default - CPU does not count */
  readonly cpuUtilization?: number;
  /** Percent of the requested memory that pods shall use on average. @default - memory does not count */
  readonly memoryUtilization?: number;
  /** How fast it may go. @default - Kubernetes' own: up at once, down after five minutes */
  readonly behavior?: ScalingBehavior;
}

/** How quickly pods are added or taken away. */
export interface ScalingBehavior {
  /** @default - at once, by 4 pods or 100 percent in 15 s, whichever is more */
  readonly scaleUp?: ScalingRules;
  /** @default - by what was needed least in the last 300 s */
  readonly scaleDown?: ScalingRules;
}

/**
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export interface ScalingRules {
  /** Seconds to look back, to keep the number from going up and down. @default - 0 upwards, 300 downwards */
  readonly stabilizationWindowSeconds?: number;
  /** Which of the policies counts: the one that allows most, least, or none at all. @default "Max" */
  readonly selectPolicy?: "Max" | "Min" | "Disabled";
  /** @default - Kubernetes' own */
  readonly policies?: readonly ScalingPolicy[];
}

/** A number of pods, or a percentage of them, that may come or go in a time. */
export interface ScalingPolicy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  /** From 1 to 1800. */
  readonly periodSeconds: number;
}

/** Kubernetes' own. Source: Kubernetes API reference, HorizontalPodAutoscalerV2 `behavior`, 1.36. */
export const DEFAULT_RULES: Readonly<Record<keyof ScalingBehavior, Required<ScalingRules>>> = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 100, periodSeconds: 15 },
      { type: "Pods", value: 4, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
  },
};

/** The API group of each kind whose pods Kubernetes can scale, by the kind. */
export const SCALABLE_KINDS: Readonly<Record<string, string>> = { Deployment: "apps/v1", StatefulSet: "apps/v1" };

const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;
const SELECT_POLICIES = ["Disabled", "Max", "Min"];
const POLICY_TYPES = ["Percent", "Pods"];

/** Why an autoscaler cannot care for pods of this kind, or `undefined`. */
export function targetProblems({ kind }: ScaleTarget, kinds: Readonly<Record<string, string>>): Problem[] {
  return problemAt(
    ["target", "kind"],
    Object.hasOwn(kinds, kind)
      ? undefined
      : `'kind' of 'target' must be one of ${quoteAll(Object.keys(kinds))}, got ${quote(kind)}`,
  );
}

/** The resources that it looks at. */
export function horizontalResources({ cpuUtilization, memoryUtilization }: HorizontalScaling): PodResource[] {
  return [
    ...(cpuUtilization === undefined ? [] : (["cpu"] as const)),
    ...(memoryUtilization === undefined ? [] : (["memory"] as const)),
  ];
}

/** What is wrong with horizontal scaling, apart from other autoscalers. */
export function horizontalScalingProblems(scaling: HorizontalScaling): Problem[] {
  const { minReplicas = 1, maxReplicas, cpuUtilization, memoryUtilization, behavior = {} } = scaling;
  const numbers = [
    ...wholeProblems(["minReplicas"], minReplicas, 1),
    ...wholeProblems(["maxReplicas"], maxReplicas, 1),
  ];
  return [
    ...(numbers.length > 0 || minReplicas <= maxReplicas
      ? numbers
      : problemAt(
          ["maxReplicas"],
          `'maxReplicas' must be at least 'minReplicas', ${minReplicas}, got ${maxReplicas}; raise it`,
        )),
    ...problemAt(
      [],
      horizontalResources(scaling).length > 0
        ? undefined
        : "'cpuUtilization' or 'memoryUtilization' must be given, or nothing says how many pods are needed",
    ),
    ...Object.entries({ cpuUtilization, memoryUtilization }).flatMap(([property, percent]) =>
      problemAt(
        [property],
        percent === undefined || (Number.isInteger(percent) && percent >= 1 && percent <= 100)
          ? undefined
          : `'${property}' must be a whole number of percent from 1 to 100, got ${quote(percent)}; pods on Fargate cannot use more than they request`,
      ),
    ),
    ...Object.entries(behavior).flatMap(([direction, rules]) => rulesProblems(direction, rules)),
  ];
}

function rulesProblems(direction: string, rules: ScalingRules): Problem[] {
  const { stabilizationWindowSeconds: window = 0, selectPolicy = "Max", policies } = rules;
  const path = ["behavior", direction];
  return [
    ...wholeProblems([...path, "stabilizationWindowSeconds"], window, 0, MAX_WINDOW_SECONDS),
    ...problemAt(
      [...path, "selectPolicy"],
      SELECT_POLICIES.includes(selectPolicy)
        ? undefined
        : `'selectPolicy' of '${direction}' must be one of ${quoteAll(SELECT_POLICIES)}, got ${quote(selectPolicy)}`,
    ),
    ...problemAt(
      [...path, "policies"],
      policies?.length === 0
        ? `'policies' of '${direction}' must hold at least one policy; leave it out for Kubernetes' own, or set 'selectPolicy' to "Disabled"`
        : undefined,
    ),
    ...(policies ?? []).flatMap(({ type, value, periodSeconds }, index) => [
      ...problemAt(
        [...path, "policies", index, "type"],
        POLICY_TYPES.includes(type)
          ? undefined
          : `'type' of a policy of '${direction}' must be one of ${quoteAll(POLICY_TYPES)}, got ${quote(type)}`,
      ),
      ...wholeProblems([...path, "policies", index, "value"], value, 1),
      ...wholeProblems([...path, "policies", index, "periodSeconds"], periodSeconds, 1, MAX_PERIOD_SECONDS),
    ]),
  ];
}

/**
 * Why the autoscaler would fight with one of `others`. Two of a kind overrule each other; one that changes how many
 * pods there are, by what they use of their requests, and one that changes the requests drive each other.
 */
export function autoscalerConflicts(one: Autoscaler, others: readonly Autoscaler[]): Problem[] {
  return others
    .filter((other) => sameTarget(one, other))
    .flatMap((other) => {
      const shared = one.resources.filter((resource) => other.resources.includes(resource)).sort(compareText);
      const target = `${one.target.kind} ${one.namespace}/${one.target.name}`;
      if (one.kind === other.kind) {
        return problemAt(
          ["target"],
          `${one.kind}s ${quote(other.name)} and ${quote(one.name)} both care for ${target}, and would overrule each other; keep one`,
        );
      }
      return shared.length === 0
        ? []
        : problemAt(
            ["target"],
            `${describe(other)} and ${describe(one)} both act on ${shared.join(" and ")} of ${target}: one changes how many pods there are by what they use of their requests, the other changes the requests, so they drive each other; scale horizontally on one resource and let 'controlledResources' hold only the other, or set 'updateMode' to "Off"`,
          );
    });
}

function describe({ kind, name }: Autoscaler): string {
  return `${kind} ${quote(name)}`;
}

function sameTarget(one: Autoscaler, other: Autoscaler): boolean {
  return (
    one.namespace === other.namespace && one.target.kind === other.target.kind && one.target.name === other.target.name
  );
}

function wholeProblems(path: Problem["at"], value: number, least: number, most?: number): Problem[] {
  const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
  return problemAt(
    path,
    Number.isInteger(value) && value >= least && value <= (most ?? value)
      ? undefined
      : `'${path.at(-1)}' must be a whole number ${range}, got ${quote(value)}`,
  );
}
