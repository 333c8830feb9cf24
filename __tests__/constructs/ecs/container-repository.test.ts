import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformVariable } from "cdktf";
import { ContainerRepository, type ContainerRepositoryProps } from "../../../src/constructs/ecs/container-repository";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

function build(options: Partial<ContainerRepositoryProps> = {}) {
  const stack = stackFor();
  const repository = new ContainerRepository(stack, "web", { repositoryName: "shop/web", ...options });
  return { stack, repository, text: synth(stack) };
}

describe("ContainerRepository", () => {
  test("scans each push, lets no tag be moved, encrypts with a key of its own and keeps its images from Terraform", () => {
    const { text } = build();
    expect(resource(text, EcrRepository)).toEqual({
      name: "shop/web",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.web_key_key.arn}" }],
      force_delete: false,
    });
    expect(text).toHaveResourceWithProperties(KmsKey, { enable_key_rotation: true });
    expect(text).toHaveResourceWithProperties(KmsAlias, { name: "alias/shop/web-ecr" });
    expect(addresses(text)).toEqual([
      "aws_ecr_lifecycle_policy.web_lifecycle",
      "aws_ecr_repository.web_repository",
      "aws_kms_alias.web_key_alias",
      "aws_kms_key.web_key_key",
    ]);
  });

  test("deletes untagged images after two weeks and all but the newest thousand", () => {
    const { text } = build();
    const { repository, policy } = resource(text, EcrLifecyclePolicy);
    expect(repository).toBe("${aws_ecr_repository.web_repository.name}");
    expect(JSON.parse(String(policy))).toMatchObject({
      rules: [{ selection: { tagStatus: "untagged" } }, { selection: { tagStatus: "any", countNumber: 1000 } }],
    });
  });

  test("has everything that can be said", () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const { text } = build({
      kmsKeyArn,
      mutableTags: ["latest", "dev-*"],
      lifecycle: [{ tagPatterns: ["v*"], keep: 5 }],
      scanOnPush: false,
      forceDelete: true,
      pullAccounts: ["444455556666", ACCOUNT, ACCOUNT],
      pullOrganizations: ["o-a1b2c3d4e5"],
    });
    expect(resource(text, EcrRepository)).toEqual({
      name: "shop/web",
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [
        { filter: "dev-*", filter_type: "WILDCARD" },
        { filter: "latest", filter_type: "WILDCARD" },
      ],
      image_scanning_configuration: { scan_on_push: false },
      encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
      force_delete: true,
    });
    const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    expect(statements(resource(text, EcrRepositoryPolicy).policy)).toEqual([
      { Effect: "Allow", Action: pull, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      { Effect: "Allow", Action: pull, Principal: { AWS: "arn:aws:iam::444455556666:root" } },
      {
        Sid: "Organizations",
        Effect: "Allow",
        Action: pull,
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5"] } },
      },
    ]);
    expect(resources(text, KmsKey)).toEqual({});
  });

  test("can do without a key, without an end for images and with tags that move", () => {
    const { text } = build({ encryption: "AES256", lifecycle: false, mutableTags: "all" });
    expect(resource(text, EcrRepository)).toMatchObject({
      image_tag_mutability: "MUTABLE",
      encryption_configuration: [{ encryption_type: "AES256" }],
    });
    expect(addresses(text)).toEqual(["aws_ecr_repository.web_repository"]);
  });

  test("lets a role pull from it and from no other repository", () => {
    const { stack, repository } = build();
    repository.grantPull("nodes", "platform-nodes");
    const policy = resource(synth(stack), IamRolePolicy, "web_pull-nodes");
    expect(policy).toMatchObject({ role: "platform-nodes", name: "ecr-pull-shop+web" });
    expect(statements(policy.policy)).toEqual([
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "${aws_ecr_repository.web_repository.arn}",
      },
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
  });

  test("names its images by its URL, which Terraform knows once it is there", () => {
    const { stack, repository } = build();
    const url = "${aws_ecr_repository.web_repository.repository_url}";
    expect(resolved(stack, repository.image("v1.4.2"))).toBe(`${url}:v1.4.2`);
    expect(resolved(stack, repository.image(`sha256:${"0".repeat(64)}`))).toBe(`${url}@sha256:${"0".repeat(64)}`);
    expect(refusal(() => repository.image("v 1"))).toContain("[test/web] the image of a repository needs a tag");
  });

  test("warns where an image that runs is deleted", () => {
    const { stack } = build({ lifecycle: [{ images: "any", expireAfterDays: 30 }] });
    expect(warnings(stack)).toEqual([expect.stringContaining("[test/web] rule 1 of 'lifecycle' deletes every image")]);
  });

  test("refuses everything that is wrong at once", () => {
    expect(
      refusal(() => build({ repositoryName: "Web", lifecycle: [], mutableTags: [], pullAccounts: ["1"] })).split("\n"),
    ).toEqual([
      expect.stringContaining("[test/web] the name of an ECR repository must be 2 to 256 characters"),
      expect.stringContaining("[test/web] 'mutableTags' must be"),
      expect.stringContaining("[test/web] 'lifecycle' must hold at least one rule"),
      expect.stringContaining("[test/web] 'pullAccounts' must hold AWS accounts"),
    ]);
  });

  test("leaves what Terraform alone knows to AWS", () => {
    const stack = stackFor();
    const later = new TerraformVariable(stack, "later", {}).stringValue;
    new ContainerRepository(stack, "web", { repositoryName: "shop/web", kmsKeyArn: later, pullAccounts: [later] });
    expect(synth(stack)).toContain("${var.later}");
  });

  test.each(PARTITIONS)("names accounts as its partition does, in $region", ({ region, partition }) => {
    const text = synthIn(region, (stack) => {
      new ContainerRepository(stack, "web", { repositoryName: "web", pullAccounts: [ACCOUNT] });
    });
    expect(statements(resource(text, EcrRepositoryPolicy).policy)).toMatchObject([
      { Principal: { AWS: `arn:${partition}:iam::${ACCOUNT}:root` } },
    ]);
  });
});

describe("an imported repository", () => {
  test.each(PARTITIONS)("is in the stack's account and Region when nothing is said, in $region", (place) => {
    const { region, partition, dnsSuffix } = place;
    const stack = stackFor(region);
    const repository = ContainerRepository.fromAttributes(stack, "base", { repositoryName: "base/java" });
    expect(repository.repositoryArn).toBe(`arn:${partition}:ecr:${region}:${ACCOUNT}:repository/base/java`);
    expect(repository.image("25")).toBe(`${ACCOUNT}.dkr.ecr.${region}.${dnsSuffix}/base/java:25`);
    expect(addresses(synth(stack))).toEqual([]);
  });

  test("may be somewhere else, and lets roles pull", () => {
    const stack = stackFor();
    const repository = ContainerRepository.fromAttributes(stack, "base", {
      repositoryName: "base/java",
      account: "444455556666",
      region: "us-east-1",
    });
    repository.grantPull("nodes", "platform-nodes");
    expect(repository.repositoryUrl).toBe("444455556666.dkr.ecr.us-east-1.amazonaws.com/base/java");
    expect(statements(resource(synth(stack), IamRolePolicy).policy)).toMatchObject([
      { Resource: "arn:aws:ecr:us-east-1:444455556666:repository/base/java" },
      { Resource: "*" },
    ]);
  });

  test("has a name that ECR takes", () => {
    expect(refusal(() => ContainerRepository.fromAttributes(stackFor(), "base", { repositoryName: "Base" }))).toContain(
      "[test/base] the name of an ECR repository must be",
    );
  });

  test("has a name from which that of the role's policy can be made", () => {
    const repository = ContainerRepository.fromAttributes(stackFor(), "base", { repositoryName: "x".repeat(130) });
    expect(refusal(() => repository.grantPull("nodes", "nodes"))).toContain("the name of an IAM policy must be");
  });
});
