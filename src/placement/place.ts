import { answersTo, type NamedFargateProfile, PROFILE_LABEL } from "../model/fargate-profile";
import { describeSelector } from "../model/fargate-selector";
import type { Finding } from "../model/finding";
import type { Inventory } from "../model/inventory";
import { quote, quoteAll } from "../model/problem";
import type { Workload } from "../model/workload";
import { checkRules, compareFindings, ruleById } from "./check";
import { ClusterIndex } from "./cluster-index";
import { type Match, matchProfiles } from "./match";
import type { Outcome, Placement } from "./placement";
import { podSize } from "./pod-size";
import { podRequests } from "./requests";

/** The capacity of a cluster. */
export interface PlacementTarget {
  readonly profiles: readonly NamedFargateProfile[];
  /** Whether the cluster has nodes as well, where pods run that no profile takes. */
  readonly nodes: boolean;
}

/**
 * Where the pods of each workload run, in the order of the inventory. Nothing is thrown: an answer says why.
 */
export function place(inventory: Inventory, target: PlacementTarget): Placement[] {
  const cluster = new ClusterIndex(inventory);
  return inventory.workloads.map((workload) => placeWorkload(workload, cluster, target));
}

function placeWorkload(workload: Workload, cluster: ClusterIndex, target: PlacementTarget): Placement {
  const requests = podRequests(workload.pod);
  const size = podSize(requests);
  const match = matchProfiles({ namespace: workload.namespace, labels: workload.podLabels }, target.profiles);
  const fargateFindings = checkRules(workload, cluster);
  const placementFindings = [
    ...profileLabelFindings(workload, match, target),
    ...matchFindings(workload, match, target),
  ];
  const outcome = outcomeOf(workload, match, fargateFindings, target);
  return {
    workload,
    outcome,
    requests,
    ...(size === undefined ? {} : { size }),
    findings:
      match.kind === "none" ? placementFindings : [...placementFindings, ...fargateFindings].sort(compareFindings),
    fargateFindings,
  };
}

function outcomeOf(
  workload: Workload,
  match: Match,
  fargateFindings: readonly Finding[],
  target: PlacementTarget,
): Outcome {
  if (match.kind === "none") {
    const reason = noProfileReason(workload, target);
    return target.nodes ? { kind: "nodes", reason } : { kind: "pending", reasons: [reason] };
  }
  // A pod that a profile takes never goes to a node: what Fargate refuses stays Pending.
  const refused = fargateFindings.filter(keepsPending).map(({ message }) => message);
  if (refused.length > 0) {
    return { kind: "pending", reasons: refused, ...(match.kind === "one" ? { chosen: match.chosen } : {}) };
  }
  return match.kind === "one"
    ? { kind: "fargate", chosen: match.chosen }
    : { kind: "ambiguous", candidates: match.candidates };
}

function keepsPending({ rule, severity }: Finding): boolean {
  return severity === "error" && ruleById(rule)?.podsStart !== true;
}

function matchFindings(workload: Workload, match: Match, target: PlacementTarget): Finding[] {
  if (match.kind === "several") {
    const names = match.candidates.map(({ profile }) => profile.key);
    return [
      {
        rule: "ambiguous-profile",
        severity: "warning",
        workload,
        at: labelsPath(workload),
        message: `the Fargate profiles ${names.map(quote).join(", ")} all take its pods and no label of the pods decides; EKS picks the first by the name of the profile`,
        fix: `make the selectors exclude each other, or give the pods the label ${PROFILE_LABEL} with the name of one profile`,
      },
    ];
  }
  return match.kind === "none" && !target.nodes
    ? [
        {
          rule: "no-profile",
          severity: "error",
          workload,
          at: labelsPath(workload),
          message: `${noProfileReason(workload, target)}, and the cluster has no nodes, so its pods stay Pending`,
          fix: `add a selector { namespace: ${quote(workload.namespace)} } to a profile${nearestFix(workload, target)}`,
        },
      ]
    : [];
}

/** A label that names no profile of those that match is passed over by EKS without a word. */
function profileLabelFindings(workload: Workload, match: Match, { profiles }: PlacementTarget): Finding[] {
  const asked = Object.hasOwn(workload.podLabels, PROFILE_LABEL) ? workload.podLabels[PROFILE_LABEL] : undefined;
  if (asked === undefined || (match.kind === "one" && answersTo(match.chosen.profile, asked))) {
    return [];
  }
  const named = profiles.find((profile) => answersTo(profile, asked));
  const known = profiles.length === 0 ? "" : `; the profiles are ${quoteAll(profiles.map(({ name }) => name))}`;
  return [
    {
      rule: "profile-label",
      severity: "warning",
      workload,
      at: [...labelsPath(workload), PROFILE_LABEL],
      message:
        named === undefined
          ? `the label ${PROFILE_LABEL} names ${quote(asked)}, which is no profile of the cluster, so that it decides nothing${known}`
          : `the label ${PROFILE_LABEL} names ${quote(asked)}, whose selectors do not match the pods, so that it decides nothing`,
      fix:
        named === undefined
          ? "name a profile that there is, or remove the label"
          : "add a selector to that profile, or remove the label",
    },
  ];
}

function noProfileReason(workload: Workload, { profiles }: PlacementTarget): string {
  const pod = describeSelector({ namespace: workload.namespace, labels: {} });
  return profiles.length === 0
    ? "there is no Fargate profile"
    : `no selector of the Fargate profiles ${quoteAll(profiles.map(({ key }) => key))} takes pods in ${pod}${missedLabels(workload, profiles)}`;
}

/** Which labels a selector of the pod's own namespace asks for in vain, as the likeliest reason. */
function missedLabels(workload: Workload, profiles: readonly NamedFargateProfile[]): string {
  const near = nearest(workload, profiles);
  return near === undefined
    ? ""
    : ` with its labels (profile ${quote(near.profile)} asks for ${Object.entries(near.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(",")})`;
}

function nearestFix(workload: Workload, { profiles }: PlacementTarget): string {
  return nearest(workload, profiles) === undefined ? "" : ", or give the pods the labels that a selector asks for";
}

function nearest(
  { namespace }: Workload,
  profiles: readonly NamedFargateProfile[],
): { profile: string; labels: Readonly<Record<string, string>> } | undefined {
  for (const { key, selectors } of profiles) {
    const selector = selectors.find((each) => each.namespace === namespace && each.labels !== undefined);
    if (selector?.labels !== undefined) {
      return { profile: key, labels: selector.labels };
    }
  }
  return undefined;
}

/** The labels of the pods stand beside the pod's specification. */
function labelsPath({ podPath }: Workload): (string | number)[] {
  return [...podPath.slice(0, -1), "metadata", "labels"];
}
