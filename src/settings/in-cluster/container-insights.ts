import * as v from "valibot";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt } from "../../model/problem";
import { described, image, text } from "../pieces";
import type { Settings } from "../schema";

export const containerInsightsSchema = described(
  v.strictObject({
    retentionInDays: v.exactOptional(described(v.number(), "Days to keep the collector's events. Default: 365.")),
    podMetrics: v.exactOptional(
      described(
        v.boolean(),
        "Whether CloudWatch keeps metrics of single pods, which it bills one by one. Default: true.",
      ),
    ),
    image: v.exactOptional(image),
    roleName: v.exactOptional(described(text, "Default: <name>-container-insights.")),
  }),
  "Container Insights of the pods on Fargate; {} for the defaults.",
);

/** What is wrong with Container Insights. */
export function containerInsightsProblems({ name, inCluster }: Settings): Problem[] {
  const { retentionInDays = DEFAULT_RETENTION_DAYS, roleName } = inCluster?.containerInsights ?? {};
  const role = nameProblem("role", roleName ?? names.containerInsights(name), "give a shorter 'roleName'");
  return [
    ...problemAt(["retentionInDays"], retentionProblem("retentionInDays", retentionInDays)),
    ...problemAt(roleName === undefined ? [] : ["roleName"], role),
  ];
}
