import { type GivenManifests, readGivenManifests } from "../manifests/given-manifests";
import type { FargateProfileSpec, NamedFargateProfile } from "../model/fargate-profile";
import type { FargateSelector } from "../model/fargate-selector";
import { describeFinding } from "../model/finding";
import { describeManifestProblem } from "../model/inventory";
import { place } from "../placement/place";

/** Fargate profiles: by name, as the settings file has them, or as a list, as a cluster of constructs has them. */
export type ExpectedProfiles =
  | Readonly<Record<string, { readonly selectors: readonly FargateSelector[] }>>
  | readonly (FargateProfileSpec | NamedFargateProfile)[];

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Whether every pod of the manifests runs on one of the Fargate profiles.
 *
 * @param manifests a file or folder, a Kubernetes object, or a list of either
 */
export function toFitFargate(
  manifests: GivenManifests[number] | GivenManifests,
  profiles: ExpectedProfiles,
): MatcherResult {
  const given = (Array.isArray(manifests) ? manifests : [manifests]) as GivenManifests;
  const inventory = readGivenManifests(given);
  const placements = place(inventory, { profiles: named(profiles), nodes: false });
  const reasons = [
    ...inventory.problems.map(describeManifestProblem),
    ...placements
      .flatMap(({ findings }) => findings)
      .filter(({ severity }) => severity === "error")
      .map(describeFinding),
    ...(placements.length === 0 ? ["there is no workload in the manifests"] : []),
  ];
  const pass = reasons.length === 0;
  return {
    pass,
    message: () =>
      pass
        ? `expected some pod of the manifests to find no place on Fargate, but all ${placements.length} workloads fit`
        : `expected every pod of the manifests to run on Fargate:\n${reasons.map((reason) => `  ${reason}`).join("\n")}`,
  };
}

function named(profiles: ExpectedProfiles): NamedFargateProfile[] {
  const list = Array.isArray(profiles)
    ? (profiles as readonly (FargateProfileSpec | NamedFargateProfile)[])
    : Object.entries(profiles).map(([key, { selectors }]) => ({ key, selectors: selectors as FargateSelector[] }));
  return list.map((profile) => ({ name: profile.key, hashed: false, ...profile }));
}
