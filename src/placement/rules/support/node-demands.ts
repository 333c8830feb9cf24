import type { NodeRequirement } from "../../../model/pod";
import type { Problem } from "../../../model/problem";
import type { Workload } from "../../../model/workload";
import { answerTo, answerToTerms, describeRequirement, requirementOf } from "./fargate-node";

/** What about nodes a requirement is: several rules share the selectors and affinities of a pod. */
export type DemandKind = "architecture" | "operating system" | "spot" | "other";

/** Something that a pod asks of its node and that no node of Fargate has. */
export interface UnmetDemand {
  readonly at: Problem["at"];
  /** `'nodeSelector' asks for kubernetes.io/arch=arm64`. */
  readonly message: string;
}

const ARCHITECTURE_LABELS = new Set(["kubernetes.io/arch", "beta.kubernetes.io/arch"]);
const OS_LABELS = new Set(["kubernetes.io/os", "beta.kubernetes.io/os"]);
const CAPACITY_LABELS = new Set([
  "eks.amazonaws.com/capacityType",
  "karpenter.sh/capacity-type",
  "node.kubernetes.io/lifecycle",
]);

export function kindOf({ key, operator, values }: NodeRequirement): DemandKind {
  if (ARCHITECTURE_LABELS.has(key)) {
    return "architecture";
  }
  if (OS_LABELS.has(key)) {
    return "operating system";
  }
  const onlySpot = operator === "In" && values.length > 0 && values.every((value) => value.toLowerCase() === "spot");
  return CAPACITY_LABELS.has(key) && onlySpot ? "spot" : "other";
}

/** Demands of one kind that keep the pods of a workload off every node of Fargate. */
export function unmetDemands(workload: Workload, kind: DemandKind): UnmetDemand[] {
  return [...unmetSelectors(workload, kind), ...unmetAffinity(workload, kind)];
}

function unmetSelectors({ pod, podPath }: Workload, kind: DemandKind): UnmetDemand[] {
  return Object.entries(pod.nodeSelector)
    .filter((pair) => kindOf(requirementOf(pair)) === kind && answerTo(requirementOf(pair)) === "no")
    .map(([key, value]) => ({
      at: [...podPath, "nodeSelector", key],
      message: `'nodeSelector' asks for ${key}=${value}`,
    }));
}

function unmetAffinity({ pod, podPath, controller }: Workload, kind: DemandKind): UnmetDemand[] {
  const terms = pod.affinity?.requiredNodeTerms ?? [];
  // Kubernetes writes the node into the affinity of a DaemonSet's pod, which nobody asked for.
  if (controller?.kind === "DaemonSet") {
    return [];
  }
  if (answerToTerms(terms) !== "no" || !speaksFor(terms, kind)) {
    return [];
  }
  const unmet = terms.flat().filter((requirement) => answerTo(requirement) === "no" && kindOf(requirement) === kind);
  const asked = unmet.length > 0 ? unmet : terms.flat().filter((requirement) => answerTo(requirement) === "no");
  return [
    {
      at: affinityPath(podPath),
      message:
        asked.length === 0
          ? "the required node affinity has only empty terms, which no node satisfies"
          : `the required node affinity asks for ${[...new Set(asked.map(describeRequirement))].join(" or ")}`,
    },
  ];
}

/**
 * Whether a kind of demand is the reason why no term holds: each term has one that is not met. Where terms fail for
 * reasons of different kinds, `other` speaks for all of them.
 */
function speaksFor(terms: readonly (readonly NodeRequirement[])[], kind: DemandKind): boolean {
  const kinds = terms.map((term) => new Set(term.filter((each) => answerTo(each) === "no").map(kindOf)));
  const speaking = (["architecture", "operating system", "spot", "other"] as const).filter((each) =>
    kinds.every((ofTerm) => ofTerm.has(each)),
  );
  return speaking.length === 0 ? kind === "other" : speaking.includes(kind);
}

/** Places that the pod asks for and that the subnets of its profile have or have not. */
export function placeDemands({ pod, podPath }: Workload): UnmetDemand[] {
  const selected = Object.entries(pod.nodeSelector)
    .filter((pair) => answerTo(requirementOf(pair)) === "perhaps")
    .map(([key, value]) => ({
      at: [...podPath, "nodeSelector", key],
      message: `'nodeSelector' asks for ${key}=${value}`,
    }));
  const terms = pod.affinity?.requiredNodeTerms ?? [];
  const required = terms.flat().filter((requirement) => answerTo(requirement) === "perhaps");
  const affinity = {
    at: affinityPath(podPath),
    message: `the required node affinity asks for ${[...new Set(required.map(describeRequirement))].join(" or ")}`,
  };
  return answerToTerms(terms) === "perhaps" ? [...selected, affinity] : selected;
}

function affinityPath(podPath: Problem["at"]): Problem["at"] {
  return [...podPath, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
}
