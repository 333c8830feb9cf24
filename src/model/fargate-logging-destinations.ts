import { loggingConfig } from "./fargate-logging-config";
import {
  type FargateLoggingOptions,
  type LoggingContext,
  type LogOutput,
  logGroupNameOf,
  openSearchDomain,
  outputsOf,
} from "./fargate-logging-options";
import { createsLogGroup, pluginOf } from "./fargate-logging-rules";
import { isOn, type Section, valueIn } from "./fargate-logging-syntax";
import { DEFAULT_RETENTION_DAYS } from "./log-retention";
import { names } from "./names";
import type { Problem } from "./problem";

/** What the pods' role must be allowed to write to; a role of another account is assumed instead. */
export type LogDestination =
  | { readonly kind: "firehose"; readonly region: string; readonly deliveryStream: string }
  | { readonly kind: "kinesis"; readonly region: string; readonly stream: string; readonly kmsKeyArn?: string }
  | { readonly kind: "openSearch"; readonly region: string; readonly domain: string }
  | { readonly kind: "role"; readonly roleArn: string };

/** A log group that is created with the configuration. */
export interface PodLogGroup {
  /** What the id of its construct ends in. */
  readonly key: string;
  readonly name: string;
  readonly retentionInDays: number;
}

/** The log groups that lines go to, and that of the log router itself. */
export function podLogGroups(options: FargateLoggingOptions, context: LoggingContext): PodLogGroup[] {
  const { retentionInDays = DEFAULT_RETENTION_DAYS, processLogs = false } = options;
  const groups = options.configMap === undefined ? derivedGroups(options, context) : givenGroups(options, context);
  return [
    ...groups.map(({ retentionInDays: own = retentionInDays, ...group }) => ({ ...group, retentionInDays: own })),
    ...(processLogs ? [{ key: "process", name: names.processLogGroup(context.clusterName), retentionInDays }] : []),
  ];
}

type GroupWithDefaults = Omit<PodLogGroup, "retentionInDays"> & { readonly retentionInDays?: number };

function derivedGroups(options: FargateLoggingOptions, context: LoggingContext): GroupWithDefaults[] {
  return outputsOf(options).flatMap(([key, { cloudWatch }]) => {
    if (cloudWatch === undefined) {
      return [];
    }
    const { retentionInDays } = cloudWatch;
    const name = logGroupNameOf(key, cloudWatch, context);
    return [{ key: `output-${key}`, name, ...(retentionInDays === undefined ? {} : { retentionInDays }) }];
  });
}

function givenGroups(options: FargateLoggingOptions, context: LoggingContext): GroupWithDefaults[] {
  const groupNames = loggingConfig(options, context)
    .outputs.filter(createsLogGroup)
    .map((output) => valueIn(output, "log_group_name") ?? "");
  return [...new Set(groupNames)]
    .sort()
    .map((name) => ({ key: `group-${name.replace(/^\//, "").replaceAll("/", "-")}`, name }));
}

/** Where lines go, other than into log groups that are created here. */
export function logDestinations(options: FargateLoggingOptions, context: LoggingContext): LogDestination[] {
  return options.configMap === undefined
    ? outputsOf(options).flatMap(([, output]) => derivedDestination(output, context))
    : loggingConfig(options, context).outputs.flatMap((output) => givenDestination(output, context));
}

function derivedDestination(
  { firehose, kinesis, openSearch }: LogOutput,
  { region }: LoggingContext,
): LogDestination[] {
  const roleArn = (firehose ?? kinesis ?? openSearch)?.roleArn;
  if (roleArn !== undefined) {
    return [{ kind: "role", roleArn }];
  }
  if (firehose !== undefined) {
    return [{ kind: "firehose", region, deliveryStream: firehose.deliveryStream }];
  }
  if (kinesis !== undefined) {
    const { stream, kmsKeyArn } = kinesis;
    return [{ kind: "kinesis", region, stream, ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) }];
  }
  const domain = openSearch === undefined ? undefined : openSearchDomain(openSearch);
  return domain === undefined ? [] : [{ kind: "openSearch", region, domain }];
}

function givenDestination(output: Section, context: LoggingContext): LogDestination[] {
  const roleArn = valueIn(output, "role_arn") ?? valueIn(output, "aws_role_arn");
  const region = valueIn(output, "region") ?? valueIn(output, "aws_region") ?? context.region;
  if (roleArn !== undefined) {
    return [{ kind: "role", roleArn }];
  }
  switch (pluginOf(output)) {
    case "firehose":
    case "kinesis_firehose":
      return [{ kind: "firehose", region, deliveryStream: valueIn(output, "delivery_stream") ?? "" }];
    case "kinesis":
      return [{ kind: "kinesis", region, stream: valueIn(output, "stream") ?? "" }];
    case "es": {
      const domain = openSearchDomain({ host: valueIn(output, "host") ?? "" });
      return domain === undefined ? [] : [{ kind: "openSearch", region, domain }];
    }
    default:
      return [];
  }
}

/** Outputs of a given configuration that sign their requests, for a domain that nobody can tell. */
export function unknownDomainProblems(outputs: readonly Section[]): Problem[] {
  return outputs
    .filter(
      (output) =>
        pluginOf(output) === "es" &&
        isOn(valueIn(output, "aws_auth")) &&
        valueIn(output, "aws_role_arn") === undefined &&
        openSearchDomain({ host: valueIn(output, "host") ?? "" }) === undefined,
    )
    .map(({ at, called }) => ({
      at,
      message: `${called} signs its requests, and its host does not hold the name of the OpenSearch domain, so that no permission can be given; use 'outputs' with an 'openSearch' that has a 'domain'`,
    }));
}
