import type { LoggingContext } from "./fargate-logging-options";
import { rewriteRuleProblems } from "./fargate-logging-routes";
import { isOn, type Section, type SectionKind, valueIn } from "./fargate-logging-syntax";
import { nameProblem, names } from "./names";
import { type Problem, quote, quoteAll } from "./problem";

/**
 * What Fargate's log router accepts. It says nothing when it refuses a configuration: pods start, and log nowhere.
 *
 * As of 2026-11-21. Source: Amazon EKS User Guide, "Start AWS Fargate logging for your cluster".
 */

/** Characters that the ConfigMap may hold. Whether its keys count is not documented; here they do. */
const MAX_CHARACTERS = 5300;

const FILTERS = ["grep", "kubernetes", "modify", "nest", "parser", "record_modifier", "rewrite_tag", "throttle"];
const OUTPUTS = ["cloudwatch", "cloudwatch_logs", "es", "firehose", "kinesis", "kinesis_firehose"];

const PLUGINS: Partial<Record<SectionKind, readonly string[]>> = { FILTER: FILTERS, OUTPUT: OUTPUTS };

const REQUIRED_KEYS: Readonly<Record<SectionKind, readonly string[]>> = {
  FILTER: ["Name", "Match"],
  OUTPUT: ["Name", "Match"],
  PARSER: ["Name", "Format"],
};

/** Keys of the `kubernetes` filter that Fargate sets itself. */
const MANAGED_KEYS = ["Kube_CA_File", "Kube_Token_Command", "Kube_Token_File", "Kube_URL"];

/** What each output needs to know, beside its name and match. */
const OUTPUT_KEYS: Readonly<Record<string, readonly string[]>> = {
  cloudwatch: ["region", "log_group_name"],
  cloudwatch_logs: ["region", "log_group_name"],
  es: ["Host"],
  firehose: ["region", "delivery_stream"],
  kinesis: ["region", "stream"],
  kinesis_firehose: ["region", "delivery_stream"],
};

/** Name of the plugin that the section configures, whose case does not matter. */
export function pluginOf(section: Section): string {
  return valueIn(section, "name")?.toLowerCase() ?? "";
}

/** Whether the output writes to CloudWatch Logs, by either of the two plugins for it. */
function isCloudWatch(section: Section): boolean {
  return ["cloudwatch", "cloudwatch_logs"].includes(pluginOf(section));
}

/** What is wrong with a section by itself. */
export function sectionProblems(section: Section, context: LoggingContext): Problem[] {
  const messages = [...requiredKeyMessages(section), ...pluginMessages(section, context)];
  const found = messages.map((message) => ({ at: [...section.at], message }));
  return pluginOf(section) === "rewrite_tag" ? [...found, ...rewriteRuleProblems(section)] : found;
}

function requiredKeyMessages(section: Section): string[] {
  return REQUIRED_KEYS[section.kind].flatMap((key) => {
    const count = section.entries.filter((entry) => entry.key.toLowerCase() === key.toLowerCase()).length;
    if (count === 1) {
      return [];
    }
    return [
      count === 0
        ? `${section.called} must have a ${quote(key)}, which Fargate requires of it`
        : `${section.called} must have one ${quote(key)}, got ${count}; make a section of each`,
    ];
  });
}

function pluginMessages(section: Section, context: LoggingContext): string[] {
  const { kind, called } = section;
  const name = valueIn(section, "name");
  const known = PLUGINS[kind];
  if (name === undefined || known === undefined) {
    return [];
  }
  if (!known.includes(name.toLowerCase())) {
    return [
      `${called} must have one of the names that Fargate takes (${quoteAll(known)}), got ${quote(name)}${pluginHint(name)}`,
    ];
  }
  return kind === "FILTER" ? managedKeyMessages(section) : outputMessages(section, context);
}

function pluginHint(name: string): string {
  switch (name.toLowerCase()) {
    case "kinesis_streams":
      return '; the plugin for Kinesis Data Streams that Fargate takes is "kinesis"';
    case "opensearch":
      return '; the plugin for Amazon OpenSearch Service that Fargate takes is "es"';
    case "s3":
      return "; send the lines to S3 by way of Amazon Data Firehose";
    default:
      return "";
  }
}

function managedKeyMessages(section: Section): string[] {
  return pluginOf(section) !== "kubernetes"
    ? []
    : section.entries
        .filter(({ key }) => MANAGED_KEYS.some((managed) => managed.toLowerCase() === key.toLowerCase()))
        .map(
          ({ key, where }) => `${where} must not set ${quote(key)} of the kubernetes filter, which Fargate sets itself`,
        );
}

function outputMessages(section: Section, context: LoggingContext): string[] {
  const { called } = section;
  const missing = (OUTPUT_KEYS[pluginOf(section)] ?? []).filter(
    (key) => valueIn(section, key.toLowerCase()) === undefined,
  );
  return [
    ...missing.map((key) => `${called} must have a ${quote(key)}, without which it cannot start`),
    ...(["log_stream_name", "log_stream_prefix"].every((key) => valueIn(section, key) === undefined) &&
    isCloudWatch(section)
      ? [`${called} must have a "log_stream_prefix" or a "log_stream_name", without which it cannot start`]
      : []),
    ...(createsLogGroup(section) ? logGroupMessages(section, context) : []),
  ];
}

/** Whether the log group of an output is one of this account, which is created with the configuration. */
export function createsLogGroup(section: Section): boolean {
  return isCloudWatch(section) && valueIn(section, "role_arn") === undefined;
}

/** Log groups are created here, encrypted and with a retention, so their names must be known and Fargate creates none. */
function logGroupMessages(section: Section, { clusterName, region }: LoggingContext): string[] {
  const { called } = section;
  const group = valueIn(section, "log_group_name");
  const elsewhere = valueIn(section, "region") ?? region;
  return [
    ...(isOn(valueIn(section, "auto_create_group"))
      ? [
          `${called} must not create its log group, which would neither be encrypted nor expire; set 'auto_create_group' to false, and the group is created here`,
        ]
      : []),
    ...(group?.includes("$") || valueIn(section, "log_group_template") !== undefined
      ? [
          `${called} must write to one log group by its name, because the group is created here, got a template; write an output for each group`,
        ]
      : groupNameMessages(called, clusterName, group)),
    ...(elsewhere === region
      ? []
      : [
          `${called} must write to the cluster's Region ${quote(region)}, where its log group is created, got ${quote(elsewhere)}; give a 'role_arn' to write to a group of another account`,
        ]),
  ];
}

/** What is wrong with the name of a log group; nothing when there is none, which is said elsewhere. */
function groupNameMessages(called: string, clusterName: string, group: string | undefined): string[] {
  if (group === undefined) {
    return [];
  }
  const problem = nameProblem("logGroup", group, "give another name");
  const taken = [names.controlPlaneLogGroup(clusterName), names.processLogGroup(clusterName)].includes(group);
  return [
    ...(problem === undefined ? [] : [`${called}: ${problem}`]),
    ...(taken
      ? [
          `${called} must have a log group of its own, got ${quote(group)}, which is EKS's for other logs; give another name`,
        ]
      : []),
  ];
}

/** What is wrong with the parsers of one configuration. */
export function parserSetProblems(parsers: readonly Section[]): Problem[] {
  return parsers.flatMap((parser, index) => {
    const name = valueIn(parser, "name");
    return name !== undefined && parsers.slice(0, index).some((other) => valueIn(other, "name") === name)
      ? [
          {
            at: [...parser.at],
            message: `${parser.called} has the name ${quote(name)}, and so has another; give it another name`,
          },
        ]
      : [];
  });
}

/** Why Fargate would refuse a ConfigMap of this size, or `undefined`. */
export function sizeProblem(data: Readonly<Record<string, string>>): string | undefined {
  const characters = Object.entries(data).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return characters <= MAX_CHARACTERS
    ? undefined
    : `the ConfigMap of the log router must hold at most ${MAX_CHARACTERS} characters, its keys counted, got ${characters}; drop outputs, namespaces or filters`;
}
