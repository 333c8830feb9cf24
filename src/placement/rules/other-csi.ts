import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { claimsOf, EFS_DRIVER, isEbs } from "./support/claims";
import { report } from "./support/sources";

export const otherCsi: Rule = {
  id: "other-csi",
  severity: "error",
  title: "Claims are bound to volumes of the EFS driver",
  reason: `Fargate mounts persistent volumes of the driver ${EFS_DRIVER} only, and refuses the pod with "bound to invalid PV"`,
  fix: "keep the data in EFS, read objects of S3 through its API, or run the pods on nodes",
  source: report("kubernetes-sigs/aws-ebs-csi-driver", 810),
  check: (workload, cluster) =>
    claimsOf(workload, cluster).flatMap(({ at, called, storage }) =>
      storage.kind === "driver" && storage.driver !== EFS_DRIVER && !isEbs(storage.driver)
        ? [{ at, message: `${called} is on ${storage.from} with driver ${quote(storage.driver)}` }]
        : [],
    ),
};
