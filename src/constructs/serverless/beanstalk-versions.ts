import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyJson } from "../iam/policy-document";

/** Days for which a file stays that was deleted or written over. */
const OLD_FILES_IN_DAYS = 90;

/**
 * The bucket with an application's versions: private, encrypted, with the old state of each file, and never without TLS.
 */
export class BeanstalkVersions extends Construct {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** What has to be there before a version is put into it. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, bucketName: string) {
    super(scope, id);
    const { bucket, arn } = new S3Bucket(this, "bucket", { bucket: bucketName });
    this.bucketName = bucket;
    this.bucketArn = arn;
    const access = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.ready = [
      versioning,
      new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
      new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
        bucket,
        rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      }),
      this.createLifecycle(bucket, versioning),
      this.createPolicy(bucket, arn, access),
    ];
  }

  private createLifecycle(bucket: string, versioning: ITerraformDependable): ITerraformDependable {
    return new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "old-files",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_FILES_IN_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [versioning],
    });
  }

  private createPolicy(bucket: string, arn: string, access: ITerraformDependable): ITerraformDependable {
    return new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyJson([
        {
          sid: "TlsOnly",
          effect: "Deny",
          actions: ["s3:*"],
          resources: [arn, `${arn}/*`],
          principal: { aws: "*" },
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
      // S3 takes one change of a bucket at a time.
      dependsOn: [access],
    });
  }
}
