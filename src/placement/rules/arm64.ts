import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { unmetDemands } from "./support/node-demands";
import { FARGATE_GUIDE } from "./support/sources";

/** `arm64v8/nginx`, `app:1.0-arm64`, `app-aarch64`. */
const ARM_IMAGE = /(^|[/:_.-])(arm64(v8)?|aarch64)([/:_.@-]|$)/;

export const arm64: Rule = {
  id: "arm64",
  severity: "error",
  title: "Pods run on x86",
  reason: "pods on Fargate run on amd64 only; Fargate's Arm is for ECS",
  fix: "build the image for amd64 and ask for no other architecture, or run the pods on nodes",
  source: FARGATE_GUIDE,
  check: (workload) => [
    ...unmetDemands(workload, "architecture"),
    ...containersOf(workload).flatMap(({ container: { image = "" }, at, called }) =>
      ARM_IMAGE.test(image)
        ? [
            {
              at: [...at, "image"],
              message: `${called} has the image ${quote(image)}, by its name for Arm`,
              severity: "warning" as const,
            },
          ]
        : [],
    ),
  ],
};
