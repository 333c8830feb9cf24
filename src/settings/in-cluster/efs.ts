import * as v from "valibot";
import { efsClaimProblems } from "../../model/efs-claim";
import { type Problem, quote, quoteAll, under } from "../../model/problem";
import { accessPointEntries, fileSystemEntries, fileSystemProblems } from "../file-system";
import { described, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

const accessPoint = v.strictObject({
  ...accessPointEntries,
  namespaces: v.exactOptional(
    described(texts, "Namespaces that get a volume and a claim of the access point's name. Default: none."),
  ),
});

const fileSystem = v.strictObject({
  accessPoints: described(v.record(text, accessPoint), "Directories that pods mount, by name."),
  ...fileSystemEntries,
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
        ...fileSystemProblems(name, key, options),
        ...claimProblems(options),
        ...groupProblems(options, Object.keys(podSecurityGroups)),
      ]),
    ),
    ...takenClaims(efs),
  ];
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
