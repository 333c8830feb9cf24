import { CHEAPER_ON_NODES } from "../cost/cheaper-on-nodes";
import type { Severity } from "../model/finding";
import { RULES } from "../placement/rules/index";
import { asSentence } from "./format";

/** What an output says of a rule apart from its findings. */
export interface RuleDescription {
  readonly id: string;
  /** The good state, in one short sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it should be so, in one sentence; empty when nobody says. */
  readonly reason: string;
}

/** The rule that documents break which cannot be read. */
export const UNREADABLE = "unreadable-manifest";

/** What reading and placement find without a rule that is checked in each pod. */
const OTHERS: readonly RuleDescription[] = [
  {
    id: "no-profile",
    title: "A profile takes each pod, or there are nodes",
    severity: "error",
    reason: "A pod that no Fargate profile takes stays Pending in a cluster without nodes.",
  },
  {
    id: "ambiguous-profile",
    title: "One profile takes a pod, or a label decides",
    severity: "warning",
    reason:
      "Where several Fargate profiles match a pod, EKS takes the first by the alphabet, and adding a profile can move pods to other subnets and another role.",
  },
  {
    id: "profile-label",
    title: "The profile that a label names takes the pod",
    severity: "warning",
    reason:
      "EKS passes over the label `eks.amazonaws.com/fargate-profile` when it names a profile that does not exist or does not match the pod.",
  },
  {
    id: UNREADABLE,
    title: "Manifests can be read",
    severity: "error",
    reason: "What cannot be read is not checked, and may hold anything.",
  },
];

/** Every rule that findings are known to name. */
export const DESCRIPTIONS: readonly RuleDescription[] = [
  ...[...RULES, CHEAPER_ON_NODES].map(({ id, title, severity, reason }) => ({
    id,
    title,
    severity,
    reason: asSentence(reason),
  })),
  ...OTHERS,
];

const BY_ID: ReadonlyMap<string, RuleDescription> = new Map(DESCRIPTIONS.map((rule) => [rule.id, rule]));

/** The rule of this id; one that nobody describes has its id for a title. */
export function describeRule(id: string): RuleDescription {
  return BY_ID.get(id) ?? { id, title: id, severity: "warning", reason: "" };
}
