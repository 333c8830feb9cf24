const PAUSED = "autoscaling.keda.sh/paused";

/** What Go takes for false; KEDA takes all else for true. */
const FALSE: ReadonlySet<string> = new Set(["0", "f", "F", "false", "False", "FALSE"]);

/**
 * Whether a ScaledObject or a ScaledJob is paused by its annotation.
 *
 * @see https://keda.sh/docs/latest/concepts/scaling-deployments/#pausing-autoscaling
 */
export function isPaused(annotations: Readonly<Record<string, string>>): boolean {
  const written = annotations[PAUSED];
  return written !== undefined && !FALSE.has(written);
}
