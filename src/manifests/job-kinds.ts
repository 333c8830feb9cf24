import type * as v from "valibot";
import type { Problem } from "../model/problem";
import { readSchedule } from "../model/schedule";
import type { Replicas } from "../model/workload";
import { isPaused } from "./keda";
import { none, PLAIN, reader, TEMPLATE_PATH } from "./kind-reading";
import { metadataSchema, podTemplateSchema } from "./pod-schema";
import { readRunTime } from "./run-time";
import { count, flag, mapping, name, optional } from "./schema";

const jobSpecSchema = mapping({
  template: podTemplateSchema,
  parallelism: optional(count),
  completions: optional(count),
  activeDeadlineSeconds: optional(count),
  ttlSecondsAfterFinished: optional(count),
  suspend: optional(flag),
});

type JobSpec = v.InferOutput<typeof jobSpecSchema>;

export const job = reader(mapping({ spec: jobSpecSchema }), ({ spec }, { identity, secondsPerRun }) => {
  const at = ["metadata"];
  const { runTime, problems } = readRunTime(
    { ...runInput(spec, TEMPLATE_PATH, [{ at, metadata: identity.metadata }]), retained: 0 },
    secondsPerRun,
  );
  const labels = { "job-name": identity.name, "batch.kubernetes.io/job-name": identity.name };
  return {
    ...PLAIN,
    template: spec.template,
    replicas: spec.suspend ? none("spec.suspend") : podsAtOnce(spec, "spec"),
    runTime,
    addedLabels: identity.generated ? {} : labels,
    problems,
  };
});

/** Finished Jobs that a CronJob keeps. Source: Kubernetes API reference, CronJobSpec. */
const SUCCESSFUL_JOBS_KEPT = 3;

export const cronJob = reader(
  mapping({
    spec: mapping({
      schedule: name,
      suspend: optional(flag),
      successfulJobsHistoryLimit: optional(count),
      jobTemplate: mapping({ metadata: optional(metadataSchema), spec: jobSpecSchema }),
    }),
  }),
  ({ spec }, { identity, secondsPerRun }) => {
    const { metadata, spec: jobSpec } = spec.jobTemplate;
    const templatePath = ["spec", "jobTemplate", "spec", "template"];
    const schedule = readSchedule(spec.schedule);
    const { runTime, problems } = readRunTime(
      {
        ...runInput(jobSpec, templatePath, [
          { at: ["metadata"], metadata: identity.metadata },
          { at: ["spec", "jobTemplate", "metadata"], metadata },
        ]),
        runsPerMonth: "problem" in schedule ? 0 : schedule.runsPerMonth,
        retained: (spec.successfulJobsHistoryLimit ?? SUCCESSFUL_JOBS_KEPT) * podsPerRun(jobSpec),
      },
      secondsPerRun,
    );
    const refused = "problem" in schedule ? [{ at: ["spec", "schedule"], message: schedule.problem }] : [];
    return {
      ...PLAIN,
      templatePath,
      template: jobSpec.template,
      replicas: spec.suspend ? none("spec.suspend") : podsAtOnce(jobSpec, "spec.jobTemplate.spec"),
      runTime,
      problems: [...refused, ...problems],
    };
  },
);

/** Jobs that KEDA runs at most at once, and finished ones that it keeps. Source: KEDA, ScaledJob specification. */
const SCALED_JOB = { maxReplicas: 100, successfulJobsKept: 100 };

export const scaledJob = reader(
  mapping({
    spec: mapping({
      jobTargetRef: jobSpecSchema,
      minReplicaCount: optional(count),
      maxReplicaCount: optional(count),
      successfulJobsHistoryLimit: optional(count),
    }),
  }),
  ({ spec }, { identity, secondsPerRun }) => {
    const templatePath = ["spec", "jobTargetRef", "template"];
    const { jobTargetRef, minReplicaCount, maxReplicaCount, successfulJobsHistoryLimit } = spec;
    const { runTime, problems } = readRunTime(
      {
        ...runInput(jobTargetRef, templatePath, [{ at: ["metadata"], metadata: identity.metadata }]),
        retained: (successfulJobsHistoryLimit ?? SCALED_JOB.successfulJobsKept) * podsPerRun(jobTargetRef),
      },
      secondsPerRun,
    );
    const { max: podsOfOne } = podsAtOnce(jobTargetRef, "spec.jobTargetRef");
    const max = maxReplicaCount ?? SCALED_JOB.maxReplicas;
    return {
      ...PLAIN,
      templatePath,
      template: jobTargetRef.template,
      replicas: isPaused(identity.metadata.annotations ?? {})
        ? none("the annotation that pauses it")
        : {
            min: Math.min(minReplicaCount ?? 0, max) * podsOfOne,
            max: max * podsOfOne,
            from: `ScaledJob ${identity.name}`,
          },
      runTime,
      problems,
    };
  },
);

/** Pods of a Job that run at once: its parallelism, but no more than it wants to complete. */
function podsAtOnce({ parallelism, completions }: JobSpec, path: string): Replicas {
  const parallel = parallelism ?? 1;
  const pods = Math.min(parallel, completions ?? parallel);
  const from =
    typeof completions === "number" && completions < parallel
      ? `${path}.completions`
      : typeof parallelism === "number"
        ? `${path}.parallelism`
        : "the default of 1";
  return { min: pods, max: pods, from };
}

function podsPerRun({ parallelism, completions }: JobSpec): number {
  return completions ?? parallelism ?? 1;
}

type Annotated = Parameters<typeof readRunTime>[0]["annotations"];

function runInput(spec: JobSpec, templatePath: Problem["at"], outer: Annotated) {
  const { template, activeDeadlineSeconds, ttlSecondsAfterFinished } = spec;
  return {
    annotations: [...outer, { at: [...templatePath, "metadata"], metadata: template.metadata }],
    activeDeadlineSeconds: activeDeadlineSeconds ?? template.spec.activeDeadlineSeconds,
    ttlSecondsAfterFinished,
  };
}
