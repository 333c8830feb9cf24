import { ownValue } from "../../model/own-value";
import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { GETTING_STARTED_GUIDE } from "./support/sources";

const ANNOTATION = "eks.amazonaws.com/compute-type";

export const computeTypeAnnotation: Rule = {
  id: "compute-type-annotation",
  severity: "error",
  title: "Pods are not annotated for EC2",
  reason: "a pod with this annotation is kept off Fargate, as EKS itself does with CoreDNS",
  fix: "remove the annotation from the pod template",
  source: GETTING_STARTED_GUIDE,
  check({ podAnnotations, podPath }) {
    const value = ownValue(podAnnotations, ANNOTATION);
    return value === "ec2"
      ? [
          {
            at: [...podPath.slice(0, -1), "metadata", "annotations", ANNOTATION],
            message: `the pods have the annotation ${ANNOTATION}: ${quote(value)}`,
          },
        ]
      : [];
  },
};
