import * as v from "valibot";
import { repositoryNameProblem, repositoryProblems } from "../../model/container-repository";
import { registryScanningProblems } from "../../model/ecr-scanning";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt, quote, under } from "../../model/problem";
import {
  isUpstreamRegistry,
  type PullThroughCacheOptions,
  pullThroughCacheProblems,
} from "../../model/pull-through-cache";
import { described, text, names as texts } from "../pieces";
import type { EcsSettings } from "./schema";

const lifecycleRule = v.strictObject({
  images: v.exactOptional(described(v.picklist(["untagged", "any"]), "Images without a tag, or all others.")),
  tagPrefixes: v.exactOptional(described(texts, "Beginnings of tags, all of which an image has.")),
  tagPatterns: v.exactOptional(described(texts, "Tags with * for anything, all of which an image has.")),
  keep: v.exactOptional(described(v.number(), "How many of the newest are kept.")),
  expireAfterDays: v.exactOptional(described(v.number(), "Days after the push until they are deleted.")),
});

const rules = {
  mutableTags: v.exactOptional(
    described(
      v.union([v.literal("all"), texts]),
      "Tags that may be moved to another image, with * for anything, or all. Default: none.",
    ),
  ),
  lifecycle: v.exactOptional(
    described(
      v.union([v.literal(false), v.array(lifecycleRule)]),
      "Which images ECR deletes, first match first; false for none. Default: untagged ones after 14 days, and all but the newest 1,000.",
    ),
  ),
  encryption: v.exactOptional(described(v.picklist(["KMS", "AES256"]), "Default: KMS. AWS cannot change it.")),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts the images. Default: one of its own.")),
  pullAccounts: v.exactOptional(described(texts, "Accounts beside its own that may pull, in quotes. Default: none.")),
  pullOrganizations: v.exactOptional(
    described(texts, "Ids of organizations all of whose accounts may pull. Default: none."),
  ),
  pullRoles: v.exactOptional(
    described(
      texts,
      "Names of IAM roles of the account that may pull, such as of nodes of EKS. Task definitions here may already. Default: none.",
    ),
  ),
};

const repository = v.strictObject({
  repositoryName: v.exactOptional(described(text, "Default: <name>/<key>. AWS cannot change it.")),
  scanOnPush: v.exactOptional(
    described(v.boolean(), "Whether each push is scanned for vulnerabilities. Default: true."),
  ),
  forceDelete: v.exactOptional(
    described(v.boolean(), "Whether Terraform deletes the images with the repository. Default: false."),
  ),
  ...rules,
});

const cache = v.strictObject({
  upstream: v.exactOptional(
    described(
      v.picklist(["azure", "docker-hub", "ecr", "ecr-public", "github", "gitlab", "kubernetes", "quay"]),
      "The registry. Default: the key.",
    ),
  ),
  upstreamHost: v.exactOptional(described(text, "Its host, of azure and ecr, which have one for each customer.")),
  credentialsArn: v.exactOptional(
    described(text, "Secret with username and accessToken, whose name begins with ecr-pullthroughcache/."),
  ),
  upstreamRoleArn: v.exactOptional(described(text, "Role by which ECR pulls from an ECR of another account.")),
  roleName: v.exactOptional(
    described(text, "Role by which ECR makes encrypted repositories. Default: ecr-cache-<region>-<key>."),
  ),
  ...rules,
});

export const repositoriesSchema = described(
  v.record(text, repository),
  "ECR repositories by name. A container names an image of one as { repository: <name>, tag: <tag> }.",
);

export const pullThroughCachesSchema = described(
  v.record(text, cache),
  "Registries whose images ECR keeps copies of, by the prefix of the copies. Tasks whose containers name a copy may pull it.",
);

export const registryScanningSchema = described(
  v.strictObject({
    type: v.exactOptional(
      described(v.picklist(["basic", "enhanced"]), "ECR's own scanner, or Amazon Inspector. Default: basic."),
    ),
    onPush: v.exactOptional(
      described(texts, "Repositories, with * for anything, whose images are scanned when pushed. Default: all."),
    ),
    continuous: v.exactOptional(
      described(
        texts,
        "Repositories, with * for anything, whose images are scanned again with every new finding. Enhanced only. Default: none.",
      ),
    ),
  }),
  "How ECR scans the images of the whole account in the region, copies of caches among them. One stack may have it.",
);

type Repository = v.InferOutput<typeof repository>;
type Cache = v.InferOutput<typeof cache>;

/** What a key can be: it stands in the name of the repository, or in front of those of copies. */
const KEY = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;

/** What is wrong with them, seen from 'ecs'. */
export function repositoriesProblems({ name, region, ecs }: EcsSettings): Problem[] {
  const { repositories = {}, pullThroughCaches = {}, registryScanning = {} } = ecs;
  return [
    ...Object.entries(repositories).flatMap(([key, options]) =>
      under(["repositories", key], [...keyProblems("a repository", key), ...ofRepository(name, key, options)]),
    ),
    ...Object.entries(pullThroughCaches).flatMap(([key, options]) =>
      under(["pullThroughCaches", key], [...keyProblems("a cache", key), ...ofCache(region, key, options)]),
    ),
    ...under("registryScanning", registryScanningProblems(registryScanning)),
  ];
}

function keyProblems(what: string, key: string): Problem[] {
  return problemAt(
    [],
    KEY.test(key)
      ? undefined
      : `the name of ${what} must be lower-case letters and digits, with ".", "_" and "-" between them, so that it can stand in the name of an image, got ${quote(key)}`,
  );
}

function ofRepository(name: string, key: string, options: Repository): Problem[] {
  const { repositoryName = names.containerRepository(name, key), pullRoles } = options;
  return [
    ...problemAt(
      options.repositoryName === undefined ? [] : ["repositoryName"],
      repositoryNameProblem(repositoryName, options),
    ),
    ...repositoryProblems(options),
    ...pullRoleProblems(pullRoles, names.repositoryPull(repositoryName)),
  ];
}

function ofCache(region: string, key: string, options: Cache): Problem[] {
  const { upstream = key, roleName = names.pullThroughCacheRole(region, key), pullRoles } = options;
  if (!isUpstreamRegistry(upstream)) {
    return [
      {
        at: [],
        message: `cache ${quote(key)} is not called as a registry that ECR knows, so that it needs 'upstream', like "docker-hub"`,
      },
    ];
  }
  return [
    ...pullThroughCacheProblems({ ...options, upstream, prefix: key }),
    ...problemAt(
      options.roleName === undefined ? [] : ["roleName"],
      options.encryption === "AES256" ? undefined : nameProblem("role", roleName, "give another 'roleName'"),
    ),
    ...pullRoleProblems(pullRoles, names.pullThroughCachePull(key)),
  ];
}

function pullRoleProblems(pullRoles: readonly string[] = [], policyName: string): Problem[] {
  return [
    ...problemAt(
      ["pullRoles"],
      pullRoles.length === 0 ? undefined : nameProblem("policy", policyName, "choose a shorter name of the repository"),
    ),
    ...pullRoles.flatMap((role, index) =>
      problemAt(
        ["pullRoles", index],
        pullRoles.indexOf(role) < index
          ? `'pullRoles' has ${quote(role)} twice; keep one`
          : nameProblem("role", role, "give the role's name, not its ARN"),
      ),
    ),
  ];
}

/** A cache of the settings as the model and the construct take it. */
export function cacheOptions(
  key: string,
  { upstream = key as PullThroughCacheOptions["upstream"], ...options }: Cache,
) {
  const { pullRoles: _, ...rest } = options;
  return { ...rest, upstream, prefix: key };
}
