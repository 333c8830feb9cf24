import { PULL_ACTIONS, type RepositoryRules, repositoryProblems } from "./container-repository";
import { nameProblem, names } from "./names";
import type { Place } from "./place";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/** Registries whose images ECR can keep copies of. */
export type UpstreamRegistry = keyof typeof UPSTREAMS;

/** Of which registry ECR keeps images, and what its copies are like. */
export interface PullThroughCacheOptions extends RepositoryRules {
  /** The registry whose images are kept. */
  readonly upstream: UpstreamRegistry;
  /** Host of the registry, where it is not one for everybody: of "ecr" and of "azure". @default - the one for everybody */
  readonly upstreamHost?: string;
  /** What the repositories with the copies are called in front. AWS cannot change it. @default - the name of the upstream */
  readonly prefix?: string;
  /**
   * ARN of a secret of Secrets Manager whose name begins with `ecr-pullthroughcache/`, in the same account and Region,
   * with `username` and `accessToken`. @default - none, for registries that ask for none
   */
  readonly credentialsArn?: string;
  /** ARN of the role by which ECR pulls from an ECR of another account. @default - none: the same account */
  readonly upstreamRoleArn?: string;
}

interface Upstream {
  /** `undefined` where each customer has one. */
  readonly host: string | undefined;
  readonly hostPattern?: RegExp;
  readonly hostExample?: string;
  readonly credentials: "needed" | "none";
}

/**
 * Sources: API model of ECR, CreatePullThroughCacheRule, 2026-11-17; ECR User Guide, "Creating a pull through cache rule
 * in Amazon ECR", 2026.
 */
export const UPSTREAMS = {
  "ecr-public": { host: "public.ecr.aws", credentials: "none" },
  kubernetes: { host: "registry.k8s.io", credentials: "none" },
  quay: { host: "quay.io", credentials: "none" },
  "docker-hub": { host: "registry-1.docker.io", credentials: "needed" },
  github: { host: "ghcr.io", credentials: "needed" },
  gitlab: { host: "registry.gitlab.com", credentials: "needed" },
  azure: {
    host: undefined,
    hostPattern: /^[a-z0-9]{5,50}\.azurecr\.io$/,
    hostExample: "shop.azurecr.io",
    credentials: "needed",
  },
  ecr: {
    host: undefined,
    hostPattern: /^\d{12}\.dkr\.ecr\.[a-z]+(-[a-z]+)+-\d\.[a-z0-9.-]+$/,
    hostExample: "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    credentials: "none",
  },
} as const satisfies Readonly<Record<string, Upstream>>;

/** Whether ECR can keep copies of images of the registry. */
export function isUpstreamRegistry(name: string): name is UpstreamRegistry {
  return Object.hasOwn(UPSTREAMS, name);
}

/** Source: API model of ECR, PullThroughCacheRuleRepositoryPrefix and CredentialArn, 2026-11-17. */
const CREDENTIALS = /^arn:[\w-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:ecr-pullthroughcache\/[\w/+=.@-]+$/;
const ROLE = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

const IMAGE_NAME = /^[a-z0-9]+([._/-]+[a-z0-9]+)*$/;

/** What a puller does with the copies: the first pull of an image makes its repository, and has ECR fetch it. */
export const CACHE_PULL_ACTIONS: readonly string[] = [
  ...PULL_ACTIONS,
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
];

type Known = (value: string) => boolean;

/** The prefix of the repositories with the copies. */
export function cachePrefixOf({ upstream, prefix = upstream }: PullThroughCacheOptions): string {
  return prefix;
}

/** The host from which the images come; the rules have looked whether there is one. */
export function upstreamHostOf({ upstream, upstreamHost }: PullThroughCacheOptions): string {
  return UPSTREAMS[upstream].host ?? upstreamHost ?? "";
}

/** Whether the registry is the one that the copies would be in. AWS tells of other accounts and other Regions alone. */
export function ownRegistryWarnings(
  { upstream, upstreamHost = "" }: PullThroughCacheOptions,
  { region, account }: Place,
): string[] {
  return upstream === "ecr" && upstreamHost.startsWith(`${account}.dkr.ecr.${region}.`)
    ? [
        `'upstreamHost' ${quote(upstreamHost)} is the registry that the copies would lie in; use its repositories themselves`,
      ]
    : [];
}

/** What is wrong with a cache. */
export function pullThroughCacheProblems(options: PullThroughCacheOptions, known: Known = () => true): Problem[] {
  const { upstream, upstreamRoleArn } = options;
  if (!isUpstreamRegistry(upstream)) {
    return [
      {
        at: ["upstream"],
        message: `'upstream' must be one of ${quoteAll(Object.keys(UPSTREAMS))}, got ${quote(upstream)}`,
      },
    ];
  }
  return [
    ...problemAt(["prefix"], prefixProblem(cachePrefixOf(options), options)),
    ...hostProblems(options, known),
    ...credentialsProblems(options, known),
    ...problemAt(
      ["upstreamRoleArn"],
      upstreamRoleArn === undefined
        ? undefined
        : upstream !== "ecr"
          ? `'upstreamRoleArn' is for 'upstream' "ecr", got ${quote(upstream)}; remove it`
          : !known(upstreamRoleArn) || ROLE.test(upstreamRoleArn)
            ? undefined
            : `'upstreamRoleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/cache", got ${quote(upstreamRoleArn)}`,
    ),
    ...repositoryProblems(options, known),
  ];
}

function prefixProblem(prefix: string, { encryption, kmsKeyArn }: RepositoryRules): string | undefined {
  return prefix === "ROOT"
    ? `'prefix' must not be "ROOT", under which copies stand beside your own repositories, so that no role's pull could be limited to them; choose another, like "docker-hub"`
    : (nameProblem("pullThroughCache", prefix, "choose another 'prefix'") ??
        (encryption === "AES256" || kmsKeyArn !== undefined
          ? undefined
          : nameProblem("keyAlias", names.pullThroughCacheKey(prefix), "choose another 'prefix'")));
}

function hostProblems({ upstream, upstreamHost }: PullThroughCacheOptions, known: Known): Problem[] {
  const { host, hostPattern, hostExample }: Upstream = UPSTREAMS[upstream];
  const message =
    host !== undefined
      ? upstreamHost === undefined
        ? undefined
        : `'upstreamHost' is for 'upstream' "azure" and "ecr", and that of ${quote(upstream)} is ${quote(host)}; remove it`
      : upstreamHost === undefined
        ? `'upstream' ${quote(upstream)} needs 'upstreamHost', the registry's own host, like ${quote(hostExample)}`
        : !known(upstreamHost) || hostPattern?.test(upstreamHost) === true
          ? undefined
          : `'upstreamHost' of ${quote(upstream)} must be like ${quote(hostExample)}, got ${quote(upstreamHost)}`;
  return problemAt(["upstreamHost"], message);
}

function credentialsProblems({ upstream, credentialsArn }: PullThroughCacheOptions, known: Known): Problem[] {
  const { credentials }: Upstream = UPSTREAMS[upstream];
  const message =
    credentials === "none"
      ? credentialsArn === undefined
        ? undefined
        : `'credentialsArn' is for registries that ask for credentials, which ${quote(upstream)} does not; remove it`
      : credentialsArn === undefined
        ? `'upstream' ${quote(upstream)} needs 'credentialsArn', a secret of Secrets Manager whose name begins with "ecr-pullthroughcache/"`
        : !known(credentialsArn) || CREDENTIALS.test(credentialsArn)
          ? undefined
          : `'credentialsArn' must be the ARN of a secret whose name begins with "ecr-pullthroughcache/", got ${quote(credentialsArn)}; ECR reads no other`;
  return problemAt(["credentialsArn"], message);
}

/**
 * The name of an image in the cache. Docker Hub's own images have "library/" in front, which people leave out.
 *
 * @param name of the image at its registry, such as `nginx` or `grafana/grafana`
 */
export function cachedImageName(options: PullThroughCacheOptions, name: string): string {
  const whole = options.upstream === "docker-hub" && !name.includes("/") ? `library/${name}` : name;
  return `${cachePrefixOf(options)}/${whole}`;
}

/** Why no image can have the name, or `undefined`. */
export function cachedImageProblem(name: string): string | undefined {
  return IMAGE_NAME.test(name)
    ? undefined
    : `the image of a cache must be named as at its registry, without the host, like "nginx/nginx", got ${quote(name)}`;
}
