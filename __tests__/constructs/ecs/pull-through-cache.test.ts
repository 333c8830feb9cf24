import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { PullThroughCache, type PullThroughCacheProps } from "../../../src/constructs/ecs/pull-through-cache";
import { ACCOUNT, addresses, refusal, resource, stackFor, statements, synth, warnings } from "../../support/stack";

const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:ecr-pullthroughcache/hub-AbCdEf`;

function build(props: PullThroughCacheProps) {
  const stack = stackFor();
  const cache = new PullThroughCache(stack, "cache", props);
  return { stack, cache, text: synth(stack) };
}

describe("PullThroughCache", () => {
  test("has ECR copy images into repositories as strict as one's own, which are there before the first pull", () => {
    const { text } = build({ upstream: "docker-hub", credentialsArn: SECRET });
    expect(resource(text, EcrPullThroughCacheRule)).toEqual({
      ecr_repository_prefix: "docker-hub",
      upstream_registry_url: "registry-1.docker.io",
      credential_arn: SECRET,
      depends_on: ["aws_ecr_repository_creation_template.cache_template"],
    });
    const { lifecycle_policy, ...template } = resource(text, EcrRepositoryCreationTemplate);
    expect(template).toEqual({
      prefix: "docker-hub",
      description: "Copies of images of registry-1.docker.io",
      applied_for: ["PULL_THROUGH_CACHE"],
      image_tag_mutability: "IMMUTABLE",
      encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.cache_key_key.arn}" }],
      custom_role_arn: "${aws_iam_role.cache_role.arn}",
      depends_on: ["aws_iam_role_policy.cache_role-policy"],
    });
    expect(JSON.parse(String(lifecycle_policy))).toMatchObject({ rules: [{ rulePriority: 1 }, { rulePriority: 2 }] });
    expect(addresses(text)).toEqual([
      "aws_ecr_pull_through_cache_rule.cache_rule",
      "aws_ecr_repository_creation_template.cache_template",
      "aws_iam_role.cache_role",
      "aws_iam_role_policy.cache_role-policy",
      "aws_kms_alias.cache_key_alias",
      "aws_kms_key.cache_key_key",
    ]);
  });

  test("lets ECR make repositories with the prefix, and use their key", () => {
    const { text } = build({ upstream: "quay" });
    const { name, assume_role_policy } = resource(text, IamRole);
    expect(name).toBe("ecr-cache-eu-west-1-quay");
    expect(statements(assume_role_policy)).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecr.amazonaws.com" } },
    ]);
    expect(statements(resource(text, IamRolePolicy).policy)).toEqual([
      {
        Sid: "Repositories",
        Effect: "Allow",
        Action: "ecr:CreateRepository",
        Resource: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/quay/*`,
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
        Resource: "${aws_kms_key.cache_key_key.arn}",
      },
    ]);
  });

  test("has everything that can be said", () => {
    const { text } = build({
      upstream: "ecr",
      upstreamHost: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`,
      upstreamRoleArn: `arn:aws:iam::${ACCOUNT}:role/upstream`,
      prefix: "central/images",
      encryption: "AES256",
      mutableTags: ["latest"],
      lifecycle: false,
      pullAccounts: [ACCOUNT],
    });
    expect(resource(text, EcrPullThroughCacheRule)).toMatchObject({
      ecr_repository_prefix: "central/images",
      upstream_registry_url: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`,
      custom_role_arn: `arn:aws:iam::${ACCOUNT}:role/upstream`,
    });
    const { repository_policy, ...template } = resource(text, EcrRepositoryCreationTemplate);
    expect(template).toEqual({
      prefix: "central/images",
      description: expect.any(String),
      applied_for: ["PULL_THROUGH_CACHE"],
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [{ filter: "latest", filter_type: "WILDCARD" }],
      encryption_configuration: [{ encryption_type: "AES256" }],
    });
    expect(statements(repository_policy)).toMatchObject([{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }]);
    expect(addresses(text)).toHaveLength(2);
  });

  test("names copies by the registry of the stack's account", () => {
    const { cache } = build({ upstream: "docker-hub", credentialsArn: SECRET });
    const host = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;
    expect(cache.image("nginx", "1.29")).toBe(`${host}/docker-hub/library/nginx:1.29`);
    expect(cache.image("grafana/grafana", "12.2.1")).toBe(`${host}/docker-hub/grafana/grafana:12.2.1`);
    expect(refusal(() => cache.image("nginx:1.29", ""))).toMatch(
      /^\[test\/cache\] the image of a cache must be named.*\n\[test\/cache\] the image of a repository needs a tag/,
    );
  });

  test("knows its copies by the Region and the prefix", () => {
    const { cache } = build({ upstream: "quay", encryption: "AES256" });
    expect(cache.holds(cache.image("a/b", "1"))).toBe(true);
    expect(cache.holds(`${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/quay/a:1`)).toBe(false);
    expect(cache.holds(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/quayside/a:1`)).toBe(false);
    expect(cache.holds("quay.io/a/b:1")).toBe(false);
  });

  test("lets a role pull copies and make those that are not there", () => {
    const { stack, cache } = build({ upstream: "quay", encryption: "AES256" });
    cache.grantPull("nodes", "platform-nodes");
    const policy = resource(synth(stack), IamRolePolicy);
    expect(policy).toMatchObject({ role: "platform-nodes", name: "ecr-cache-pull-quay" });
    expect(statements(policy.policy)).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:BatchImportUpstreamImage",
          "ecr:CreateRepository",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/quay/*`,
      },
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
  });

  test("refuses what ECR would refuse, and a role's name that IAM would", () => {
    expect(refusal(() => build({ upstream: "docker-hub", prefix: "Hub" })).split("\n")).toEqual([
      expect.stringContaining("[test/cache] the name of an ECR pull through cache must be 2 to 30 characters"),
      expect.stringContaining("[test/cache] 'upstream' \"docker-hub\" needs 'credentialsArn'"),
    ]);
    expect(refusal(() => build({ upstream: "quay", roleName: "a b" }))).toContain("give another 'roleName'");
  });

  test("warns where an image that runs is deleted", () => {
    const { stack } = build({ upstream: "quay", lifecycle: [{ images: "any", expireAfterDays: 7 }] });
    expect(warnings(stack)).toHaveLength(1);
  });
});
