import type { ITerraformDependable } from "cdktf";
import { PodSecurityGroup } from "../../constructs/security/pod-security-group";
import { SecurityGroupPolicy } from "../../constructs/security/security-group-policy";
import { EfsClaim } from "../../constructs/storage/efs-claim";
import { EfsStorage } from "../../constructs/storage/efs-storage";
import { byKey, type InClusterContext } from "./context";
import { addOutput } from "./output";
import { before, type Namespaces } from "./tenants";

/**
 * Security groups of pods, and the file systems that pods mount.
 *
 * @returns what pods wait for, by their namespace, with the groups that they get and the volumes that they mount
 */
export function addStorage(context: InClusterContext, namespaces: Namespaces): Namespaces {
  const { groups, policies } = addPodSecurityGroups(context, namespaces);
  const claims = addFileSystems(context, namespaces, groups);
  const added = [...policies, ...claims];
  const readyIn = (namespace: string) => added.filter(([other]) => other === namespace).map(([, ready]) => ready);
  return {
    ...namespaces,
    ...Object.fromEntries(
      added.map(([namespace]) => [namespace, [...(namespaces[namespace] ?? []), ...readyIn(namespace)]]),
    ),
  };
}

/** Something that pods of a namespace wait for. */
type Awaited = readonly [namespace: string, ready: ITerraformDependable];

interface PodSecurityGroups {
  readonly groups: Readonly<Record<string, PodSecurityGroup>>;
  readonly policies: readonly Awaited[];
}

function addPodSecurityGroups(
  { stack, cluster, inCluster }: InClusterContext,
  namespaces: Namespaces,
): PodSecurityGroups {
  const made = byKey(inCluster.podSecurityGroups).map(([key, options]) => {
    const { namespace, podLabels, serviceAccountLabels, ...traffic } = options;
    const group = new PodSecurityGroup(stack, `pods-${key}`, { ...traffic, cluster, key });
    const { ready } = new SecurityGroupPolicy(stack, `pods-${key}-policy`, {
      group,
      namespace,
      ...(podLabels === undefined ? {} : { podLabels }),
      ...(serviceAccountLabels === undefined ? {} : { serviceAccountLabels }),
      ...before(namespaces, namespace),
    });
    return { key, group, awaited: [namespace, ready] as const };
  });
  addOutput(
    stack,
    "pod_security_group_ids",
    "Security groups of pods, by key",
    Object.fromEntries(made.map(({ key, group }) => [key, group.securityGroupId])),
  );
  return {
    groups: Object.fromEntries(made.map(({ key, group }) => [key, group])),
    policies: made.map(({ awaited }) => awaited),
  };
}

function addFileSystems(
  { stack, cluster, inCluster }: InClusterContext,
  namespaces: Namespaces,
  groups: Readonly<Record<string, PodSecurityGroup>>,
): Awaited[] {
  const fileSystems = byKey(inCluster.efs).map(([key, { podSecurityGroups = [], ...options }]) => {
    const fileSystem = new EfsStorage(stack, `efs-${key}`, { ...options, cluster, key });
    for (const name of [...podSecurityGroups].sort()) {
      const group = groups[name];
      if (group !== undefined) {
        fileSystem.allowFrom(name, group.securityGroupId);
      }
    }
    return { key, fileSystem, accessPoints: options.accessPoints };
  });
  addOutput(
    stack,
    "efs_file_system_ids",
    "EFS file systems, by key",
    Object.fromEntries(fileSystems.map(({ key, fileSystem }) => [key, fileSystem.fileSystemId])),
  );
  return fileSystems.flatMap(({ fileSystem, accessPoints }) =>
    byKey(accessPoints).flatMap(([accessPoint, { namespaces: wanted = [] }]) =>
      [...wanted].sort().map((namespace): Awaited => {
        // Neither of the two names has "_", so that no two claims share an address.
        const claim = new EfsClaim(fileSystem, `claim-${accessPoint}_${namespace}`, {
          fileSystem,
          accessPoint,
          namespace,
          ...before(namespaces, namespace),
        });
        return [namespace, claim.ready];
      }),
    ),
  );
}
