import type { Workload } from "../../model/workload";
import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { nodeAgentOf } from "./support/node-agents";
import { FARGATE_GUIDE } from "./support/sources";

export const daemonset: Rule = {
  id: "daemonset",
  severity: "error",
  title: "Pods do not belong to a DaemonSet",
  reason: "Fargate runs each pod on a node of its own and refuses the pods of DaemonSets",
  fix: "run it as a sidecar of the pods that need it, or on nodes only",
  source: FARGATE_GUIDE,
  check(workload) {
    if (workload.kind !== "DaemonSet") {
      return [];
    }
    const agent = firstAgent(workload);
    return [
      agent === undefined
        ? { at: ["kind"], message: "it is a DaemonSet ('kind' is DaemonSet)" }
        : { at: ["kind"], message: `it is a DaemonSet that runs ${agent.name}`, fix: agent.replacement },
    ];
  },
};

function firstAgent(workload: Workload) {
  return containersOf(workload)
    .map(({ container }) => nodeAgentOf(container))
    .find((agent) => agent !== undefined);
}
