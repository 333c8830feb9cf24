import {
  describeSelector,
  type FargateSelector,
  selectorMatches,
  selectorOverlap,
  selectorProblems,
} from "./fargate-selector";
import type { FargateLimits } from "./limits";
import { hasRoomForAddOns, type NodeGroupOptions } from "./node-group";
import { type Problem, quote, under } from "./problem";

/**
 * A Fargate profile as the rules see it. The same value is rendered to Terraform and matched against pods.
 */
export interface FargateProfileSpec {
  /** Key that the profile has among the cluster's, such as `default` or `web`. */
  readonly key: string;
  readonly selectors: readonly FargateSelector[];
}

/** EKS keeps profile names that begin so for itself. Source: eksctl validation.go at 99984adb. */
const RESERVED_PREFIX = "eks-";

/**
 * No pattern is documented for profile names; this is what every AWS resource name of EKS allows, and 63 characters
 * because the name becomes the value of the pod label `eks.amazonaws.com/fargate-profile`.
 */
const PROFILE_NAME = /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$/;
const MAX_PROFILE_NAME = 63;

/** Length of the hash behind the name of a profile that is replaced without downtime, with the "-" before it. */
const HASH_SUFFIX = 9;

/**
 * Why EKS would refuse a profile of this name, or `undefined`.
 *
 * @param fix what to change when the name is derived, such as "give 'profileName'"
 * @param hashed whether a hash comes behind it, as `create-before-destroy` has it
 */
export function profileNameProblem(name: string, fix: string, hashed = false): string | undefined {
  if (name.startsWith(RESERVED_PREFIX)) {
    return `the name of a Fargate profile must not begin with "eks-", which EKS keeps for itself, got ${quote(name)}; ${fix}`;
  }
  const max = MAX_PROFILE_NAME - (hashed ? HASH_SUFFIX : 0);
  return name.length <= max && PROFILE_NAME.test(name)
    ? undefined
    : `the name of a Fargate profile must be 1 to ${max} letters, digits, "-" and "_", beginning and ending with a letter or digit${hashed ? `, before the hash of "create-before-destroy"` : ""}, got ${quote(name)} (${name.length}); ${fix}`;
}

/** What is wrong with one profile by itself. */
export function profileProblems(profile: FargateProfileSpec, limits: FargateLimits): Problem[] {
  const { key, selectors } = profile;
  const most = limits.selectorsPerProfile;
  const count: Problem[] =
    selectors.length >= 1 && selectors.length <= most
      ? []
      : [
          {
            at: ["selectors"],
            message: `'selectors' of Fargate profile ${quote(key)} must hold 1 to ${most} entries, got ${selectors.length}; ${selectors.length === 0 ? 'select at least one namespace, like { namespace: "default" }' : "split it into two profiles, or raise 'selectorsPerProfile' when AWS has raised your quota L-D78D8AF8"}`,
          },
        ];
  return [
    ...count,
    ...selectors.flatMap((selector, index) => under(["selectors", index], selectorProblems(selector, limits))),
  ];
}

/** What is wrong with adding `profile` to a cluster that has `others`. */
export function profileSetProblems(
  profile: FargateProfileSpec,
  others: readonly FargateProfileSpec[],
  limits: FargateLimits,
): Problem[] {
  if (others.some(({ key }) => key === profile.key)) {
    return [
      {
        at: [],
        message: `Fargate profile ${quote(profile.key)} is there already; give each profile a name of its own`,
      },
    ];
  }
  return others.length < limits.profilesPerCluster
    ? []
    : [
        {
          at: [],
          message: `a cluster must have at most ${limits.profilesPerCluster} Fargate profiles, ${quote(profile.key)} would be number ${others.length + 1}; merge profiles (each takes ${limits.selectorsPerProfile} selectors), or raise 'profilesPerCluster' when AWS has raised your quota L-33415657`,
        },
      ];
}

/**
 * Pods that `profile` and one of `others` both take. EKS then picks the profile whose name comes first in alphanumeric
 * order, unless the pod's label `eks.amazonaws.com/fargate-profile` names one.
 */
export function overlapProblems(profile: FargateProfileSpec, others: readonly FargateProfileSpec[]): Problem[] {
  return others.flatMap((other) => {
    const pod = firstOverlap(profile, other);
    return pod === undefined
      ? []
      : [
          {
            at: ["selectors"],
            message: `Fargate profiles ${quote(other.key)} and ${quote(profile.key)} both take a pod in ${describeSelector(pod)}, and EKS would pick one of them by name; make the selectors exclude each other (a label with another value in each does), or set 'allowOverlap'`,
          },
        ];
  });
}

function firstOverlap(left: FargateProfileSpec, right: FargateProfileSpec) {
  for (const a of left.selectors) {
    for (const b of right.selectors) {
      const pod = selectorOverlap(a, b);
      if (pod !== undefined) {
        return pod;
      }
    }
  }
  return undefined;
}

/** The pods of CoreDNS, which every other pod needs to resolve names. */
export const CORE_DNS_POD = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } as const;

/** Whether pods of CoreDNS land on the profile. */
export function takesCoreDns({ selectors }: FargateProfileSpec): boolean {
  return selectors.some((selector) => selectorMatches(selector, CORE_DNS_POD));
}

/** Why CoreDNS would not run on a cluster that has these profiles and node groups, or `undefined`. */
export function noCoreDnsProblem(
  cluster: string,
  profiles: readonly FargateProfileSpec[],
  nodeGroups: readonly NodeGroupOptions[] = [],
): string | undefined {
  return profiles.some(takesCoreDns) || nodeGroups.some(hasRoomForAddOns)
    ? undefined
    : `no Fargate profile of cluster ${quote(cluster)} takes the pods of CoreDNS, and ${nodeGroups.length === 0 ? "there are no nodes" : NO_ROOM_ON_NODES}, so they would stay Pending and no pod could resolve a name; add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile${nodeGroups.length === 0 ? "" : ", or a node group that has room for them"}`;
}

/** What is wrong with node groups that have no room for the pods of add-ons. */
export const NO_ROOM_ON_NODES =
  "no node group has room for them (a 'desiredSize' of Linux nodes of at least 1, and no taint that they do not tolerate)";

/** A profile with the name that it has in AWS, which a pod's label can ask for. */
export interface NamedFargateProfile extends FargateProfileSpec {
  readonly name: string;
  /** Whether a hash stands behind the name in AWS (`<name>-1a2b3c4d`), as `create-before-destroy` has it. */
  readonly hashed: boolean;
}

/** Label of a pod that names the profile that shall take it. */
export const PROFILE_LABEL = "eks.amazonaws.com/fargate-profile";

/** Whether `label`, the value of `PROFILE_LABEL`, names the profile. */
export function answersTo({ name, hashed }: NamedFargateProfile, label: string): boolean {
  return hashed ? label.startsWith(`${name}-`) && HASH.test(label.slice(name.length)) : label === name;
}

/** What `create-before-destroy` writes behind a name. */
const HASH = /^-[0-9a-f]{8}$/;
