import * as v from "valibot";
import { fargateLoggingProblems } from "../../model/fargate-logging";
import { names as awsNames, nameProblem } from "../../model/names";
import type { Problem } from "../../model/problem";
import { described, names, text } from "../pieces";
import type { Settings } from "../schema";

const retention = v.exactOptional(described(v.number(), "Days to keep the lines. Default: 365."));
const roleArn = v.exactOptional(described(text, "Role to assume, for a destination of another account."));

const output = v.strictObject({
  cloudWatch: v.exactOptional(
    described(
      v.strictObject({
        logGroupName: v.exactOptional(described(text, "Default: /aws/eks/<name>/fargate/<name of the output>.")),
        logStreamPrefix: v.exactOptional(described(text, "Default: fargate-.")),
        retentionInDays: retention,
      }),
      "A log group, which is created; {} for the defaults.",
    ),
  ),
  firehose: v.exactOptional(
    described(v.strictObject({ deliveryStream: text, roleArn }), "A delivery stream of Amazon Data Firehose."),
  ),
  kinesis: v.exactOptional(
    described(
      v.strictObject({
        stream: text,
        kmsKeyArn: v.exactOptional(described(text, "Key of yours that encrypts the stream.")),
        roleArn,
      }),
      "A stream of Kinesis Data Streams.",
    ),
  ),
  openSearch: v.exactOptional(
    described(
      v.strictObject({
        host: described(text, "Host of the domain's endpoint."),
        domain: v.exactOptional(described(text, "Name of the domain. Default: the one in the host.")),
        index: text,
        dailyIndex: v.exactOptional(described(v.boolean(), "Default: true.")),
        roleArn,
      }),
      "A domain of Amazon OpenSearch Service.",
    ),
  ),
  namespaces: v.exactOptional(described(names, "Namespaces whose lines go here and nowhere else. Default: all.")),
  match: v.exactOptional(described(text, "Tags to take, as in Fluent Bit. Default: kube.*.")),
});

const metadata = described(
  v.union([
    v.literal(false),
    v.strictObject({
      labels: v.exactOptional(described(v.boolean(), "Default: true.")),
      annotations: v.exactOptional(described(v.boolean(), "Default: false.")),
      mergeJson: v.exactOptional(described(v.boolean(), "Whether a JSON line becomes fields. Default: true.")),
      cacheTtl: v.exactOptional(described(text, "Default: 30m, AWS's own.")),
    }),
  ]),
  "What is added to each line about its pod.",
);

export const fargateLoggingSchema = described(
  v.strictObject({
    outputs: v.exactOptional(
      described(v.record(text, output), "Where lines go, by a name of your choice. Default: one log group."),
    ),
    metadata: v.exactOptional(metadata),
    excludeNamespaces: v.exactOptional(described(names, "Namespaces whose lines go nowhere. Default: none.")),
    filters: v.exactOptional(described(text, "Further [FILTER] sections of Fluent Bit.")),
    parsers: v.exactOptional(described(text, "Further [PARSER] sections of Fluent Bit.")),
    configMap: v.exactOptional(
      described(
        v.strictObject({
          "output.conf": text,
          "filters.conf": v.exactOptional(text),
          "parsers.conf": v.exactOptional(text),
        }),
        "Data of an aws-logging ConfigMap of yours, instead of all the above.",
      ),
    ),
    retentionInDays: v.exactOptional(described(v.number(), "Days to keep the lines in log groups. Default: 365.")),
    processLogs: v.exactOptional(
      described(v.boolean(), "Whether the log router writes about itself, which costs extra. Default: false."),
    ),
    allowOverlap: v.exactOptional(
      described(v.boolean(), "Whether a line may go to two destinations, which both cost. Default: false."),
    ),
    podExecutionRoleNames: v.exactOptional(
      described(names, "Roles of the Fargate profiles of an existing cluster. Default: those of the cluster's stack."),
    ),
  }),
  "Logs of the pods on Fargate, by its built-in log router; {} for a log group.",
);

/** Names of the pod execution roles that the cluster's stack creates, or that an existing cluster has. */
export function podExecutionRoleNames({ name, cluster, fargate, inCluster }: Settings): string[] {
  const given = inCluster?.fargateLogging?.podExecutionRoleNames;
  if (given !== undefined || cluster?.existing !== undefined) {
    return [...new Set(given)].sort();
  }
  return fargate.podExecutionRole === "own"
    ? Object.keys(fargate.profiles)
        .sort()
        .map((key) => awsNames.podExecutionRole(name, key))
    : [awsNames.sharedPodExecutionRole(name)];
}

/** What is wrong with the logs of the pods on Fargate. */
export function fargateLoggingSettingsProblems(settings: Settings): Problem[] {
  const { name, region, cluster, inCluster } = settings;
  const { podExecutionRoleNames: given, ...options } = inCluster?.fargateLogging ?? {};
  return [
    ...fargateLoggingProblems(options, { clusterName: name, region }),
    ...(cluster?.existing !== undefined && (given === undefined || given.length === 0)
      ? [
          {
            at: [],
            message:
              "'podExecutionRoleNames' must name the roles of the Fargate profiles of the cluster that 'cluster.existing' names; without the permission to write, their pods log nowhere",
          },
        ]
      : []),
    ...(given ?? []).flatMap((role, index) => {
      const message = nameProblem("role", role, "give the name of a role, not its ARN");
      return message === undefined ? [] : [{ at: ["podExecutionRoleNames", index], message }];
    }),
  ];
}
