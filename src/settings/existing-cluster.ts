import { clusterAttributesProblems, oidcProviderArnProblem } from "../model/cluster-attributes";
import { type Problem, problemAt, quoteAll, under } from "../model/problem";
import type { Settings } from "./schema";

/** Sections that describe a cluster which is to be created. */
const OF_A_NEW_CLUSTER = ["nodeGroups", "coreDns", "serviceAccountRoles", "albController", "ebsCsiDriver"] as const;

/** What is wrong with settings for a cluster that exists already, where only what runs on it is created. */
export function existingClusterProblems(settings: Settings): Problem[] {
  const { cluster: { existing, ...own } = {}, network, inCluster } = settings;
  if (existing === undefined) {
    return [];
  }
  const extra = Object.keys(own);
  return [
    ...(extra.length === 0
      ? []
      : [
          {
            at: ["cluster"],
            message: `'existing' excludes ${quoteAll(extra)}, which describe a cluster to be created; keep one or the other`,
          },
        ]),
    ...OF_A_NEW_CLUSTER.filter((section) => settings[section] !== undefined).map((section) => ({
      at: [section],
      message: `'${section}' describes a cluster to be created, and 'cluster.existing' names one that is there already; remove it`,
    })),
    ...(network.existing === undefined
      ? [
          {
            at: ["network"],
            message: "'network' must have 'existing', the VPC of the cluster that 'cluster.existing' names",
          },
        ]
      : []),
    ...(inCluster === undefined
      ? [
          {
            at: ["cluster", "existing"],
            message:
              "'existing' names a cluster that is there already, and there is no 'inCluster', so there is nothing to create; say what shall run on it, like inCluster: { metricsServer: {} }",
          },
        ]
      : []),
    ...under(
      ["cluster", "existing"],
      [
        ...clusterAttributesProblems(existing),
        ...problemAt(
          ["oidcProviderArn"],
          oidcProviderArnProblem("oidcProviderArn", existing.oidcProviderArn, existing.oidcIssuer),
        ),
      ],
    ),
  ];
}
