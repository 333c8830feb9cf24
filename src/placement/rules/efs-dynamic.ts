import type { Rule } from "../rule";
import { claimsOf, EFS_DRIVER } from "./support/claims";
import { EFS_DRIVER_GUIDE } from "./support/sources";

export const efsDynamic: Rule = {
  id: "efs-dynamic",
  severity: "error",
  title: "Claims on EFS are bound to static volumes",
  reason: "on Fargate EFS volumes are not provisioned dynamically",
  fix: "create a PersistentVolume with driver efs.csi.aws.com and the file system as its 'volumeHandle', and name it in the claim's 'volumeName'",
  source: EFS_DRIVER_GUIDE,
  check: (workload, cluster) =>
    claimsOf(workload, cluster).flatMap(({ at, called, storage }) =>
      storage.kind === "driver" && storage.driver === EFS_DRIVER && storage.provisioned
        ? [
            {
              at,
              message: `${called} leaves it to ${storage.from} with provisioner ${EFS_DRIVER} to make its volume`,
            },
          ]
        : [],
    ),
};
