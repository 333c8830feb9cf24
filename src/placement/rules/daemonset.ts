import { quote } from "../../model/problem";
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
    const found = daemonSetOf(workload);
    const agent = found === undefined ? undefined : firstAgent(workload);
    return found === undefined
      ? []
      : [
          agent === undefined
            ? { at: found.at, message: `${found.called} (${found.by})` }
            : { at: found.at, message: `${found.called} that runs ${agent.name}`, fix: agent.replacement },
        ];
  },
};

/** How a workload is a DaemonSet, or a pod of one that is not among the manifests. */
function daemonSetOf({ kind, controller }: Workload) {
  if (kind === "DaemonSet") {
    return { at: ["kind"], called: "it is a DaemonSet", by: "'kind' is DaemonSet" };
  }
  return controller?.kind === "DaemonSet"
    ? {
        at: ["metadata", "ownerReferences"],
        called: `it is a pod of the DaemonSet ${quote(controller.name)}`,
        by: "'ownerReferences'",
      }
    : undefined;
}

function firstAgent(workload: Workload) {
  return containersOf(workload)
    .map(({ container }) => nodeAgentOf(container))
    .find((agent) => agent !== undefined);
}
