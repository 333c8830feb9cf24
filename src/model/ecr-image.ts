import { partitionOf } from "./regions";

/** A repository of a private registry of Amazon ECR. */
export interface EcrRepository {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const REGISTRY = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(\.cn)?|on\.aws)\/([^:@]+)/;

/**
 * The repository of ECR that the image is in; nothing where it is elsewhere, such as in ECR Public, which is open to
 * all.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export function ecrRepositoryOf(image: string): EcrRepository | undefined {
  const [, account, region, , repository] = REGISTRY.exec(image) ?? [];
  return account === undefined || region === undefined || repository === undefined
    ? undefined
    : { partition: partitionOf(region).name, account, region, repository };
}
