import { type Problem, quote } from "./problem";

/** What may be chosen about kube-resource-report. */
export interface ResourceReportOptions {
  /** Minutes between reports. @default 5 */
  readonly updateIntervalInMinutes?: number;
  /** US dollars a month that the cluster costs beside its nodes, such as for its control plane. @default 0 */
  readonly additionalCostPerCluster?: number;
}

/** What is wrong with the options. */
export function resourceReportProblems({
  updateIntervalInMinutes = 1,
  additionalCostPerCluster = 0,
}: ResourceReportOptions): Problem[] {
  return [
    // Without an interval it would write one report and end, again and again.
    ...(Number.isFinite(updateIntervalInMinutes) && updateIntervalInMinutes > 0
      ? []
      : [
          {
            at: ["updateIntervalInMinutes"],
            message: `'updateIntervalInMinutes' must be a number above 0, got ${quote(updateIntervalInMinutes)}`,
          },
        ]),
    ...(Number.isFinite(additionalCostPerCluster) && additionalCostPerCluster >= 0
      ? []
      : [
          {
            at: ["additionalCostPerCluster"],
            message: `'additionalCostPerCluster' must be US dollars, 0 or more, got ${quote(additionalCostPerCluster)}`,
          },
        ]),
  ];
}
