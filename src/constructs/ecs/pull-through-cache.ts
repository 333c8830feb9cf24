import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CACHE_ARNS } from "../../model/arn-places";
import {
  imageOf,
  lifecyclePolicyOf,
  repositoryWarnings,
  tagMutabilityOf,
  tagOrDigestProblem,
} from "../../model/container-repository";
import { ecrRepositoryOf } from "../../model/ecr-image";
import { nameProblem, names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import {
  CACHE_PULL_ACTIONS,
  cachedImageName,
  cachedImageProblem,
  cachePrefixOf,
  ownRegistryWarnings,
  type PullThroughCacheOptions,
  pullThroughCacheProblems,
  upstreamHostOf,
} from "../../model/pull-through-cache";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import { grantPull, pullStatements, repositoryPolicyJson } from "./ecr-pull";

/** What a `PullThroughCache` is told. */
export interface PullThroughCacheProps extends PullThroughCacheOptions {
  /** Name of the role by which ECR makes encrypted repositories. @default - `ecr-cache-<region>-<prefix>` */
  readonly roleName?: string;
}

/**
 * A registry whose images ECR copies when they are first pulled, and asks once a day whether they have changed. The
 * repositories that ECR makes for the copies are encrypted, and have the lifecycle and policy that are given here.
 *
 * Tags of the copies cannot be moved unless `mutableTags` says so: a tag that its publisher moves stays with the image
 * that was first pulled.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 * @example
 * const cache = new PullThroughCache(this, "docker-hub", {
 *   upstream: "docker-hub",
 *   credentialsArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf",
 * });
 * const image = cache.image("grafana/grafana", "12.2.1");
 */
export class PullThroughCache extends Construct {
  /** What the repositories with the copies are called in front. */
  readonly prefix: string;
  /** ARN of all repositories with copies, with `*` in place of their names. */
  readonly repositoryArns: string;
  /** What has to be there before an image can be pulled. */
  readonly ready: readonly ITerraformDependable[];
  private readonly options: PullThroughCacheOptions;
  private readonly registry: string;

  constructor(scope: Construct, id: string, props: PullThroughCacheProps) {
    super(scope, id);
    refuse(this, [
      ...pullThroughCacheProblems(props, isKnown),
      ...arnPlaceProblems(props, CACHE_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    for (const warning of [
      ...repositoryWarnings(props),
      ...ownRegistryWarnings(props, AwsEnvironment.of(this).place),
    ]) {
      Annotations.of(this).addWarning(warning);
    }
    const environment = AwsEnvironment.of(this);
    this.options = props;
    this.prefix = cachePrefixOf(props);
    this.repositoryArns = environment.arn("ecr", `repository/${this.prefix}/*`);
    this.registry = `${environment.account}.dkr.ecr.${environment.region}.${environment.partition.dnsSuffix}`;
    const template = this.createTemplate(props);
    const { credentialsArn, upstreamRoleArn } = props;
    const rule = new EcrPullThroughCacheRule(this, "rule", {
      ecrRepositoryPrefix: this.prefix,
      upstreamRegistryUrl: upstreamHostOf(props),
      ...(credentialsArn === undefined ? {} : { credentialArn: credentialsArn }),
      ...(upstreamRoleArn === undefined ? {} : { customRoleArn: upstreamRoleArn }),
      // A repository that ECR made before there is a template would be without all of it.
      dependsOn: [template],
    });
    this.ready = [rule];
  }

  /** What lets a role pull copies, and have ECR make those that are not there yet. */
  get pullStatements(): readonly PolicyStatement[] {
    return pullStatements(CACHE_PULL_ACTIONS, this.repositoryArns);
  }

  /**
   * An image of the registry, as a container names its copy.
   *
   * @param name as at its registry without the host, such as `grafana/grafana`
   * @throws InvalidPropsError when no image can have the name, or the tag or digest
   */
  image(name: string, tagOrDigest: string): string {
    refuse(this, [ifKnown(name, cachedImageProblem), ifKnown(tagOrDigest, tagOrDigestProblem)]);
    return imageOf(`${this.registry}/${cachedImageName(this.options, name)}`, tagOrDigest);
  }

  /** Whether the image is one of the cache's copies, as far as its text tells. */
  holds(image: string): boolean {
    const found = ifKnown(image, ecrRepositoryOf);
    return found?.region === AwsEnvironment.of(this).region && found.repository.startsWith(`${this.prefix}/`);
  }

  /**
   * Lets a role pull copies, and have ECR make those that are not there yet.
   *
   * @param key name among the roles that may, from which an id is derived
   * @returns what has to be there before the role can pull
   */
  grantPull(key: string, roleName: string): ITerraformDependable {
    return grantPull(this, key, roleName, names.pullThroughCachePull(this.prefix), this.pullStatements);
  }

  private createTemplate(props: PullThroughCacheProps): EcrRepositoryCreationTemplate {
    const { mutability, except } = tagMutabilityOf(props);
    const lifecyclePolicy = lifecyclePolicyOf(props);
    const repositoryPolicy = repositoryPolicyJson(this, props);
    return new EcrRepositoryCreationTemplate(this, "template", {
      prefix: this.prefix,
      description: `Copies of images of ${upstreamHostOf(props)}`,
      appliedFor: ["PULL_THROUGH_CACHE"],
      imageTagMutability: mutability,
      ...(except.length === 0
        ? {}
        : { imageTagMutabilityExclusionFilter: except.map((filter) => ({ filter, filterType: "WILDCARD" })) }),
      ...this.encryption(props),
      ...(lifecyclePolicy === undefined ? {} : { lifecyclePolicy }),
      ...(repositoryPolicy === undefined ? {} : { repositoryPolicy }),
    });
  }

  private encryption({ encryption = "KMS", kmsKeyArn, roleName }: PullThroughCacheProps) {
    if (encryption === "AES256") {
      return { encryptionConfiguration: [{ encryptionType: encryption }] };
    }
    const kmsKey =
      kmsKeyArn ??
      new EncryptionKey(this, "key", {
        alias: names.pullThroughCacheKey(this.prefix),
        description: `Copies of images in ECR below ${this.prefix}`,
      }).arn;
    const { role, policy } = this.createRole(kmsKey, roleName);
    return {
      encryptionConfiguration: [{ encryptionType: encryption, kmsKey }],
      customRoleArn: role.arn,
      dependsOn: [policy],
    };
  }

  /**
   * The role by which ECR makes repositories with a key of KMS, for which its own is not enough. AWS documents no
   * condition that ECR would send when it assumes it.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html
   */
  private createRole(kmsKeyArn: string, roleName: string | undefined): { role: IamRole; policy: IamRolePolicy } {
    const name = roleName ?? names.pullThroughCacheRole(AwsEnvironment.of(this).region, this.prefix);
    refuse(this, [ifKnown(name, (known) => nameProblem("role", known, "give another 'roleName'"))]);
    const role = new IamRole(this, "role", {
      name,
      assumeRolePolicy: policyJson([trustService("ecr.amazonaws.com")]),
    });
    const policy = new IamRolePolicy(this, "role-policy", {
      role: role.name,
      name: "create-repositories",
      policy: policyJson([
        { sid: "Repositories", actions: ["ecr:CreateRepository"], resources: [this.repositoryArns] },
        {
          sid: "Key",
          actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
          resources: [kmsKeyArn],
        },
      ]),
    });
    return { role, policy };
  }
}
