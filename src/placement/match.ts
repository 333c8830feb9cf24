import { answersTo, type NamedFargateProfile, PROFILE_LABEL } from "../model/fargate-profile";
import { type PodIdentity, selectorMatches } from "../model/fargate-selector";
import type { Candidate } from "./placement";

/** Which profile takes a pod. */
export type Match =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly chosen: Candidate }
  | { readonly kind: "several"; readonly candidates: readonly Candidate[] };

/**
 * The profile that takes a pod: the only one that matches, or the one of several that the pod's label
 * `eks.amazonaws.com/fargate-profile` names. Without such a label it is open which of several takes it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function matchProfiles(pod: PodIdentity, profiles: readonly NamedFargateProfile[]): Match {
  const candidates = profiles
    .flatMap((profile) => {
      const selector = profile.selectors.find((each) => selectorMatches(each, pod));
      return selector === undefined ? [] : [{ profile, selector }];
    })
    .sort((a, b) => (a.profile.name < b.profile.name ? -1 : 1));
  const asked = Object.hasOwn(pod.labels, PROFILE_LABEL) ? pod.labels[PROFILE_LABEL] : undefined;
  const named = asked === undefined ? undefined : candidates.find(({ profile }) => answersTo(profile, asked));
  const chosen = named ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (chosen !== undefined) {
    return { kind: "one", chosen };
  }
  return candidates.length === 0 ? { kind: "none" } : { kind: "several", candidates };
}
