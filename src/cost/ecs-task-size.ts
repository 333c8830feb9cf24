import { FARGATE_TASK_SIZES, type FargateSize, roundUpToSize } from "../model/fargate-sizes";
import type { PodRequests } from "../placement/placement";

/**
 * The size of an ECS task that does a pod's work: the smallest that has what the pod requests. ECS adds no memory of its
 * own, where EKS adds 256 MiB. A pod that requests nothing becomes the smallest task.
 *
 * @returns `undefined` when no size is large enough
 */
export function ecsTaskSize({ cpu, memory }: PodRequests): FargateSize | undefined {
  return roundUpToSize(cpu, memory, FARGATE_TASK_SIZES);
}
