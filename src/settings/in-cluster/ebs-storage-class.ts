import * as v from "valibot";
import { ebsStorageClassProblems, NO_NODES_FOR_EBS_PROBLEM } from "../../model/ebs-storage-class";
import type { Problem } from "../../model/problem";
import { hasLinuxNodes } from "../nodes";
import { described, text } from "../pieces";
import type { Settings } from "../schema";

export const ebsStorageClassSchema = described(
  v.strictObject({
    name: v.exactOptional(described(text, "Default: gp3.")),
    default: v.exactOptional(described(v.boolean(), "Whether claims that name no class get this one. Default: true.")),
    kmsKeyArn: v.exactOptional(described(text, "Default: the account's default key for EBS.")),
    reclaimPolicy: v.exactOptional(described(v.picklist(["Delete", "Retain"]), "Default: Delete.")),
  }),
  "Encrypted gp3 volumes for pods on nodes; needs 'ebsCsiDriver'.",
);

/** What is wrong with the class of EBS volumes. */
export function ebsStorageClassSettingsProblems(settings: Settings): Problem[] {
  const { cluster, ebsCsiDriver, inCluster } = settings;
  return [
    ...ebsStorageClassProblems(inCluster?.ebsStorageClass ?? {}),
    ...(hasLinuxNodes(settings) ? [] : [{ at: [], message: NO_NODES_FOR_EBS_PROBLEM }]),
    ...(ebsCsiDriver === undefined && cluster?.existing === undefined
      ? [
          {
            at: [],
            message:
              "'ebsStorageClass' needs the add-on that makes volumes, and there is none; add 'ebsCsiDriver: {}' beside 'inCluster'",
          },
        ]
      : []),
  ];
}
