import { FARGATE_POD_OVERHEAD, type FargateSize, roundUpToSize } from "../model/fargate-sizes";
import type { PodRequests } from "./placement";

/**
 * The size that Fargate gives a pod: its requests and the 256 MiB that Fargate adds, rounded up. A pod that requests
 * nothing gets the smallest size, 0.25 vCPU and 0.5 GB.
 *
 * @returns `undefined` when no size is large enough
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 */
export function podSize({ cpu, memory }: PodRequests): FargateSize | undefined {
  return roundUpToSize(cpu, memory.plus(FARGATE_POD_OVERHEAD));
}
