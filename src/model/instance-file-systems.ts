import { type CapacityMix, type CapacityProvider, isFargateMix } from "./ecs-capacity";
import { quote, quoteAll } from "./problem";
import { type InstanceTask, taskInstancesProblems } from "./task-instances";

/** A task that may mount file systems of EFS. */
export interface MountingTask extends InstanceTask {
  readonly family?: string;
  /** @default true */
  readonly ownNetworkInterface?: boolean;
  /** One for each that it mounts. @default - none */
  readonly fileSystems?: readonly unknown[];
}

/**
 * Capacity providers whose instances have to reach the file systems of a task: those that the mix names, or all of the
 * cluster's on which the task can run.
 */
export function mountingProviders(
  task: InstanceTask,
  capacity: CapacityMix | undefined,
  available: readonly CapacityProvider[],
): CapacityProvider[] {
  const instances = available.filter(({ kind }) => kind === "ec2");
  if (capacity === undefined) {
    return instances.filter((group) => taskInstancesProblems(task, [group], undefined).length === 0);
  }
  return available.length > 0
    ? instances.filter(({ name }) => Object.hasOwn(capacity, name))
    : Object.keys(capacity)
        .filter((name) => !isFargateMix({ [name]: {} }))
        .map((name) => ({ name, kind: "ec2", securityGroupUnknown: true }));
}

/**
 * Why a task could not mount its file systems by the network of its instance, or `undefined`: a file system lets in
 * security groups, and without a network interface of its own a task has that of its instance.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
export function instanceFileSystemProblem(
  task: MountingTask,
  capacity: CapacityMix | undefined,
  available: readonly CapacityProvider[],
): string | undefined {
  const { family, launch, ownNetworkInterface = true, fileSystems = [] } = task;
  if (fileSystems.length === 0 || ownNetworkInterface || launch !== "EC2") {
    return undefined;
  }
  const begins = `task definition ${quote(family)} mounts EFS by the network of its instances`;
  const fix = `choose 'networkMode' "awsvpc" of the task definition`;
  const closed = mountingProviders(task, capacity, available).filter(
    ({ securityGroupUnknown = false }) => securityGroupUnknown,
  );
  if (closed.length > 0) {
    return `${begins}, whose security groups the file system has to let in, and those of ${quoteAll(closed.map(({ name }) => name))} are not known; give them in 'instanceSecurityGroupIds' of the cluster, or ${fix}`;
  }
  return capacity !== undefined || available.some(({ kind }) => kind === "ec2")
    ? undefined
    : `${begins}, and the cluster has none that are known; add an Auto Scaling group to it, or ${fix}`;
}
