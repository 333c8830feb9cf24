import * as v from "valibot";
import { parse } from "yaml";
import { type NamedFargateProfile, profileProblems } from "../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS } from "../model/limits";
import { quote } from "../model/problem";
import { issueProblems } from "../yaml/schema-issues";
import { UsageError } from "./errors";
import { readNamed } from "./files";

/** What every form has of a profile besides its name; the rest is left alone. */
const BY_NAME = v.record(
  v.string(),
  v.looseObject({
    selectors: v.array(v.looseObject({ namespace: v.string(), labels: v.nullish(v.record(v.string(), v.string())) })),
  }),
);

/** A profile whose name is found and that is not looked at yet. */
type Named = readonly [name: string, profile: unknown];

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads profiles that some other tool keeps.
 *
 * @throws UsageError with the forms that are understood, or with what EKS would refuse
 */
export function readProfileFile(file: string): NamedFargateProfile[] {
  const named = profilesIn(parseFile(file));
  if (named.length === 0) {
    throw new UsageError(
      `${quote(file)} holds no Fargate profiles; write them as a mapping of names to { selectors: [{ namespace, labels }] }, or name a file of eksctl (fargateProfiles) or what aws eks describe-fargate-profile prints`,
    );
  }
  const profiles = named.map((each) => toProfile(each, file));
  const problems = profiles.flatMap((profile) => profileProblems(profile, DEFAULT_FARGATE_LIMITS));
  if (problems.length > 0) {
    throw new UsageError(`in ${quote(file)}: ${problems.map(({ message }) => message).join("\n")}`);
  }
  return profiles.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parseFile(file: string): unknown {
  const text = readNamed(file, "--profiles");
  try {
    return parse(text, { stringKeys: true, logLevel: "error" });
  } catch (error) {
    throw new UsageError(`${quote(file)} is neither YAML nor JSON: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
}

/** The profiles of whichever form the content has, none when it has none of them. */
function profilesIn(content: unknown): Named[] {
  if (Array.isArray(content)) {
    return profilesInList(content);
  }
  if (!isMapping(content)) {
    return [];
  }
  const { fargate, fargateProfiles, fargateProfile } = content;
  // A settings file.
  if (isMapping(fargate) && isMapping(fargate.profiles)) {
    return Object.entries(fargate.profiles);
  }
  // A file of eksctl.
  if (Array.isArray(fargateProfiles)) {
    return profilesInList(fargateProfiles);
  }
  if (isMapping(fargateProfile) && "fargateProfileName" in fargateProfile) {
    return profilesInList([content]);
  }
  return Object.values(content).some((each) => isMapping(each) && "selectors" in each) ? Object.entries(content) : [];
}

/** Profiles that say their own names; none when one of them does not. */
function profilesInList(list: readonly unknown[]): Named[] {
  const named = list.map(withName);
  return named.every((each) => each !== undefined) ? named : [];
}

/** As `aws eks describe-fargate-profile` prints a profile, or as eksctl has one. */
function withName(content: unknown): Named | undefined {
  const { fargateProfile, name }: Mapping = isMapping(content) ? content : {};
  if (isMapping(fargateProfile)) {
    const { fargateProfileName } = fargateProfile;
    return typeof fargateProfileName === "string" ? [fargateProfileName, fargateProfile] : undefined;
  }
  return typeof name === "string" ? [name, content] : undefined;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws UsageError with what is wrong with the profile's form */
function toProfile([name, profile]: Named, file: string): NamedFargateProfile {
  const { success, output, issues } = v.safeParse(BY_NAME, { [name]: profile });
  if (!success) {
    const [problem] = issueProblems(issues);
    throw new UsageError(`in ${quote(file)}: ${problem?.at.join(".")}: ${problem?.message}`);
  }
  const { selectors = [] } = output[name] ?? {};
  return {
    key: name,
    name,
    hashed: false,
    selectors: selectors.map(({ namespace, labels }) => ({ namespace, ...(labels ? { labels } : {}) })),
  };
}
