import type { ITerraformDependable } from "cdktf";
import type { CapacityMix } from "../../model/ecs-capacity";
import { mountingProviders } from "../../model/instance-file-systems";
import { isKnown } from "../errors";
import type { ClusterInstances, IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";

/** The instances that a task may run on whose security groups are its own too; none for one that has its own. */
export function sharedInstances(
  { capacityProviders, instances = [] }: IEcsCluster,
  taskDefinition: ITaskDefinition,
  capacity: CapacityMix | undefined,
): ClusterInstances[] {
  const { ownNetworkInterface, launch } = taskDefinition;
  if (ownNetworkInterface || launch !== "EC2") {
    return [];
  }
  const names = new Set(mountingProviders(taskDefinition, capacity, capacityProviders).map(({ name }) => name));
  return instances.filter(({ provider }) => names.has(provider.name));
}

/** By what the rules for instances are told apart: names of capacity providers are unique in an account. */
export function instancesKey({ provider, key }: ClusterInstances): string {
  return `instances-${isKnown(provider.name) ? provider.name : key}`;
}

/**
 * Lets the instances that a task may run on reach the file systems that it mounts, where it has no network interface of
 * its own. Tasks on the same instances share the rule.
 *
 * @returns what has to be there before a task can mount them
 */
export function openToInstances(
  cluster: IEcsCluster,
  taskDefinition: ITaskDefinition,
  capacity: CapacityMix | undefined,
): ITerraformDependable[] {
  const open = sharedInstances(cluster, taskDefinition, capacity);
  return (taskDefinition.fileSystems ?? []).flatMap((fileSystem) =>
    open.map((instances) => fileSystem.allowFrom(instancesKey(instances), instances.securityGroupId)),
  );
}
