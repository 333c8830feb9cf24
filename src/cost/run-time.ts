import type { Workload } from "../model/workload";
import { HOURS_PER_MONTH, SECONDS_PER_HOUR } from "../units/time";

/**
 * A Linux pod or task is billed for at least a minute, by the second.
 *
 * @see https://aws.amazon.com/fargate/pricing/
 */
const LEAST_BILLED_SECONDS = 60;

export const SECONDS_PER_MONTH = HOURS_PER_MONTH * SECONDS_PER_HOUR;

/**
 * Whether a pod that has run to its end goes on to be billed: on EKS Fargate it does until Kubernetes deletes it, an ECS
 * task is gone.
 */
export type Finished = "billed" | "gone";

/**
 * Seconds that are billed in a month of 730 hours for all pods of a workload that has `replicas` at once. A Job counts
 * one run; runs that overlap are pods of their own.
 */
export function billedSeconds({ runTime }: Pick<Workload, "runTime">, replicas: number, finished: Finished): number {
  if (runTime.kind === "always") {
    return replicas * SECONDS_PER_MONTH;
  }
  const { runsPerMonth = 1, secondsPerRun, keptSeconds = 0, retained } = runTime;
  const seconds = Math.ceil(secondsPerRun) + (finished === "billed" ? keptSeconds : 0);
  const runs = runsPerMonth * Math.max(LEAST_BILLED_SECONDS, seconds) * replicas;
  return runs + (finished === "billed" && replicas > 0 ? retained * SECONDS_PER_MONTH : 0);
}

/**
 * Pods for which nodes must have room: all of a workload that always runs; of one that runs from time to time, those of
 * as many runs as there are at once on average, rounded up to whole runs. Finished pods need no room.
 */
export function podsAtOnce({ runTime }: Pick<Workload, "runTime">, replicas: number): number {
  if (runTime.kind === "always") {
    return replicas;
  }
  const { runsPerMonth = 1, secondsPerRun } = runTime;
  return replicas * Math.ceil((runsPerMonth * Math.max(1, secondsPerRun)) / SECONDS_PER_MONTH);
}
