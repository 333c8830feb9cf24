import { S3Bucket, type S3BucketConfig } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { denyWithoutTls, type PolicyStatement, policyJson } from "../iam/policy-document";

/** A bucket and what makes it private, which has to be there before somebody puts something in. */
export interface PrivateBucket {
  /** Name of the bucket. */
  readonly bucket: string;
  readonly arn: string;
  readonly policy: ITerraformDependable;
  readonly ownership: ITerraformDependable;
  readonly encryption: ITerraformDependable;
}

/**
 * Makes a bucket below `scope` of which nothing is public, whose objects are all its account's and encrypted with keys of
 * S3, and which nobody reaches without TLS.
 *
 * @param statements what others may do with it @default - nothing
 */
export function createPrivateBucket(
  scope: Construct,
  config: S3BucketConfig,
  statements: (arn: string) => readonly PolicyStatement[] = () => [],
): PrivateBucket {
  const { bucket, arn } = new S3Bucket(scope, "bucket", config);
  const access = new S3BucketPublicAccessBlock(scope, "public-access", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const ownership = new S3BucketOwnershipControls(scope, "ownership", {
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  const encryption = new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    bucket,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  const policy = new S3BucketPolicy(scope, "policy", {
    bucket,
    policy: policyJson([...statements(arn), denyWithoutTls("s3:*", [arn, `${arn}/*`])]),
    // S3 takes one change of a bucket at a time.
    dependsOn: [access],
  });
  return { bucket, arn, policy, ownership, encryption };
}
