import type { NamedFargateProfile } from "../model/fargate-profile";
import { names } from "../model/names";
import type { Settings } from "./schema";

/** The Fargate profiles of the settings with the names that they have in AWS, in alphabetical order of their keys. */
export function namedProfiles({ name, fargate }: Pick<Settings, "name" | "fargate">): NamedFargateProfile[] {
  return Object.entries(fargate.profiles)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { selectors, profileName }]) => ({
      key,
      selectors,
      name: profileName ?? names.fargateProfile(name, key),
      hashed: fargate.replacement === "create-before-destroy",
    }));
}
