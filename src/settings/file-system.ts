import * as v from "valibot";
import { type EfsOptions, efsKeyProblem, efsProblems } from "../model/efs";
import { kmsKeyArnProblem } from "../model/kms-key";
import { nameProblem, names } from "../model/names";
import { type Problem, problemAt } from "../model/problem";
import { described, text } from "./pieces";

/** An EFS file system, whether pods or tasks mount it. */

export const accessPointEntries = {
  path: v.exactOptional(described(text, "Directory. Default: / and the name of the access point.")),
  uid: v.exactOptional(described(v.number(), "User whose rights every container has. Default: 1000.")),
  gid: v.exactOptional(described(v.number(), "Default: 1000.")),
  secondaryGids: v.exactOptional(v.array(v.number())),
  permissions: v.exactOptional(described(text, 'Mode of the directory, in quotes. Default: "0750".')),
};

const days = v.union([v.literal(false), v.number()]);

export const fileSystemEntries = {
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
};

/** What is wrong with one file system, but for who mounts it. */
export function fileSystemProblems(
  cluster: string,
  key: string,
  options: EfsOptions & { readonly kmsKeyArn?: string },
): Problem[] {
  return [
    ...problemAt(
      [],
      efsKeyProblem("a file system", key) ??
        nameProblem("fileSystem", names.fileSystem(cluster, key), "choose a shorter name of the file system"),
    ),
    ...problemAt(
      ["kmsKeyArn"],
      options.kmsKeyArn === undefined ? undefined : kmsKeyArnProblem("kmsKeyArn", options.kmsKeyArn),
    ),
    ...efsProblems(options),
  ];
}
