import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { createPrivateBucket } from "../storage/private-bucket";

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
    const { bucket, arn, policy, ownership, encryption } = createPrivateBucket(this, { bucket: bucketName });
    this.bucketName = bucket;
    this.bucketArn = arn;
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.ready = [versioning, ownership, encryption, this.createLifecycle(bucket, versioning), policy];
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
}
