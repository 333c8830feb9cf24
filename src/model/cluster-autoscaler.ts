import { type Problem, problemAt, quote, quoteAll } from "./problem";

/** How the autoscaler chooses among node groups that all have room for the waiting pods. */
export const EXPANDERS = ["least-waste", "most-pods", "random", "least-nodes"] as const;

export type Expander = (typeof EXPANDERS)[number];

/** When nodes that are hardly used are taken away. */
export interface ScaleDownOptions {
  /** Whether nodes are taken away at all. @default true */
  readonly enabled?: boolean;
  /** Minutes for which a node has to be hardly used. @default 10 */
  readonly unneededMinutes?: number;
  /** Minutes after a node was added in which none is taken away. @default 10 */
  readonly delayAfterAddMinutes?: number;
  /** What part of a node's CPU and memory the pods on it may request for it to be hardly used, 0 to 1. @default 0.5 */
  readonly utilizationThreshold?: number;
}

/** How the autoscaler works. */
export interface AutoscalingRules {
  /** @default "least-waste" */
  readonly expander?: Expander;
  /** Whether node groups that are alike, such as one for each zone, are kept at the same size. @default true */
  readonly balanceSimilarNodeGroups?: boolean;
  /** @default - after ten minutes in which a node is used by half or less */
  readonly scaleDown?: ScaleDownOptions;
}

/**
 * Releases of the autoscaler by the Kubernetes version that each is made for: it simulates the scheduler of that very
 * version.
 *
 * As of 2026-07-22. Source: tags of kubernetes/autoscaler.
 */
const RELEASES: Readonly<Record<string, string>> = {
  "1.30": "v1.30.7",
  "1.31": "v1.31.5",
  "1.32": "v1.32.7",
  "1.33": "v1.33.6",
  "1.34": "v1.34.5",
  "1.35": "v1.35.2",
  "1.36": "v1.36.1",
};

/** The release for a Kubernetes version, such as `1.36`; `undefined` when none is known. */
export function autoscalerRelease(kubernetesVersion: string): string | undefined {
  return RELEASES[kubernetesVersion];
}

/** What is wrong where no release is known for the version. */
export function noReleaseProblem(kubernetesVersion: string): string {
  return `no release of the Cluster Autoscaler is known for Kubernetes ${quote(kubernetesVersion)}, only for ${quoteAll(Object.keys(RELEASES))}; name one with 'image.tag'`;
}

/** What is wrong on a cluster without nodes. */
export const NO_NODES_PROBLEM =
  "the Cluster Autoscaler has nothing to scale on a cluster without node groups, as Fargate gives each pod its own capacity; add a node group, or leave the autoscaler out";

/** What is wrong with how it shall work. */
export function autoscalingProblems({ expander, scaleDown = {} }: AutoscalingRules): Problem[] {
  const { utilizationThreshold, unneededMinutes, delayAfterAddMinutes } = scaleDown;
  const conditions = Object.values({ unneededMinutes, delayAfterAddMinutes, utilizationThreshold });
  return [
    ...problemAt(
      ["expander"],
      expander === undefined || EXPANDERS.includes(expander)
        ? undefined
        : `'expander' must be one of ${quoteAll(EXPANDERS)}, got ${quote(expander)}`,
    ),
    ...Object.entries({ unneededMinutes, delayAfterAddMinutes }).flatMap(([property, minutes]) =>
      problemAt(
        ["scaleDown", property],
        minutes === undefined || (Number.isInteger(minutes) && minutes >= 1)
          ? undefined
          : `'${property}' must be a whole number of at least 1, got ${quote(minutes)}`,
      ),
    ),
    ...problemAt(
      ["scaleDown", "utilizationThreshold"],
      utilizationThreshold === undefined || (utilizationThreshold > 0 && utilizationThreshold < 1)
        ? undefined
        : `'utilizationThreshold' must be a number between 0 and 1, got ${quote(utilizationThreshold)}`,
    ),
    ...problemAt(
      ["scaleDown", "enabled"],
      scaleDown.enabled === false && conditions.some((value) => value !== undefined)
        ? "'enabled' false leaves all nodes, so nothing else of 'scaleDown' has an effect; remove the rest"
        : undefined,
    ),
  ];
}
