import type { CapacityMix, CapacityProvider } from "./ecs-capacity";
import { mountingProviders } from "./instance-file-systems";
import { quoteAll } from "./problem";
import type { InstanceTask } from "./task-instances";

/** A task to which load balancers may send. */
export interface TargetedTask extends InstanceTask {
  readonly ownNetworkInterface: boolean;
}

/**
 * Why a load balancer could not reach tasks by the network of their instances, or `undefined`: without a network interface
 * of its own a task has the security groups of its instance, which have to let the load balancer in.
 *
 * @param capacity on what the tasks run; any of the cluster's instances when nothing says it
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 */
export function instanceTargetsProblem(
  task: TargetedTask,
  targets: readonly unknown[],
  capacity: CapacityMix | undefined,
  available: readonly CapacityProvider[],
): string | undefined {
  if (targets.length === 0 || task.ownNetworkInterface || task.launch !== "EC2") {
    return undefined;
  }
  const begins = "'targets' are reached by the network of the instances";
  const fix = `choose 'networkMode' "awsvpc" of the task definition`;
  const closed = mountingProviders(task, capacity, available).filter(
    ({ securityGroupUnknown = false }) => securityGroupUnknown,
  );
  if (closed.length > 0) {
    return `${begins}, whose security groups have to let the load balancer in, and those of ${quoteAll(closed.map(({ name }) => name))} are not known; give them in 'instanceSecurityGroupIds' of the cluster, or ${fix}`;
  }
  return capacity !== undefined || available.some(({ kind }) => kind === "ec2")
    ? undefined
    : `${begins}, and the cluster has none that are known; add an Auto Scaling group to it, or ${fix}`;
}
