import * as v from "valibot";
import { cronJobProblems, jobNameProblem, jobProblems } from "../../model/batch";
import { dnsLabelProblem } from "../../model/kubernetes-names";
import { noPlaceProblem } from "../../model/pod-place";
import { type PodTemplate, podAmounts, podLabels, podTemplateProblems } from "../../model/pod-template";
import { type Problem, problemAt, under } from "../../model/problem";
import { beyondQuotaProblem } from "../../model/tenant";
import { hasLinuxNodes } from "../nodes";
import { described, text } from "../pieces";
import { podTemplateOf, podTemplateSchema } from "../pod-template";
import type { Settings } from "../schema";
import { allProfiles } from "./tenants";

const jobEntries = {
  namespace: described(text, "A tenant's, or one that is there already."),
  template: podTemplateSchema,
  labels: v.exactOptional(v.record(text, v.string())),
  ttlSecondsAfterFinished: v.exactOptional(
    described(
      v.number(),
      "Seconds after its end when the pods, which Fargate bills until then, are deleted. Default: 3600.",
    ),
  ),
  backoffLimit: v.exactOptional(described(v.number(), "Failures after which the job has failed. Default: 6.")),
  activeDeadlineSeconds: v.exactOptional(
    described(v.number(), "Seconds after which the job has failed. Default: none."),
  ),
  parallelism: v.exactOptional(described(v.number(), "Pods at once. Default: 1.")),
  completions: v.exactOptional(described(v.number(), "Pods that must succeed. Default: 1.")),
  completionMode: v.exactOptional(v.picklist(["NonIndexed", "Indexed"])),
  restartPolicy: v.exactOptional(v.picklist(["Never", "OnFailure"])),
};

const job = v.strictObject({
  ...jobEntries,
  run: v.exactOptional(described(text, "Any text; another one runs the job again.")),
});

const cronJob = v.strictObject({
  ...jobEntries,
  schedule: described(text, "The five fields of cron, or a word like @daily."),
  timeZone: v.exactOptional(described(text, "Default: Etc/UTC.")),
  concurrencyPolicy: v.exactOptional(
    described(v.picklist(["Allow", "Forbid", "Replace"]), "When the last run has not ended. Default: Forbid."),
  ),
  startingDeadlineSeconds: v.exactOptional(v.number()),
  successfulJobsHistoryLimit: v.exactOptional(v.number()),
  failedJobsHistoryLimit: v.exactOptional(v.number()),
  suspend: v.exactOptional(v.boolean()),
});

export const batchJobsSchema = described(
  v.record(text, job),
  "Programs that run once, and again with each change, by name.",
);

export const batchCronJobsSchema = described(v.record(text, cronJob), "Programs that run from time to time, by name.");

type Job = v.InferOutput<typeof job>;

export function batchJobsProblems(settings: Settings): Problem[] {
  return Object.entries(settings.inCluster?.batchJobs ?? {}).flatMap(([name, options]) =>
    under(name, [...jobProblems(options), ...podProblems(settings, "Job", name, options)]),
  );
}

export function batchCronJobsProblems(settings: Settings): Problem[] {
  return Object.entries(settings.inCluster?.batchCronJobs ?? {}).flatMap(([name, options]) =>
    under(name, [...cronJobProblems(options), ...podProblems(settings, "CronJob", name, options)]),
  );
}

/** What is wrong with the job's name, place and pods. */
function podProblems(
  settings: Settings,
  kind: string,
  name: string,
  { namespace, template: given }: Pick<Job, "namespace" | "template">,
): Problem[] {
  const template = podTemplateOf(given);
  const pods = { what: `${kind} ${name}`, namespace, labels: podLabels(name, template) };
  return [
    ...problemAt([], dnsLabelProblem(`'name' of a ${kind}`, name) ?? jobNameProblem(name)),
    ...problemAt(["namespace"], dnsLabelProblem("'namespace'", namespace)),
    ...problemAt(["namespace"], hasLinuxNodes(settings) ? undefined : noPlaceProblem(pods, allProfiles(settings))),
    ...under("template", templateProblems(settings, name, namespace, template)),
  ];
}

/** What is wrong with the pods, or else with their share of the tenant's quota. */
function templateProblems({ inCluster }: Settings, name: string, namespace: string, template: PodTemplate): Problem[] {
  const quota = inCluster?.tenants?.[namespace]?.quota;
  const problems = podTemplateProblems(name, template);
  return problems.length > 0 || quota === undefined
    ? problems
    : problemAt(["containers"], beyondQuotaProblem(namespace, quota, podAmounts(template)));
}
