import * as v from "valibot";
import { nameProblem, names } from "../../model/names";
import { type Problem, under } from "../../model/problem";
import { podChoiceProblems } from "../../model/security-group-policy";
import { podSecurityGroupKeyProblem, podTrafficProblems } from "../../model/security-group-rules";
import { described, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

const rule = v.strictObject({
  securityGroupId: v.exactOptional(text),
  cidr: v.exactOptional(text),
  self: v.exactOptional(v.boolean()),
  port: v.exactOptional(
    described(
      v.union([v.number(), v.strictObject({ from: v.number(), to: v.number() })]),
      "One port, or the first and the last. Default: all.",
    ),
  ),
  protocol: v.exactOptional(described(v.picklist(["tcp", "udp", "all"]), "Default: tcp.")),
});

const labels = v.record(text, v.string());

const group = v.strictObject({
  namespace: described(text, "Namespace of the pods."),
  podLabels: v.exactOptional(described(labels, "Labels of the pods; {} for all of the namespace.")),
  serviceAccountLabels: v.exactOptional(described(labels, "Labels of their service accounts instead.")),
  ports: v.exactOptional(
    described(v.array(v.number()), "Ports that the kubelet probes and other pods of the cluster call."),
  ),
  ingress: v.exactOptional(described(v.record(text, rule), "What else may reach the pods, by a name of your choice.")),
  egress: v.exactOptional(
    described(v.record(text, rule), "What the pods may reach besides the cluster. Default: everything."),
  ),
  additionalSecurityGroupIds: v.exactOptional(described(texts, "Further security groups of the pods, five together.")),
});

export const podSecurityGroupsSchema = described(v.record(text, group), "Security groups of pods by name.");

/** What is wrong with the security groups of pods. */
export function podSecurityGroupsProblems({ name, inCluster }: Settings): Problem[] {
  return Object.entries(inCluster?.podSecurityGroups ?? {}).flatMap(([key, options]) => {
    const named =
      podSecurityGroupKeyProblem(key) ??
      nameProblem("securityGroup", names.podSecurityGroup(name, key), "choose a shorter name of the group");
    return under(key, [
      ...(named === undefined ? [] : [{ at: [], message: named }]),
      ...podChoiceProblems(options),
      ...podTrafficProblems(options, () => true),
    ]);
  });
}
