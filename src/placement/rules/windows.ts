import { quote } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { unmetDemands } from "./support/node-demands";
import { FARGATE_GUIDE } from "./support/sources";

export const windows: Rule = {
  id: "windows",
  severity: "error",
  title: "Pods run on Linux",
  reason: "pods on Fargate run on Linux only",
  fix: "build the image for Linux, or run the pods on Windows nodes",
  source: FARGATE_GUIDE,
  check(workload) {
    const { pod, podPath } = workload;
    const violations: Violation[] = [];
    if (pod.os === "windows") {
      violations.push({ at: [...podPath, "os", "name"], message: `the pods are for Windows ('os.name' is "windows")` });
    }
    if (pod.hostProcess) {
      violations.push({
        at: [...podPath, "securityContext", "windowsOptions", "hostProcess"],
        message: "the pods are host processes of Windows ('hostProcess' is true)",
      });
    }
    if (/windows/i.test(pod.runtimeClassName ?? "")) {
      violations.push({
        at: [...podPath, "runtimeClassName"],
        message: `the pods have the runtime class ${quote(pod.runtimeClassName)}, by its name for Windows`,
      });
    }
    return [...violations, ...unmetDemands(workload, "operating system")];
  },
};
