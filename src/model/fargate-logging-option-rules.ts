import { destinationProblems, retentionProblems } from "./fargate-logging-destination-rules";
import {
  type FargateLoggingOptions,
  type IsKnown,
  type LoggingContext,
  type LogMetadata,
  type LogOutput,
  logGroupNameOf,
  outputsOf,
} from "./fargate-logging-options";
import { globIntersection } from "./glob";
import { type Problem, quote, quoteAll, under } from "./problem";

/** Keys stand in tags, which have dots between their parts, and in names of log groups. */
const KEY = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/;
const MATCH = /^[\w.*-]+$/;
const TTL = /^[1-9]\d*[smhd]?$/;

/** What is wrong with the options by themselves, before they are made into a configuration. */
export function loggingOptionProblems(
  options: FargateLoggingOptions,
  context: LoggingContext,
  known: IsKnown,
): Problem[] {
  const { retentionInDays, configMap } = options;
  const extra = (["outputs", "metadata", "excludeNamespaces", "filters", "parsers"] as const).filter(
    (key) => options[key] !== undefined,
  );
  return [
    ...(retentionInDays === undefined ? [] : retentionProblems(retentionInDays)),
    ...(configMap === undefined ? derivationProblems(options, context, known) : []),
    ...(configMap === undefined || extra.length === 0
      ? []
      : [
          problem(
            ["configMap"],
            `'configMap' excludes ${quoteAll(extra)}, which describe what it holds already; keep one or the other`,
          ),
        ]),
  ];
}

/** What is wrong with what the configuration is derived from. */
function derivationProblems(options: FargateLoggingOptions, context: LoggingContext, known: IsKnown): Problem[] {
  const { excludeNamespaces = [], metadata } = options;
  const outputs = outputsOf(options);
  return [
    ...(outputs.length > 0
      ? []
      : [problem(["outputs"], "'outputs' must hold at least one output, got none; leave it out for a log group")]),
    ...outputs.flatMap(([key, output]) => under(["outputs", key], outputProblems(key, output, known))),
    ...logGroupProblems(outputs, context),
    ...namespaceOverlapProblems(outputs),
    ...excludeNamespaces.flatMap((namespace, index) =>
      under(["excludeNamespaces", index], namespaceProblems("excludeNamespaces", namespace)),
    ),
    ...(metadata === undefined || metadata === false ? [] : under("metadata", ttlProblems(metadata))),
  ];
}

function problem(at: Problem["at"], message: string): Problem {
  return { at, message };
}

function outputProblems(key: string, output: LogOutput, known: IsKnown): Problem[] {
  const { match, namespaces } = output;
  return [
    ...(KEY.test(key)
      ? []
      : [
          problem(
            [],
            `the name of an output must be 1 to 32 lower-case letters, digits and "-", beginning and ending with a letter or digit, got ${quote(key)}`,
          ),
        ]),
    ...(match !== undefined && namespaces !== undefined
      ? [problem([], `output ${quote(key)} has both 'match' and 'namespaces', which both choose its lines; keep one`)]
      : []),
    ...(match === undefined || MATCH.test(match)
      ? []
      : [
          problem(
            ["match"],
            `'match' must be a pattern of tags, like "kube.*", of letters, digits, "_", "-", "." and "*", got ${quote(match)}`,
          ),
        ]),
    ...(namespaces === undefined ? [] : routedNamespacesProblems(namespaces)),
    ...destinationProblems(key, output, known),
  ];
}

function routedNamespacesProblems(namespaces: readonly string[]): Problem[] {
  return namespaces.length === 0
    ? [problem(["namespaces"], "'namespaces' must hold at least one namespace, got none; leave it out for all lines")]
    : namespaces.flatMap((namespace, index) =>
        under(["namespaces", index], namespaceProblems("namespaces", namespace)),
      );
}

function namespaceProblems(property: string, namespace: string): Problem[] {
  return NAMESPACE.test(namespace)
    ? []
    : [
        problem(
          [],
          `'${property}' must hold namespaces, with "*" where any characters may stand, got ${quote(namespace)}`,
        ),
      ];
}

type Outputs = readonly (readonly [string, LogOutput])[];

/** A log group is created for each output, so each needs a name of its own. */
function logGroupProblems(outputs: Outputs, context: LoggingContext): Problem[] {
  const writers = new Map<string, string>();
  return outputs.flatMap(([key, { cloudWatch }]) => {
    if (cloudWatch === undefined) {
      return [];
    }
    const name = logGroupNameOf(key, cloudWatch, context);
    const other = writers.get(name);
    writers.set(name, key);
    return other === undefined
      ? []
      : [
          problem(
            ["outputs", key, "cloudWatch", "logGroupName"],
            `outputs ${quote(other)} and ${quote(key)} would both create log group ${quote(name)}; give one of them another 'logGroupName'`,
          ),
        ];
  });
}

/** Two outputs that claim one namespace: a line would go to the first of them only. */
function namespaceOverlapProblems(outputs: Outputs): Problem[] {
  return outputs.flatMap(([key, { namespaces = [] }], index) =>
    outputs.slice(0, index).flatMap(([otherKey, other]) =>
      namespaces.flatMap((namespace) =>
        (other.namespaces ?? []).flatMap((otherNamespace) => {
          const both = globIntersection(namespace, otherNamespace);
          return both === undefined
            ? []
            : [
                problem(
                  ["outputs", key, "namespaces"],
                  `outputs ${quote(otherKey)} and ${quote(key)} both take the lines of namespace ${quote(both)}; give each namespace to one of them`,
                ),
              ];
        }),
      ),
    ),
  );
}

function ttlProblems({ cacheTtl }: LogMetadata): Problem[] {
  return cacheTtl === undefined || TTL.test(cacheTtl)
    ? []
    : [problem(["cacheTtl"], `'cacheTtl' must be a time, like "300s" or "30m", got ${quote(cacheTtl)}`)];
}
