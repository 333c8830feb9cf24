import { labelProblems, taintSyntaxProblems } from "./kubernetes-names";
import { type Problem, quote, under } from "./problem";

/** What keeps pods off a node that do not tolerate it. */
export interface NodeTaint {
  readonly key: string;
  /** @default - none */
  readonly value?: string;
  /** As the API of EKS writes it: `NO_SCHEDULE` is `NoSchedule` in Kubernetes. */
  readonly effect: TaintEffect;
}

export const TAINT_EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] as const;

export type TaintEffect = (typeof TAINT_EFFECTS)[number];

/** EKS takes whole keys of this length, less than Kubernetes does. Source: API model of EKS, CreateNodegroup, 2026-11-17. */
const KEY_MAX = 63;

/** Source: EKS User Guide, "Recipe: Prevent pods from being scheduled on specific nodes". */
const MAX_TAINTS = 50;

/** A kubelet may not give itself labels in the domains of Kubernetes, and EKS keeps its own. */
const RESERVED = /^([^/]*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;

/**
 * What is wrong with the Kubernetes labels that a node group gives its nodes.
 *
 * @param isKnown whether a value is known yet; others are left to AWS
 */
export function nodeLabelProblems(
  labels: Readonly<Record<string, string>>,
  isKnown: (value: string) => boolean = () => true,
): Problem[] {
  return under(
    "labels",
    Object.entries(labels).flatMap(([key, value]) => {
      const syntax = labelProblems({ [key]: isKnown(value) ? value : "" });
      return syntax.length > 0 ? syntax : [...keyLengthProblems("label", key), ...ownRules(key, value)];
    }),
  );
}

/** What is wrong with the taints that a node group gives its nodes. */
export function taintProblems(taints: readonly NodeTaint[]): Problem[] {
  const tooMany =
    taints.length > MAX_TAINTS
      ? [
          {
            at: [],
            message: `'taints' must hold at most ${MAX_TAINTS} entries, got ${taints.length}; use fewer, pods can be told apart by a value`,
          },
        ]
      : [];
  return under("taints", [
    ...tooMany,
    ...taints.flatMap((taint, index) => {
      const { key, value = "" } = taint;
      const syntax = taintSyntaxProblems(key, value);
      const problems = [
        ...(syntax.length > 0 ? syntax : keyLengthProblems("taint", key)),
        ...effectProblems(taint),
        ...repeatedProblems(taint, taints.slice(0, index)),
      ];
      return problems.map(({ message }) => ({ at: [index], message }));
    }),
  ]);
}

/** What EKS wants of a label beyond Kubernetes. */
function ownRules(key: string, value: string): Problem[] {
  return [
    ...(RESERVED.test(key)
      ? [
          {
            at: [key],
            message: `label ${quote(key)} must not be in the domain kubernetes.io, k8s.io or eks.amazonaws.com, which Kubernetes and EKS keep for themselves; use one of your own, like "example.com/${key.split("/")[1]}"`,
          },
        ]
      : []),
    ...(value === ""
      ? [
          {
            at: [key],
            message: `label ${quote(key)} must have a value, which EKS wants of labels of nodes; give it one, like "true"`,
          },
        ]
      : []),
  ];
}

function keyLengthProblems(what: "label" | "taint", key: string): Problem[] {
  return key.length <= KEY_MAX
    ? []
    : [
        {
          at: [key],
          message: `the key of a ${what} of nodes must have at most ${KEY_MAX} characters in all, got ${quote(key)} (${key.length})`,
        },
      ];
}

function effectProblems({ key, effect }: NodeTaint): Problem[] {
  return TAINT_EFFECTS.includes(effect)
    ? []
    : [
        {
          at: [key],
          message: `'effect' of taint ${quote(key)} must be ${TAINT_EFFECTS.map(quote).join(" or ")}, got ${quote(effect)}`,
        },
      ];
}

function repeatedProblems({ key, effect }: NodeTaint, before: readonly NodeTaint[]): Problem[] {
  return before.some((other) => other.key === key && other.effect === effect)
    ? [
        {
          at: [key],
          message: `taint ${quote(key)} with effect ${quote(effect)} is there twice, and Kubernetes takes one; keep one of them`,
        },
      ]
    : [];
}
