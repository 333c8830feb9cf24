import { ownValue } from "../../model/own-value";
import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { describeObject } from "./support/objects";
import { FARGATE_GUIDE } from "./support/sources";

/** Annotation of a service account by which its pods take a role through the cluster's OIDC provider. */
const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

export const podIdentity: Rule = {
  id: "pod-identity",
  severity: "error",
  title: "Pods take their AWS role by their service account (IRSA)",
  reason: "EKS Pod Identity is for pods on Linux EC2 instances only, so that pods on Fargate get no credentials",
  fix: `annotate the ServiceAccount with ${ROLE_ANNOTATION} (IRSA) and delete the association`,
  source: FARGATE_GUIDE,
  podsStart: true,
  check(workload, cluster) {
    const association = cluster.podIdentityOf(workload);
    if (association === undefined) {
      return [];
    }
    const { namespace, serviceAccount } = association;
    const message = `the service account ${quote(serviceAccount)} gets its role by ${describeObject("PodIdentityAssociation", association)}`;
    const at = [...workload.podPath, "serviceAccountName"];
    const annotations = cluster.serviceAccount(namespace, serviceAccount)?.annotations ?? {};
    return ownValue(annotations, ROLE_ANNOTATION) !== undefined
      ? [
          {
            at,
            message: `${message}, and by its annotation ${ROLE_ANNOTATION}`,
            severity: "warning",
            reason: "which of the two pods on Fargate then try is not documented, and only the annotation works there",
            fix: "delete the association",
          },
        ]
      : [{ at, message }];
  },
};
