import * as v from "valibot";
import { resourceReportProblems } from "../../model/kube-resource-report";
import type { Problem } from "../../model/problem";
import { described, image } from "../pieces";
import type { Settings } from "../schema";

export const kubeResourceReportSchema = described(
  v.strictObject({
    updateIntervalInMinutes: v.exactOptional(described(v.number(), "Minutes between reports. Default: 5.")),
    additionalCostPerCluster: v.exactOptional(
      described(v.number(), "US dollars a month that the cluster costs beside its nodes. Default: 0."),
    ),
    image: v.exactOptional(image),
  }),
  "kube-resource-report, what pods request and use as web pages; {} for the defaults.",
);

export function kubeResourceReportProblems({ inCluster }: Settings): Problem[] {
  return resourceReportProblems(inCluster?.kubeResourceReport ?? {});
}
