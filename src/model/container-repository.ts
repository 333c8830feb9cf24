import {
  DEFAULT_LIFECYCLE,
  type LifecycleRule,
  lifecyclePolicyJson,
  lifecycleProblems,
  lifecycleWarnings,
} from "./ecr-lifecycle";
import { kmsKeyArnProblem } from "./kms-key";
import { nameProblem, names } from "./names";
import { type Problem, problemAt, quote, under } from "./problem";

/** What holds for a repository of ECR, whether it is made here or by ECR itself when it caches an image. */
export interface RepositoryRules {
  /**
   * Tags that may be moved to another image: patterns in which `*` stands for anything, or `"all"`. ECR refuses to move
   * the others.
   * @default - none
   */
  readonly mutableTags?: "all" | readonly string[];
  /** Which images ECR deletes, first match first, or `false` to keep all for good. @default - untagged ones after 14 days, and all but the newest 1,000 */
  readonly lifecycle?: readonly LifecycleRule[] | false;
  /** What encrypts the images: a key of KMS, or one that S3 has for itself. AWS cannot change it. @default "KMS" */
  readonly encryption?: "KMS" | "AES256";
  /** ARN of the KMS key. AWS cannot change it. @default - a key of its own */
  readonly kmsKeyArn?: string;
  /** Accounts, beside its own, that may pull. @default - none */
  readonly pullAccounts?: readonly string[];
  /** Organizations of AWS Organizations all of whose accounts may pull, such as `o-a1b2c3d4e5`. @default - none */
  readonly pullOrganizations?: readonly string[];
}

/** What a repository of ECR may be told beside its name. */
export interface ContainerRepositoryOptions extends RepositoryRules {
  /** Whether ECR looks for known vulnerabilities in each image that is pushed. @default true */
  readonly scanOnPush?: boolean;
  /** Whether Terraform deletes the images with the repository, instead of refusing to delete it. @default false */
  readonly forceDelete?: boolean;
}

type Known = (value: string) => boolean;

/** What a puller does with one repository. `ecr:GetAuthorizationToken`, which is for a whole registry, comes beside. */
export const PULL_ACTIONS: readonly string[] = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
];

/** Sources: API model of ECR, 2026-11-17 (filters); AWS provider 6.34, aws_ecr_repository (wildcards of a filter). */
const MUTABLE_TAGS = { max: 5, maxWildcards: 2, pattern: /^[\w.*-]{1,128}$/ } as const;

const ACCOUNT = /^\d{12}$/;
/** Source: API model of Organizations, OrganizationId, 2026-11-17. */
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;

/** A tag or a digest of an image, as it stands behind the name of its repository. */
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Why ECR would refuse the name of a repository, or that of what goes with it, or `undefined`. */
export function repositoryNameProblem(name: string, { encryption, kmsKeyArn }: RepositoryRules): string | undefined {
  return (
    nameProblem("containerRepository", name, "choose another 'repositoryName'") ??
    (encryption === "AES256" || kmsKeyArn !== undefined
      ? undefined
      : nameProblem("keyAlias", names.repositoryKey(name), "choose a shorter 'repositoryName', or give 'kmsKeyArn'"))
  );
}

/** What is wrong with a repository. */
export function repositoryProblems(rules: RepositoryRules, known: Known = () => true): Problem[] {
  const { lifecycle = DEFAULT_LIFECYCLE, pullAccounts = [], pullOrganizations = [] } = rules;
  return [
    ...mutableTagsProblems(rules.mutableTags),
    ...(lifecycle === false ? [] : under("lifecycle", lifecycleProblems(lifecycle))),
    ...encryptionProblems(rules, known),
    ...pullAccounts.flatMap((account, index) =>
      problemAt(
        ["pullAccounts", index],
        !known(account) || ACCOUNT.test(account)
          ? undefined
          : `'pullAccounts' must hold AWS accounts of 12 digits, in quotes, got ${quote(account)}`,
      ),
    ),
    ...pullOrganizations.flatMap((organization, index) =>
      problemAt(
        ["pullOrganizations", index],
        !known(organization) || ORGANIZATION.test(organization)
          ? undefined
          : `'pullOrganizations' must hold ids of AWS organizations, like "o-a1b2c3d4e5", got ${quote(organization)}`,
      ),
    ),
  ];
}

function mutableTagsProblems(mutableTags: RepositoryRules["mutableTags"]): Problem[] {
  if (mutableTags === undefined || mutableTags === "all") {
    return [];
  }
  if (typeof mutableTags === "string" || mutableTags.length === 0 || mutableTags.length > MUTABLE_TAGS.max) {
    return [
      {
        at: ["mutableTags"],
        message: `'mutableTags' must be "all" or 1 to ${MUTABLE_TAGS.max} patterns, got ${quote(mutableTags)}; leave it out where no tag may be moved`,
      },
    ];
  }
  return mutableTags.flatMap((tag, index) =>
    problemAt(
      ["mutableTags", index],
      MUTABLE_TAGS.pattern.test(tag) && tag.split("*").length - 1 <= MUTABLE_TAGS.maxWildcards
        ? undefined
        : `'mutableTags' must hold patterns of 1 to 128 letters, digits, "_", ".", "-" and at most ${MUTABLE_TAGS.maxWildcards} "*", got ${quote(tag)}`,
    ),
  );
}

function encryptionProblems({ encryption, kmsKeyArn }: RepositoryRules, known: Known): Problem[] {
  return [
    ...problemAt(
      ["encryption"],
      encryption === undefined || encryption === "KMS" || encryption === "AES256"
        ? undefined
        : `'encryption' must be "KMS" or "AES256", got ${quote(encryption)}`,
    ),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn === undefined
        ? undefined
        : encryption === "AES256"
          ? `'kmsKeyArn' is for 'encryption' "KMS", got "AES256"; remove one of the two`
          : known(kmsKeyArn)
            ? kmsKeyArnProblem("kmsKeyArn", kmsKeyArn)
            : undefined,
    ),
  ];
}

/** What to know about a repository. */
export function repositoryWarnings({ lifecycle = DEFAULT_LIFECYCLE }: RepositoryRules): string[] {
  return lifecycle === false ? [] : lifecycleWarnings(lifecycle);
}

/** The lifecycle policy of a repository, or `undefined` where it keeps every image. */
export function lifecyclePolicyOf({ lifecycle = DEFAULT_LIFECYCLE }: RepositoryRules): string | undefined {
  return lifecycle === false ? undefined : lifecyclePolicyJson(lifecycle);
}

/** Whether tags may be moved, in ECR's terms, with the patterns of those that are excepted. */
export function tagMutabilityOf({ mutableTags }: RepositoryRules): { mutability: string; except: readonly string[] } {
  if (mutableTags === "all") {
    return { mutability: "MUTABLE", except: [] };
  }
  return mutableTags === undefined
    ? { mutability: "IMMUTABLE", except: [] }
    : { mutability: "IMMUTABLE_WITH_EXCLUSION", except: [...mutableTags].sort() };
}

/** Why no image can have the tag or digest, or `undefined`. */
export function tagOrDigestProblem(tagOrDigest: string): string | undefined {
  return TAG.test(tagOrDigest) || DIGEST.test(tagOrDigest)
    ? undefined
    : `the image of a repository needs a tag of 1 to 128 letters, digits, "_", "." and "-", or a digest "sha256:" with 64 hexadecimal digits, got ${quote(tagOrDigest)}`;
}

/**
 * The image as a container names it.
 *
 * @param url of the repository
 */
export function imageOf(url: string, tagOrDigest: string): string {
  return DIGEST.test(tagOrDigest) ? `${url}@${tagOrDigest}` : `${url}:${tagOrDigest}`;
}
