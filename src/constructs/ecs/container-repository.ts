import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { REPOSITORY_ARNS } from "../../model/arn-places";
import {
  type ContainerRepositoryOptions,
  imageOf,
  lifecyclePolicyOf,
  PULL_ACTIONS,
  repositoryNameProblem,
  repositoryProblems,
  repositoryWarnings,
  tagMutabilityOf,
  tagOrDigestProblem,
} from "../../model/container-repository";
import { nameProblem, names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { ifKnown, isKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import { takenNameProblem } from "../taken-names";
import { grantPull, pullStatements, repositoryPolicyJson } from "./ecr-pull";

/** A repository of ECR that images are pulled from: one of ours, or an imported one. */
export interface IContainerRepository {
  /** Name in ECR, with its path: `shop/web`. */
  readonly repositoryName: string;
  /** ARN, for policies. */
  readonly repositoryArn: string;
  /** Such as `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web`. */
  readonly repositoryUrl: string;
  /**
   * What lets a role pull from this repository and from no other. ECS pulls with the execution role:
   * `taskDefinition.grantExecution("pull-web", repository.pullStatements)`.
   */
  readonly pullStatements: readonly PolicyStatement[];

  /**
   * An image of the repository, as a container names it.
   *
   * @throws InvalidPropsError when no image can have the tag or digest
   */
  image(tagOrDigest: string): string;

  /**
   * Lets a role pull from this repository and from no other, such as the pod execution role of an EKS Fargate profile, or
   * the role of nodes.
   *
   * @param key name among the roles that may, from which an id is derived
   * @returns what has to be there before the role can pull
   */
  grantPull(key: string, roleName: string): ITerraformDependable;
}

/** What a `ContainerRepository` is told. */
export interface ContainerRepositoryProps extends ContainerRepositoryOptions {
  /** 2 to 256 lower-case letters, digits and `.`, `_`, `-` between them; `/` makes groups. AWS cannot change it. */
  readonly repositoryName: string;
}

/** What has to be known of a repository that something else has made. */
export interface ContainerRepositoryAttributes {
  /** Name in ECR, with its path: `shop/web`. */
  readonly repositoryName: string;
  /** @default - the stack's account */
  readonly account?: string;
  /** @default - the stack's Region */
  readonly region?: string;
}

/** What both have: how an image is named, and who may pull it. */
abstract class PulledRepository extends Construct implements IContainerRepository {
  abstract readonly repositoryName: string;
  abstract readonly repositoryArn: string;
  abstract readonly repositoryUrl: string;

  get pullStatements(): readonly PolicyStatement[] {
    return pullStatements(PULL_ACTIONS, this.repositoryArn);
  }

  image(tagOrDigest: string): string {
    refuse(this, [ifKnown(tagOrDigest, tagOrDigestProblem)]);
    return imageOf(this.repositoryUrl, tagOrDigest);
  }

  grantPull(key: string, roleName: string): ITerraformDependable {
    return grantPull(this, key, roleName, names.repositoryPull(this.repositoryName), this.pullStatements);
  }
}

/**
 * A private repository of container images in ECR, for ECS and EKS alike: each push is looked through for known
 * vulnerabilities, a tag means one image for good, images are encrypted with a key of the repository's own, and old ones
 * are deleted. Its own account pulls by IAM policies of roles, others by `pullAccounts` and `pullOrganizations`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Repositories.html
 * @example
 * const repository = new ContainerRepository(this, "web-images", {
 *   repositoryName: "shop/web",
 *   lifecycle: [{ images: "untagged", expireAfterDays: 7 }, { tagPatterns: ["v*"], keep: 50 }],
 * });
 * const image = repository.image("v1.4.2");
 */
export class ContainerRepository extends PulledRepository {
  /** Name in ECR, with its path: `shop/web`. */
  readonly repositoryName: string;
  /** ARN, for policies. */
  readonly repositoryArn: string;
  /** Registry and name, without a tag, as images begin. */
  readonly repositoryUrl: string;

  /** A repository that something else has made. */
  static fromAttributes(scope: Construct, id: string, attributes: ContainerRepositoryAttributes): IContainerRepository {
    return new ImportedRepository(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: ContainerRepositoryProps) {
    super(scope, id);
    const { repositoryName } = props;
    refuse(this, [
      ifKnown(repositoryName, (name) => repositoryNameProblem(name, props)),
      ...repositoryProblems(props, isKnown),
      takenNameProblem(this, "ECR repository", repositoryName, "repositoryName"),
      ...arnPlaceProblems(props, REPOSITORY_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    for (const warning of repositoryWarnings(props)) {
      Annotations.of(this).addWarning(warning);
    }
    const { mutability, except } = tagMutabilityOf(props);
    const repository = new EcrRepository(this, "repository", {
      name: repositoryName,
      imageTagMutability: mutability,
      ...(except.length === 0
        ? {}
        : { imageTagMutabilityExclusionFilter: except.map((filter) => ({ filter, filterType: "WILDCARD" })) }),
      imageScanningConfiguration: { scanOnPush: props.scanOnPush ?? true },
      encryptionConfiguration: [this.encryption(props)],
      forceDelete: props.forceDelete ?? false,
    });
    this.repositoryName = repositoryName;
    this.repositoryArn = repository.arn;
    this.repositoryUrl = repository.repositoryUrl;
    this.createPolicies(repository, props);
  }

  private encryption({ encryption = "KMS", kmsKeyArn, repositoryName }: ContainerRepositoryProps) {
    return encryption === "AES256"
      ? { encryptionType: encryption }
      : {
          encryptionType: encryption,
          kmsKey:
            kmsKeyArn ??
            new EncryptionKey(this, "key", {
              alias: names.repositoryKey(repositoryName),
              description: `Images of ECR repository ${repositoryName}`,
            }).arn,
        };
  }

  private createPolicies(repository: EcrRepository, props: ContainerRepositoryProps): void {
    const lifecycle = lifecyclePolicyOf(props);
    if (lifecycle !== undefined) {
      new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: lifecycle });
    }
    const policy = repositoryPolicyJson(this, props);
    if (policy !== undefined) {
      new EcrRepositoryPolicy(this, "policy", { repository: repository.name, policy });
    }
  }
}

class ImportedRepository extends PulledRepository {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  readonly repositoryUrl: string;

  constructor(scope: Construct, id: string, { repositoryName, ...attributes }: ContainerRepositoryAttributes) {
    super(scope, id);
    refuse(this, [
      ifKnown(repositoryName, (name) => nameProblem("containerRepository", name, "give the repository's own")),
    ]);
    const environment = AwsEnvironment.of(this);
    const { name: partition, dnsSuffix } = environment.partition;
    const region = attributes.region ?? environment.region;
    const account = attributes.account ?? environment.account;
    this.repositoryName = repositoryName;
    this.repositoryArn = `arn:${partition}:ecr:${region}:${account}:repository/${repositoryName}`;
    this.repositoryUrl = `${account}.dkr.ecr.${region}.${dnsSuffix}/${repositoryName}`;
  }
}
