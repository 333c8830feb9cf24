import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type AccessLogsOptions,
  DEFAULT_EXPIRE_AFTER_DAYS,
  LOG_DELIVERY,
  logDeliveryAccount,
  NETWORK_LOG_DELIVERY,
} from "../../model/access-logs";
import { nameProblem, names } from "../../model/names";
import type { LoadBalancerKind } from "../../model/target-group";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import { createPrivateBucket } from "../storage/private-bucket";

/** What a bucket for the records of one load balancer is told. */
export interface AccessLogBucketProps {
  /** The bucket's name, unique among all buckets of AWS. */
  readonly bucketName: string;
  /** What kind of load balancer writes into it. */
  readonly kind: LoadBalancerKind;
  /** Folder in the bucket. @default - none */
  readonly prefix?: string;
  /** When records are deleted. @default 365 */
  readonly expireAfterDays?: number;
  /** Whether the bucket is deleted with the records in it. @default false */
  readonly forceDestroy?: boolean;
}

/** Stands for the account where it is known at apply only; account ids all have as many digits. */
const ANY_ACCOUNT = "000000000000";

/**
 * The bucket for the access logs of load balancers of this account: nobody else may write, nobody may read without TLS,
 * nothing is public, and records go after a year. It is encrypted with keys of S3, because Elastic Load Balancing writes
 * to no other.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * @example
 * new AccessLogBucket(this, "access-logs", { bucketName: "shop-logs-111122223333-eu-west-1", kind: "application" });
 */
export class AccessLogBucket extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** What has to be there before a load balancer writes. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const { bucketName, expireAfterDays = DEFAULT_EXPIRE_AFTER_DAYS, forceDestroy = false } = props;
    refuse(this, [
      nameProblem(
        "bucket",
        withoutTokens(bucketName),
        "give the load balancer a shorter 'name', or 'accessLogs' a bucket",
      ),
    ]);
    const { bucket, policy, ownership, encryption } = createPrivateBucket(
      this,
      { bucket: bucketName, forceDestroy },
      (arn) => (props.kind === "application" ? this.requestLogs(arn, props) : this.connectionLogs(arn, props)),
    );
    this.bucketName = bucket;
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: expireAfterDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    this.ready = [policy, ownership, encryption];
  }

  private requestLogs(arn: string, { prefix }: AccessLogBucketProps): PolicyStatement[] {
    const environment = AwsEnvironment.of(this);
    const account = logDeliveryAccount(environment.region);
    const actions = ["s3:PutObject"];
    const resources = [`${recordsIn(arn, prefix)}/${environment.account}/*`];
    return [
      account === undefined
        ? {
            sid: "LogDelivery",
            actions,
            resources,
            principal: { service: LOG_DELIVERY },
            conditions: { ArnLike: { "aws:SourceArn": environment.arn("elasticloadbalancing", "loadbalancer/*") } },
          }
        : {
            sid: "LogDelivery",
            actions,
            resources,
            principal: { aws: `arn:${environment.partition.name}:iam::${account}:root` },
          },
    ];
  }

  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html */
  private connectionLogs(arn: string, { prefix }: AccessLogBucketProps): PolicyStatement[] {
    const environment = AwsEnvironment.of(this);
    const principal = { service: NETWORK_LOG_DELIVERY };
    const source = {
      StringEquals: { "aws:SourceAccount": environment.account },
      ArnLike: { "aws:SourceArn": environment.arn("logs", "*") },
    };
    return [
      { sid: "LogDeliveryAcl", actions: ["s3:GetBucketAcl"], resources: [arn], principal, conditions: source },
      {
        sid: "LogDelivery",
        actions: ["s3:PutObject"],
        resources: [`${recordsIn(arn, prefix)}/${environment.account}/*`],
        principal,
        conditions: {
          ...source,
          StringEquals: { ...source.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
    ];
  }
}

function recordsIn(arn: string, prefix: string | undefined): string {
  return `${arn}/${prefix === undefined ? "" : `${prefix}/`}AWSLogs`;
}

function withoutTokens(name: string): string {
  return Token.isUnresolved(name) ? name.replaceAll(/\$\{TfToken\[[^\]]*\]\}/g, ANY_ACCOUNT) : name;
}

/** Where a load balancer writes its records, as Terraform has it. */
export interface AccessLogsConfig {
  readonly config: {
    readonly accessLogs?: { readonly bucket: string; readonly prefix?: string; readonly enabled: true };
  };
  readonly ready: readonly ITerraformDependable[];
}

/** Where a load balancer writes its records: into the bucket that is given, else into one of its own. */
export function accessLogsOf(
  scope: Construct,
  kind: LoadBalancerKind,
  loadBalancer: string,
  options: AccessLogsOptions | false,
): AccessLogsConfig {
  if (options === false) {
    return { config: {}, ready: [] };
  }
  const { bucketName, prefix } = options;
  const folder = prefix === undefined ? {} : { prefix };
  if (bucketName !== undefined) {
    return { config: { accessLogs: { bucket: bucketName, ...folder, enabled: true } }, ready: [] };
  }
  const { account, region } = AwsEnvironment.of(scope);
  const bucket = new AccessLogBucket(scope, "access-logs", {
    ...options,
    bucketName: names.accessLogBucket(loadBalancer, account, region),
    kind,
  });
  return { config: { accessLogs: { bucket: bucket.bucketName, ...folder, enabled: true } }, ready: bucket.ready };
}
