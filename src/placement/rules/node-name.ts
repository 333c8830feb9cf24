import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { FARGATE_GUIDE } from "./support/sources";

/** Names of the nodes that Fargate makes begin so. */
const FARGATE_NODE = "fargate-";

export const nodeName: Rule = {
  id: "node-name",
  severity: "error",
  title: "Pods do not name their node",
  reason: "Fargate makes a new node for each pod, whose name nobody knows before",
  fix: "remove 'nodeName'",
  source: FARGATE_GUIDE,
  check({ kind, pod, podPath }) {
    if (pod.nodeName === undefined || pod.nodeName === "" || pod.nodeName.startsWith(FARGATE_NODE)) {
      return [];
    }
    return [
      {
        at: [...podPath, "nodeName"],
        message: `the pods are for the node ${quote(pod.nodeName)} ('nodeName')`,
        // What `kubectl get` shows of a running pod has the node to which the scheduler bound it.
        ...(kind === "Pod" ? { severity: "warning" as const } : {}),
      },
    ];
  },
};
