import {
  cachedImageName,
  cachedImageProblem,
  ownRegistryWarnings,
  type PullThroughCacheOptions,
  pullThroughCacheProblems,
  UPSTREAMS,
  type UpstreamRegistry,
  upstreamHostOf,
} from "../../src/model/pull-through-cache";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/hub-AbCdEf";

/** The least that each registry needs. */
const LEAST: Readonly<Record<UpstreamRegistry, PullThroughCacheOptions>> = {
  "ecr-public": { upstream: "ecr-public" },
  kubernetes: { upstream: "kubernetes" },
  quay: { upstream: "quay" },
  "docker-hub": { upstream: "docker-hub", credentialsArn: SECRET },
  github: { upstream: "github", credentialsArn: SECRET },
  gitlab: { upstream: "gitlab", credentialsArn: SECRET },
  azure: { upstream: "azure", credentialsArn: SECRET, upstreamHost: "shopimages.azurecr.io" },
  ecr: { upstream: "ecr", upstreamHost: "111122223333.dkr.ecr.us-east-1.amazonaws.com" },
};

const messages = (options: PullThroughCacheOptions) => pullThroughCacheProblems(options).map(({ message }) => message);

describe("a pull through cache", () => {
  test.each(Object.entries(LEAST))("knows %s", (_, options) => {
    expect(pullThroughCacheProblems(options)).toEqual([]);
    expect(upstreamHostOf(options)).toMatch(/^[a-z0-9.-]+$/);
  });

  test.each(Object.keys(UPSTREAMS) as UpstreamRegistry[])(
    "asks of %s for credentials where the registry does",
    (upstream) => {
      const needed = UPSTREAMS[upstream].credentials === "needed";
      const { credentialsArn: _, ...without } = LEAST[upstream];
      expect(messages(without)).toEqual(
        needed
          ? [
              `'upstream' "${upstream}" needs 'credentialsArn', a secret of Secrets Manager whose name begins with "ecr-pullthroughcache/"`,
            ]
          : [],
      );
      expect(messages({ ...without, credentialsArn: SECRET })).toEqual(
        needed
          ? []
          : [`'credentialsArn' is for registries that ask for credentials, which "${upstream}" does not; remove it`],
      );
    },
  );

  test("takes no secret of another name", () => {
    const credentialsArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:docker-hub-AbCdEf";
    expect(pullThroughCacheProblems({ upstream: "docker-hub", credentialsArn })).toEqual([
      {
        at: ["credentialsArn"],
        message: `'credentialsArn' must be the ARN of a secret whose name begins with "ecr-pullthroughcache/", got "${credentialsArn}"; ECR reads no other`,
      },
    ]);
  });

  test("takes a host of registries that have one for each customer, and of no others", () => {
    expect(messages({ upstream: "ecr" })).toEqual([
      `'upstream' "ecr" needs 'upstreamHost', the registry's own host, like "111122223333.dkr.ecr.eu-west-1.amazonaws.com"`,
    ]);
    expect(messages({ upstream: "azure", credentialsArn: SECRET, upstreamHost: "https://x.azurecr.io" })).toEqual([
      `'upstreamHost' of "azure" must be like "shop.azurecr.io", got "https://x.azurecr.io"`,
    ]);
    expect(messages({ upstream: "quay", upstreamHost: "quay.io" })).toEqual([
      `'upstreamHost' is for 'upstream' "azure" and "ecr", and that of "quay" is "quay.io"; remove it`,
    ]);
  });

  test("takes a role of ECR alone", () => {
    const upstreamRoleArn = "arn:aws:iam::111122223333:role/cache";
    expect(pullThroughCacheProblems({ ...LEAST.ecr, upstreamRoleArn })).toEqual([]);
    expect(messages({ upstream: "quay", upstreamRoleArn })).toEqual([
      `'upstreamRoleArn' is for 'upstream' "ecr", got "quay"; remove it`,
    ]);
    expect(messages({ ...LEAST.ecr, upstreamRoleArn: "cache" })).toEqual([
      `'upstreamRoleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/cache", got "cache"`,
    ]);
  });

  test("has a prefix that ECR takes, under which no repositories of others stand", () => {
    for (const prefix of ["a", "Hub", "x".repeat(31), "hub/"]) {
      expect(messages({ upstream: "quay", prefix })).toEqual([
        expect.stringContaining("the name of an ECR pull through cache must be 2 to 30 characters"),
      ]);
    }
    expect(messages({ upstream: "quay", prefix: "ROOT" })).toEqual([
      expect.stringContaining(`'prefix' must not be "ROOT", under which copies stand beside your own repositories`),
    ]);
  });

  test("knows no other registry", () => {
    expect(messages({ upstream: "gcr" as "quay" })).toEqual([
      `'upstream' must be one of "azure", "docker-hub", "ecr", "ecr-public", "github", "gitlab", "kubernetes", "quay", got "gcr"`,
    ]);
  });

  test("is as strict with what it copies as a repository", () => {
    expect(pullThroughCacheProblems({ upstream: "quay", mutableTags: [] })).toMatchObject([{ at: ["mutableTags"] }]);
  });
});

describe("the copy of an image", () => {
  test("is called as the image, behind the prefix", () => {
    expect(cachedImageName({ upstream: "quay" }, "prometheus/node-exporter")).toBe("quay/prometheus/node-exporter");
    expect(cachedImageName({ upstream: "quay", prefix: "q" }, "nginx")).toBe("q/nginx");
  });

  test("of one of Docker Hub's own is in its library", () => {
    expect(cachedImageName(LEAST["docker-hub"], "nginx")).toBe("docker-hub/library/nginx");
    expect(cachedImageName(LEAST["docker-hub"], "grafana/grafana")).toBe("docker-hub/grafana/grafana");
  });

  test.each(["", "Nginx", "/nginx", "nginx:1.29", "nginx/"])("is not called %p", (name) => {
    expect(cachedImageProblem(name)).toContain(
      "the image of a cache must be named as at its registry, without the host",
    );
  });
});

test("a registry of ECR is named with its Region, and is another than that of the copies", () => {
  const { upstreamHost } = LEAST.ecr;
  expect(messages({ upstream: "ecr", upstreamHost: "111122223333.dkr.ecr.amazonaws.com" })).toEqual([
    expect.stringContaining("'upstreamHost' of \"ecr\" must be like"),
  ]);
  const account = "111122223333";
  expect(ownRegistryWarnings(LEAST.ecr, { region: "us-east-1", account })).toEqual([
    `'upstreamHost' "${upstreamHost}" is the registry that the copies would lie in; use its repositories themselves`,
  ]);
  expect(ownRegistryWarnings(LEAST.ecr, { region: "eu-west-1", account })).toEqual([]);
  expect(ownRegistryWarnings(LEAST.ecr, { region: "us-east-1" })).toEqual([]);
  expect(ownRegistryWarnings(LEAST.quay, { region: "us-east-1", account })).toEqual([]);
});
