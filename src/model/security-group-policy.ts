import { dnsLabelProblem, labelProblems } from "./kubernetes-names";
import { type Problem, under } from "./problem";

/** Which pods of a namespace have a security group: those with labels, or those of service accounts with labels. */
export interface PodChoice {
  readonly namespace: string;
  /** Labels of the pods; none for all pods of the namespace. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Labels of the pods' service accounts; none for all service accounts of the namespace. */
  readonly serviceAccountLabels?: Readonly<Record<string, string>>;
}

/** What is wrong with a choice of pods. */
export function podChoiceProblems({ namespace, podLabels, serviceAccountLabels }: PodChoice): Problem[] {
  const named = dnsLabelProblem("'namespace'", namespace);
  return [
    ...(named === undefined ? [] : [{ at: ["namespace"], message: named }]),
    ...((podLabels === undefined) === (serviceAccountLabels === undefined)
      ? [
          {
            at: [],
            message: `a security group policy must choose pods by either 'podLabels' or 'serviceAccountLabels', got ${podLabels === undefined ? "neither" : "both"}; {} chooses all of the namespace`,
          },
        ]
      : []),
    ...under("podLabels", labelProblems(podLabels ?? {})),
    ...under("serviceAccountLabels", labelProblems(serviceAccountLabels ?? {})),
  ];
}
