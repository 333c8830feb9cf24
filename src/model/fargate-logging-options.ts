import { names } from "./names";
import { compareText } from "./order";

/** What the log router of Fargate does with the lines that pods write. */
export interface FargateLoggingOptions {
  /**
   * Where lines go, by a name of your choice.
   * @default - all lines go to the log group `/aws/eks/<cluster>/fargate/pods`
   */
  readonly outputs?: Readonly<Record<string, LogOutput>>;
  /** What is added to each line about its pod; `false` for nothing. @default - its names and labels */
  readonly metadata?: false | LogMetadata;
  /** Namespaces whose lines go nowhere; `*` is any characters. @default - none */
  readonly excludeNamespaces?: readonly string[];
  /**
   * Further FILTER sections in Fluent Bit's classic syntax, for lines that are taken apart and routed already; `Match *`
   * takes all of them.
   * @default - none
   */
  readonly filters?: string;
  /** Further PARSER sections, for 'filters'. @default - none */
  readonly parsers?: string;
  /** A configuration of your own, instead of all the above. @default - derived from the above */
  readonly configMap?: LoggingConfigMap;
  /** Days to keep the lines in log groups that say nothing else. @default 365 */
  readonly retentionInDays?: number;
  /**
   * Whether the log router writes about itself, into the log group `<cluster>-fluent-bit-logs`; costs extra.
   * @default false
   */
  readonly processLogs?: boolean;
  /** Whether a line may go to two destinations, which both cost. Never does it go to one twice. @default false */
  readonly allowOverlap?: boolean;
}

/** A destination, of which there is exactly one, and the lines that it gets: all, unless told otherwise. */
export interface LogOutput {
  readonly cloudWatch?: CloudWatchOutput;
  readonly firehose?: FirehoseOutput;
  readonly kinesis?: KinesisOutput;
  readonly openSearch?: OpenSearchOutput;
  /** Namespaces whose lines go here and to no output without 'namespaces'; `*` is any characters. @default - all */
  readonly namespaces?: readonly string[];
  /** Tags to take, as Fluent Bit's `Match` has them. @default "kube.*" */
  readonly match?: string;
}

/** A log group, created with the configuration: encrypted with a key of its own, and with a retention. */
export interface CloudWatchOutput {
  /** @default - `/aws/eks/<cluster>/fargate/<name of the output>` */
  readonly logGroupName?: string;
  /** What stands in front of the names of log streams. @default "fargate-" */
  readonly logStreamPrefix?: string;
  /** @default - that of all log groups */
  readonly retentionInDays?: number;
}

/** A delivery stream of Amazon Data Firehose that is there already. */
export interface FirehoseOutput {
  readonly deliveryStream: string;
  /** Role to assume, for a stream of another account. @default - none */
  readonly roleArn?: string;
}

/** A stream of Kinesis Data Streams that is there already. */
export interface KinesisOutput {
  readonly stream: string;
  /** Key that encrypts the stream, when it is one of your own. @default - none, or one of AWS's */
  readonly kmsKeyArn?: string;
  /** Role to assume, for a stream of another account. @default - none */
  readonly roleArn?: string;
}

/** A domain of Amazon OpenSearch Service that is there already, over TLS and with requests signed by IAM. */
export interface OpenSearchOutput {
  /** Host of its endpoint, without `https://`. */
  readonly host: string;
  /** Name of the domain, which permissions are given for. @default - taken from the host, where it holds the name */
  readonly domain?: string;
  /** Index, or what the names of daily ones begin with. */
  readonly index: string;
  /** Whether each day has an index of its own, `<index>-2026.11.21`, so that old ones can be dropped. @default true */
  readonly dailyIndex?: boolean;
  /** Role to assume, for a domain of another account. @default - none */
  readonly roleArn?: string;
}

/** What is added to a line about its pod. */
export interface LogMetadata {
  /** @default true */
  readonly labels?: boolean;
  /** @default false */
  readonly annotations?: boolean;
  /** Whether the keys of a line that is a JSON object become keys of the record. @default true */
  readonly mergeJson?: boolean;
  /** How long what is known of a pod is kept before the API server is asked again, like "300s". @default - AWS's: 30 minutes */
  readonly cacheTtl?: string;
}

/** Data of an `aws-logging` ConfigMap as you have it. */
export interface LoggingConfigMap {
  readonly "output.conf": string;
  readonly "filters.conf"?: string;
  readonly "parsers.conf"?: string;
}

/** What the configuration is for. */
export interface LoggingContext {
  readonly clusterName: string;
  readonly region: string;
}

/** Whether a value is known at synth; in settings every value is. */
export type IsKnown = (value: string) => boolean;

/** All lines to one log group. */
const DEFAULT_OUTPUTS: Readonly<Record<string, LogOutput>> = { pods: { cloudWatch: {} } };

/** The outputs by name, in alphabetical order. */
export function outputsOf({ outputs = DEFAULT_OUTPUTS }: FargateLoggingOptions): [string, LogOutput][] {
  return Object.entries(outputs).sort(([a], [b]) => compareText(a, b));
}

/** The log group of an output. */
export function logGroupNameOf(
  key: string,
  { logGroupName }: CloudWatchOutput,
  { clusterName }: LoggingContext,
): string {
  return logGroupName ?? names.podLogGroup(clusterName, key);
}

/** Name of an OpenSearch domain in the endpoint that AWS gives it: `search-<domain>-<26 characters>.<region>.es…`. */
export function openSearchDomain({ host, domain }: Pick<OpenSearchOutput, "host" | "domain">): string | undefined {
  return domain ?? /^(?:search|vpc)-([a-z][a-z0-9-]{2,27})-[a-z0-9]{26}\.[a-z0-9-]+\.es\./.exec(host)?.[1];
}
