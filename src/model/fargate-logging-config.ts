import {
  type CloudWatchOutput,
  type FargateLoggingOptions,
  type FirehoseOutput,
  type KinesisOutput,
  type LoggingConfigMap,
  type LoggingContext,
  type LogMetadata,
  type LogOutput,
  logGroupNameOf,
  type OpenSearchOutput,
  outputsOf,
} from "./fargate-logging-options";
import { CONF_KEYS, type Entry, readConf, type Section, type SectionKind } from "./fargate-logging-syntax";
import { compareText } from "./order";
import type { Problem } from "./problem";

/** The sections of a configuration, by the key of the ConfigMap under which they stand. */
export interface LoggingConfig {
  readonly outputs: readonly Section[];
  readonly filters: readonly Section[];
  readonly parsers: readonly Section[];
  /** What is wrong with the texts that sections were read from. */
  readonly problems: readonly Problem[];
}

/** The configuration that the options describe, or hold as text. */
export function loggingConfig(options: FargateLoggingOptions, context: LoggingContext): LoggingConfig {
  return options.configMap === undefined ? derivedConfig(options, context) : givenConfig(options.configMap);
}

function givenConfig(configMap: LoggingConfigMap): LoggingConfig {
  const read = (kind: SectionKind) => {
    const key = CONF_KEYS[kind];
    return readConf(kind, ["configMap", key], configMap[key] ?? "");
  };
  const [outputs, filters, parsers] = [read("OUTPUT"), read("FILTER"), read("PARSER")];
  return {
    outputs: outputs.sections,
    filters: filters.sections,
    parsers: parsers.sections,
    problems: [...outputs.problems, ...filters.problems, ...parsers.problems],
  };
}

function derivedConfig(options: FargateLoggingOptions, context: LoggingContext): LoggingConfig {
  const filters = readConf("FILTER", ["filters"], options.filters ?? "");
  const parsers = readConf("PARSER", ["parsers"], options.parsers ?? "");
  const outputs = outputsOf(options);
  return {
    outputs: outputs.flatMap(([key, output]) => outputSections(key, output, context)),
    filters: [
      ...droppingFilters(options),
      ...lineFilters(options),
      // Before the filters of others, so that a routed line, which begins anew, comes to those once.
      ...routingFilters(outputs),
      ...filters.sections,
    ],
    parsers: [CRI_PARSER, ...parsers.sections],
    problems: [...filters.problems, ...parsers.problems],
  };
}

function section(kind: SectionKind, called: string, at: readonly string[], values: Record<string, string>): Section {
  const entries: Entry[] = Object.entries(values).map(([key, value]) => ({ key, value, where: called }));
  return { kind, called, at, entries };
}

/** Tags of lines as they come from the containers. */
const CONTAINERS = "kube.*";

/** A tag of lines that are routed to an output of their own. */
const routed = (key: string, tag: string) => `to.${key}.${tag}`;

/**
 * The name that AWS's own ConfigMap has. Fluent Bit brings a parser "cri" along, and refuses a file of parsers that has
 * another of that name, with everything in it.
 *
 * Source: fluent/fluent-bit, conf/parsers.conf and src/flb_parser.c. Whether Fargate loads the former is not documented.
 */
const CRI_PARSER_NAME = "crio";

/**
 * How containerd writes a line: time, stream, whether the line goes on in the next (P) or ends (F), and the text.
 *
 * Source: Amazon EKS User Guide, "Start AWS Fargate logging for your cluster", the ConfigMap for CloudWatch.
 */
const CRI_PARSER = section("PARSER", "the parser of containerd's lines", ["parsers"], {
  Name: CRI_PARSER_NAME,
  Format: "regex",
  Regex: "^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[FP]) (?<log>.*)$",
  Time_Key: "time",
  Time_Format: "%Y-%m-%dT%H:%M:%S.%L%z",
});

/** What is done with every line that is kept: it is taken apart, and told of which pod it is. */
function lineFilters({ metadata = {} }: FargateLoggingOptions): Section[] {
  const parse = section("FILTER", "the filter of containerd's lines", ["filters"], {
    Name: "parser",
    Match: CONTAINERS,
    Key_Name: "log",
    Parser: CRI_PARSER_NAME,
  });
  return metadata === false ? [parse] : [parse, metadataFilter(metadata)];
}

/**
 * Tags of a namespace's lines. It is read from the tag and not from what the `kubernetes` filter adds, which is nothing
 * at all while the API server does not answer. Names have no "_", so a wildcard stays in the namespace.
 */
const tagsOfNamespace = (namespace: string) => `kube.var.log.containers.*_${namespace}_*`;

/** Drops lines of namespaces that are left out, while they are nothing but a text. */
function droppingFilters({ excludeNamespaces = [] }: FargateLoggingOptions): Section[] {
  return distinct(excludeNamespaces).map((namespace) =>
    section("FILTER", "'excludeNamespaces'", ["excludeNamespaces"], {
      Name: "grep",
      Match: tagsOfNamespace(namespace),
      Exclude: "log .",
    }),
  );
}

function distinct(namespaces: readonly string[]): string[] {
  return [...new Set(namespaces)].sort(compareText);
}

function metadataFilter({ labels = true, annotations = false, mergeJson = true, cacheTtl }: LogMetadata): Section {
  return section("FILTER", "'metadata'", ["metadata"], {
    Name: "kubernetes",
    Match: CONTAINERS,
    Merge_Log: onOff(mergeJson),
    // A merged line would stand in the record twice.
    Keep_Log: onOff(!mergeJson),
    Labels: onOff(labels),
    Annotations: onOff(annotations),
    // Answers of the API server may be of any size.
    Buffer_Size: "0",
    ...(cacheTtl === undefined ? {} : { Kube_Meta_Cache_TTL: cacheTtl }),
  });
}

const onOff = (on: boolean) => (on ? "On" : "Off");

/** A key that every line has while it is routed: a rule needs one that is a text, and a line's own JSON may have any. */
const ROUTE_KEY = "fargate_route";

/** Takes lines of outputs' namespaces away from the other outputs: each goes on under a tag of its own. */
function routingFilters(outputs: readonly (readonly [string, LogOutput])[]): Section[] {
  const routes = outputs.flatMap(([key, { namespaces = [] }]) =>
    distinct(namespaces).map((namespace) =>
      section("FILTER", `'namespaces' of output "${key}"`, ["outputs", key, "namespaces"], {
        Name: "rewrite_tag",
        Match: tagsOfNamespace(namespace),
        Rule: `$${ROUTE_KEY} . ${routed(key, "$TAG")} false`,
      }),
    ),
  );
  const mark = (match: string, value: Record<string, string>) =>
    section("FILTER", "the filter of routed lines", ["outputs"], { Name: "record_modifier", Match: match, ...value });
  return routes.length === 0
    ? []
    : [mark(CONTAINERS, { Record: `${ROUTE_KEY} yes` }), ...routes, mark("*", { Remove_key: ROUTE_KEY })];
}

function outputSections(key: string, output: LogOutput, context: LoggingContext): Section[] {
  const { cloudWatch, firehose, kinesis, openSearch, namespaces, match = CONTAINERS } = output;
  const taken = { Match: namespaces === undefined ? match : routed(key, "*") };
  const configs = [
    ...(cloudWatch === undefined ? [] : [cloudWatchConfig(key, cloudWatch, context)]),
    ...(firehose === undefined ? [] : [firehoseConfig(firehose, context)]),
    ...(kinesis === undefined ? [] : [kinesisConfig(kinesis, context)]),
    ...(openSearch === undefined ? [] : [openSearchConfig(openSearch, context)]),
  ];
  return configs.map(({ Name, ...values }) =>
    section("OUTPUT", `output "${key}"`, ["outputs", key], { Name, ...taken, ...values }),
  );
}

type OutputConfig = Record<string, string> & { readonly Name: string };

function cloudWatchConfig(key: string, output: CloudWatchOutput, context: LoggingContext): OutputConfig {
  return {
    Name: "cloudwatch_logs",
    region: context.region,
    log_group_name: logGroupNameOf(key, output, context),
    log_stream_prefix: output.logStreamPrefix ?? "fargate-",
    auto_create_group: "false",
  };
}

function firehoseConfig({ deliveryStream, roleArn }: FirehoseOutput, { region }: LoggingContext): OutputConfig {
  return {
    Name: "kinesis_firehose",
    region,
    delivery_stream: deliveryStream,
    ...(roleArn === undefined ? {} : { role_arn: roleArn }),
  };
}

function kinesisConfig({ stream, roleArn }: KinesisOutput, { region }: LoggingContext): OutputConfig {
  return { Name: "kinesis", region, stream, ...(roleArn === undefined ? {} : { role_arn: roleArn }) };
}

function openSearchConfig(
  { host, index, dailyIndex = true, roleArn }: OpenSearchOutput,
  { region }: LoggingContext,
): OutputConfig {
  return {
    Name: "es",
    Host: host,
    Port: "443",
    ...(dailyIndex ? { Logstash_Format: "On", Logstash_Prefix: index } : { Index: index }),
    AWS_Auth: "On",
    AWS_Region: region,
    tls: "On",
    // A line that is sent again after an error replaces itself.
    Generate_ID: "On",
    // Labels such as `app` and `app.kubernetes.io/name` would be a value and an object of the same name.
    Replace_Dots: "On",
    // Types of documents ended with OpenSearch 2.
    Suppress_Type_Name: "On",
    ...(roleArn === undefined ? {} : { AWS_Role_ARN: roleArn }),
  };
}
