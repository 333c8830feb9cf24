import * as v from "valibot";
import { efsKeyProblem, efsProblems } from "../../model/efs";
import { efsClaimProblems } from "../../model/efs-claim";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { nameProblem, names } from "../../model/names";
import { type Problem, quote, quoteAll, under } from "../../model/problem";
import { described, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

const accessPoint = v.strictObject({
  path: v.exactOptional(described(text, "Directory. Default: / and the name of the access point.")),
  uid: v.exactOptional(described(v.number(), "User whose rights every pod has. Default: 1000.")),
  gid: v.exactOptional(described(v.number(), "Default: 1000.")),
  secondaryGids: v.exactOptional(v.array(v.number())),
  permissions: v.exactOptional(described(text, 'Mode of the directory, in quotes. Default: "0750".')),
  namespaces: v.exactOptional(
    described(texts, "Namespaces that get a volume and a claim of the access point's name. Default: none."),
  ),
});

const days = v.union([v.literal(false), v.number()]);

const fileSystem = v.strictObject({
  accessPoints: described(v.record(text, accessPoint), "Directories that pods mount, by name."),
  throughput: v.exactOptional(
    described(
      v.union([v.picklist(["elastic", "bursting"]), v.strictObject({ provisionedInMibps: v.number() })]),
      "Default: elastic.",
    ),
  ),
  lifecycle: v.exactOptional(
    described(
      v.strictObject({
        infrequentAccessAfterDays: v.exactOptional(described(days, "Default: 30.")),
        archiveAfterDays: v.exactOptional(described(days, "Default: false.")),
        backOnAccess: v.exactOptional(described(v.boolean(), "Default: true.")),
      }),
      "When files that nobody reads move to cheaper storage.",
    ),
  ),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts the files. Default: one of its own.")),
  backup: v.exactOptional(described(v.boolean(), "Daily backups, kept 35 days. Default: true.")),
  deletionProtection: v.exactOptional(described(v.boolean(), "Whether Terraform refuses to delete it. Default: true.")),
  podSecurityGroups: v.exactOptional(
    described(texts, "Keys of 'podSecurityGroups' whose pods may mount it, beside those with the cluster's group."),
  ),
});

export const efsSchema = described(v.record(text, fileSystem), "EFS file systems by name.");

type FileSystem = v.InferOutput<typeof fileSystem>;

/** What is wrong with the file systems. */
export function efsSettingsProblems({ name, inCluster }: Settings): Problem[] {
  const { efs = {}, podSecurityGroups = {} } = inCluster ?? {};
  return [
    ...Object.entries(efs).flatMap(([key, options]) =>
      under(key, [
        ...keyProblems(name, key),
        ...kmsKeyProblems(options),
        ...efsProblems(options),
        ...claimProblems(options),
        ...groupProblems(options, Object.keys(podSecurityGroups)),
      ]),
    ),
    ...takenClaims(efs),
  ];
}

function keyProblems(cluster: string, key: string): Problem[] {
  const message =
    efsKeyProblem("a file system", key) ??
    nameProblem("fileSystem", names.fileSystem(cluster, key), "choose a shorter name of the file system");
  return message === undefined ? [] : [{ at: [], message }];
}

function kmsKeyProblems({ kmsKeyArn }: FileSystem): Problem[] {
  const message = kmsKeyArn === undefined ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn);
  return message === undefined ? [] : [{ at: ["kmsKeyArn"], message }];
}

function claimProblems({ accessPoints }: FileSystem): Problem[] {
  return Object.entries(accessPoints).flatMap(([key, { namespaces = [] }]) =>
    namespaces.flatMap((namespace, index) =>
      // What is wrong with the name is told of the access point.
      efsClaimProblems({ accessPoint: key, namespace })
        .filter(({ at }) => at.includes("namespace"))
        .map(({ message }) => ({ at: ["accessPoints", key, "namespaces", index], message })),
    ),
  );
}

function groupProblems({ podSecurityGroups = [] }: FileSystem, there: readonly string[]): Problem[] {
  return podSecurityGroups.flatMap((key, index) =>
    there.includes(key)
      ? []
      : [
          {
            at: ["podSecurityGroups", index],
            message: `'podSecurityGroups' must hold keys of 'inCluster.podSecurityGroups' (${there.length === 0 ? "there are none" : quoteAll(there)}), got ${quote(key)}`,
          },
        ],
  );
}

/** Claims of one name in one namespace, which Kubernetes has once. */
function takenClaims(efs: Readonly<Record<string, FileSystem>>): Problem[] {
  const claims = Object.entries(efs).flatMap(([key, { accessPoints }]) =>
    Object.entries(accessPoints).flatMap(([accessPoint, { namespaces = [] }]) =>
      namespaces.map((namespace, index) => ({
        at: [key, "accessPoints", accessPoint, "namespaces", index],
        claim: `${namespace}/${accessPoint}`,
        message: `namespace ${quote(namespace)} has a claim ${quote(accessPoint)} already; give the access point another name, or leave the namespace out`,
      })),
    ),
  );
  return claims
    .filter(({ claim }, index) => claims.findIndex((other) => other.claim === claim) < index)
    .map(({ at, message }) => ({ at, message }));
}
