import * as v from "valibot";
import { parse } from "yaml";
import { type NamedFargateProfile, profileProblems } from "../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS } from "../model/limits";
import { quote } from "../model/problem";
import { UsageError } from "./errors";
import { readNamed } from "./files";

const SELECTORS = v.array(
  v.pipe(
    v.looseObject({
      namespace: v.string(),
      labels: v.optional(v.nullable(v.record(v.string(), v.string()))),
    }),
    v.transform(({ namespace, labels }) => ({
      namespace,
      ...(labels === undefined || labels === null ? {} : { labels }),
    })),
  ),
);

/** One of eksctl's `fargateProfiles`. */
const NAMED = v.pipe(
  v.looseObject({ name: v.string(), selectors: SELECTORS }),
  v.transform(({ name, selectors }) => toProfile(name, selectors)),
);

/** What `aws eks describe-fargate-profile` prints. */
const DESCRIBED = v.pipe(
  v.looseObject({ fargateProfile: v.looseObject({ fargateProfileName: v.string(), selectors: SELECTORS }) }),
  v.transform(({ fargateProfile: { fargateProfileName, selectors } }) => toProfile(fargateProfileName, selectors)),
);

/** As the settings file has them under `fargate.profiles`. */
const BY_NAME = v.pipe(
  v.record(v.string(), v.looseObject({ selectors: SELECTORS })),
  v.transform((profiles) => Object.entries(profiles).map(([name, { selectors }]) => toProfile(name, selectors))),
);

const FILE = v.union([
  v.pipe(
    v.looseObject({ fargate: v.looseObject({ profiles: BY_NAME }) }),
    v.transform(({ fargate }) => fargate.profiles),
  ),
  v.pipe(
    v.looseObject({ fargateProfiles: v.array(NAMED) }),
    v.transform(({ fargateProfiles }) => fargateProfiles),
  ),
  v.pipe(
    DESCRIBED,
    v.transform((profile) => [profile]),
  ),
  v.array(v.union([DESCRIBED, NAMED])),
  BY_NAME,
]);

/**
 * Reads profiles that some other tool keeps.
 *
 * @throws UsageError with the forms that are understood, or with what EKS would refuse
 */
export function readProfileFile(file: string): NamedFargateProfile[] {
  const parsed = v.safeParse(FILE, parseFile(file));
  if (!parsed.success || parsed.output.length === 0) {
    throw new UsageError(
      `${quote(file)} holds no Fargate profiles; write them as a mapping of names to { selectors: [{ namespace, labels }] }, or name a file of eksctl (fargateProfiles) or what aws eks describe-fargate-profile prints`,
    );
  }
  const profiles = [...parsed.output].sort((a, b) => (a.name < b.name ? -1 : 1));
  const problems = profiles.flatMap((profile) => profileProblems(profile, DEFAULT_FARGATE_LIMITS));
  if (problems.length > 0) {
    throw new UsageError(`in ${quote(file)}: ${problems.map(({ message }) => message).join("\n")}`);
  }
  return profiles;
}

function parseFile(file: string): unknown {
  const text = readNamed(file, "--profiles");
  try {
    return parse(text, { stringKeys: true, logLevel: "error" });
  } catch (error) {
    throw new UsageError(`${quote(file)} is neither YAML nor JSON: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
}

function toProfile(name: string, selectors: NamedFargateProfile["selectors"]): NamedFargateProfile {
  return { key: name, name, hashed: false, selectors };
}
