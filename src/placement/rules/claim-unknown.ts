import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { claimsOf, ebsByName, type Storage } from "./support/claims";
import { EFS_DRIVER_GUIDE } from "./support/sources";

export const claimUnknown: Rule = {
  id: "claim-unknown",
  severity: "warning",
  title: "The volume behind each claim is known",
  reason: "Fargate mounts it only when it is bound to a static PersistentVolume with driver efs.csi.aws.com",
  fix: "give the manifests of the claim and of its volume too",
  source: EFS_DRIVER_GUIDE,
  check: (workload, cluster) =>
    claimsOf(workload, cluster).flatMap(({ at, called, storage }) => {
      const from = unknownOf(storage);
      return from === undefined ? [] : [{ at, message: `${called} is on ${from}` }];
    }),
};

function unknownOf(storage: Storage): string | undefined {
  switch (storage.kind) {
    case "unknown":
      return storage.from;
    case "class":
      return ebsByName(storage.name) !== undefined
        ? undefined
        : `storage class ${quote(storage.name)}, which is not among the manifests`;
    default:
      return undefined;
  }
}
