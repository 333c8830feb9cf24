import { quote } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { type ClaimUse, claimsOf, ebsByName, isEbs } from "./support/claims";
import { FARGATE_GUIDE } from "./support/sources";

export const ebsClaim: Rule = {
  id: "ebs-claim",
  severity: "error",
  title: "Claims are not on EBS",
  reason: "pods on Fargate cannot mount EBS volumes",
  fix: "keep the data in EFS, on a static PersistentVolume with driver efs.csi.aws.com, or run the pods on nodes",
  source: FARGATE_GUIDE,
  check: (workload, cluster) => claimsOf(workload, cluster).flatMap(violations),
};

function violations({ at, called, storage }: ClaimUse): Violation[] {
  switch (storage.kind) {
    case "driver":
      return isEbs(storage.driver)
        ? [{ at, message: `${called} is on ${storage.from} with driver ${quote(storage.driver)}` }]
        : [];
    case "class":
      return byName(storage.name, { at, message: `${called} has the storage class ${quote(storage.name)}` });
    case "default class":
      return [
        {
          at,
          message: `${called} names no storage class, so that it has the cluster's default`,
          severity: "warning",
          reason: "the default class of EKS clusters is usually on EBS, which pods on Fargate cannot mount",
        },
      ];
    case "unknown":
      return [];
  }
}

function byName(name: string, violation: Violation): Violation[] {
  switch (ebsByName(name)) {
    case "certain":
      return [violation];
    case "likely":
      return [
        {
          ...violation,
          severity: "warning",
          reason:
            "by its name it is on EBS, which pods on Fargate cannot mount; its StorageClass is not among the manifests",
        },
      ];
    case undefined:
      return [];
  }
}
