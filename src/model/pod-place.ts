import type { FargateProfileSpec } from "./fargate-profile";
import { selectorMatches } from "./fargate-selector";
import { quote } from "./problem";

/** Pods of one kind, as Fargate profiles select them. */
export interface PodsToPlace {
  /** What they belong to, as messages name it, such as "the metrics-server". */
  readonly what: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether the profile takes the pods. */
export function takesPods({ selectors }: FargateProfileSpec, pods: PodsToPlace): boolean {
  return selectors.some((selector) => selectorMatches(selector, pods));
}

/** Why the pods would stay Pending on a cluster that has these profiles and no nodes, or `undefined`. */
export function noPlaceProblem(pods: PodsToPlace, profiles: readonly FargateProfileSpec[]): string | undefined {
  const { what, namespace } = pods;
  return profiles.some((profile) => takesPods(profile, pods))
    ? undefined
    : `no Fargate profile takes the pods of ${what} in namespace ${quote(namespace)}, and there are no nodes, so they would stay Pending; add a selector { namespace: ${quote(namespace)} } to a profile`;
}
