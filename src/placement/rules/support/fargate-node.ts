import { ownValue } from "../../../model/own-value";
import type { NodeRequirement } from "../../../model/pod";

/**
 * The node that Fargate brings for a pod, as node selectors see it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
 */
const LABELS: Readonly<Record<string, string>> = {
  "kubernetes.io/os": "linux",
  "beta.kubernetes.io/os": "linux",
  "kubernetes.io/arch": "amd64",
  "beta.kubernetes.io/arch": "amd64",
  "eks.amazonaws.com/compute-type": "fargate",
};

/** Labels whose value is the subnet's, so that it depends on the profile. */
const PLACE_LABELS = new Set([
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "topology.k8s.aws/zone-id",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
]);

/** A label whose value nobody knows before the pod is there. */
const HOSTNAME_LABEL = "kubernetes.io/hostname";

/** Whether Fargate's node has what is asked for: `perhaps` where the profile's subnets decide. */
export type Answer = "yes" | "no" | "perhaps";

export function answerTo({ key, operator, values }: NodeRequirement): Answer {
  const exists = Object.hasOwn(LABELS, key) || PLACE_LABELS.has(key) || key === HOSTNAME_LABEL;
  switch (operator) {
    case "Exists":
      return toAnswer(exists);
    case "DoesNotExist":
      return toAnswer(!exists);
    case "In":
      return PLACE_LABELS.has(key) ? "perhaps" : toAnswer(isOneOf(key, values));
    case "NotIn":
      return PLACE_LABELS.has(key) ? "perhaps" : toAnswer(!isOneOf(key, values));
    default:
      // `Gt` and `Lt` compare numbers, and no label of the node is one.
      return "no";
  }
}

/** One of several terms must hold, each with all of its requirements; a term without any holds nowhere. */
export function answerToTerms(terms: readonly (readonly NodeRequirement[])[]): Answer {
  const answers = terms.map(answerToTerm);
  return answers.length === 0 || answers.includes("yes") ? "yes" : answers.includes("perhaps") ? "perhaps" : "no";
}

function answerToTerm(term: readonly NodeRequirement[]): Answer {
  const answers = term.map(answerTo);
  return answers.length === 0 || answers.includes("no") ? "no" : answers.includes("perhaps") ? "perhaps" : "yes";
}

/** What a node selector asks for, as a requirement. */
export function requirementOf([key, value]: readonly [key: string, value: string]): NodeRequirement {
  return { key, operator: "In", values: [value] };
}

/** As messages show it: `kubernetes.io/arch In [arm64]`. */
export function describeRequirement({ key, operator, values }: NodeRequirement): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} [${values.join(", ")}]`;
}

function isOneOf(key: string, values: readonly string[]): boolean {
  const label = ownValue(LABELS, key);
  return label !== undefined && values.includes(label);
}

function toAnswer(holds: boolean): Answer {
  return holds ? "yes" : "no";
}
