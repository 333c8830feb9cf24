import type { Rule } from "../rule";
import { longRunningContainersOf } from "./support/containers";
import { nodeAgentOf } from "./support/node-agents";
import { LOGGING_GUIDE } from "./support/sources";

export const nodeAgent: Rule = {
  id: "node-agent",
  severity: "advice",
  title: "Pods do not carry agents whose work Fargate does",
  reason: "every pod pays for an agent that has no node to look after on Fargate",
  fix: "leave the agent out",
  source: LOGGING_GUIDE,
  check(workload) {
    const containers = longRunningContainersOf(workload);
    // A pod of one container is the agent's own: an aggregator for the cluster, or a DaemonSet, which has its own rule.
    if (workload.kind === "DaemonSet" || containers.length < 2) {
      return [];
    }
    return containers.flatMap(({ container, at, called }) => {
      const agent = nodeAgentOf(container);
      return agent === undefined || agent.runsBesidePods
        ? []
        : [{ at, message: `${called} runs ${agent.name}`, fix: agent.replacement }];
    });
  },
};
