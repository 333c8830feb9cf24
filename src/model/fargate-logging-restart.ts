import type { FargateProfileSpec } from "./fargate-profile";
import { hasWildcard } from "./glob";
import { quote } from "./problem";

/**
 * The commands that start pods on Fargate anew. A pod keeps the log configuration that it was started with, and one that
 * was started without logs nowhere.
 *
 * Pods of Jobs and CronJobs are left to end.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_rollout/kubectl_rollout_restart/
 */
export function restartCommands(profiles: readonly FargateProfileSpec[]): string[] {
  const namespaces = new Set(profiles.flatMap(({ selectors }) => selectors.map(({ namespace }) => namespace)));
  return [...namespaces]
    .sort()
    .map((namespace) =>
      hasWildcard(namespace)
        ? `kubectl rollout restart deployment,statefulset -n NAMESPACE # for each that matches ${quote(namespace)}`
        : `kubectl rollout restart deployment,statefulset -n ${namespace}`,
    );
}
