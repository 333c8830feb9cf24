import { nameProblem } from "./names";
import { type Problem, problemAt, quote } from "./problem";

/** Where a load balancer writes a record of each request. */
export interface AccessLogsOptions {
  /** A bucket that is there already, whose policy lets Elastic Load Balancing write. @default - one of its own */
  readonly bucketName?: string;
  /** Folder in the bucket. @default - none */
  readonly prefix?: string;
  /** When records are deleted. @default 365 */
  readonly expireAfterDays?: number;
  /** Whether the bucket is deleted with the records in it. @default false: S3 refuses to delete a bucket with objects */
  readonly forceDestroy?: boolean;
}

export const DEFAULT_EXPIRE_AFTER_DAYS = 365;

/** What writes the records of an Application Load Balancer. */
export const LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

/** What writes the records of a Network Load Balancer. */
export const NETWORK_LOG_DELIVERY = "delivery.logs.amazonaws.com";

/**
 * Accounts of Elastic Load Balancing that write in place of the service principal, in partitions where AWS documents no
 * other way.
 *
 * As of 2026-11-21. Source: Elastic Load Balancing, "Enable access logs for your Application Load Balancer", "Step 2:
 * Attach a policy to your S3 bucket"; the same accounts stand in the AWS CDK's table ELBV2_ACCOUNTS.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const ACCOUNTS: Readonly<Record<string, string>> = {
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
  "us-gov-east-1": "190560391635",
  "us-gov-west-1": "048591011584",
};

/** The account that writes the records of Application Load Balancers in the Region; nothing where the service does. */
export function logDeliveryAccount(region: string): string | undefined {
  return Object.hasOwn(ACCOUNTS, region) ? ACCOUNTS[region] : undefined;
}

const MAX_PREFIX = 255;

/** What is wrong with where records go, seen from the load balancer. */
export function accessLogsProblems(logs: AccessLogsOptions | false | undefined): Problem[] {
  if (logs === false || logs === undefined) {
    return [];
  }
  const { bucketName, prefix, expireAfterDays } = logs;
  return [
    ...problemAt(
      ["accessLogs", "bucketName"],
      bucketName === undefined ? undefined : nameProblem("bucket", bucketName, "give the name of the bucket"),
    ),
    ...problemAt(["accessLogs", "prefix"], prefix === undefined ? undefined : prefixProblem(prefix)),
    ...problemAt(
      ["accessLogs", "expireAfterDays"],
      expireAfterDays === undefined || (Number.isInteger(expireAfterDays) && expireAfterDays >= 1)
        ? undefined
        : `'expireAfterDays' must be a whole number of at least 1, got ${quote(expireAfterDays)}`,
    ),
    ...(["expireAfterDays", "forceDestroy"] as const).flatMap((property) =>
      problemAt(
        ["accessLogs", property],
        bucketName !== undefined && logs[property] !== undefined
          ? `'${property}' is for a bucket that is made here, and 'bucketName' names one that is there already; leave it out`
          : undefined,
      ),
    ),
  ];
}

/** AWS puts "AWSLogs/<account>" behind it, and finds the records by that word. */
function prefixProblem(prefix: string): string | undefined {
  return /^[\w.-]+(\/[\w.-]+)*$/.test(prefix) && !prefix.includes("AWSLogs") && prefix.length <= MAX_PREFIX
    ? undefined
    : `'prefix' of 'accessLogs' must be a folder without "/" at its ends and without "AWSLogs", which AWS adds, got ${quote(prefix)}`;
}
