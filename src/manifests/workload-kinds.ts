import { cronJob, job, scaledJob } from "./job-kinds";
import { type KindReader, none, one, PLAIN, reader, replicasOf, TEMPLATE_PATH } from "./kind-reading";
import { knativeScale } from "./knative";
import { podSpecSchema, podTemplateSchema } from "./pod-schema";
import { count, defined, list, mapping, name, optional, text } from "./schema";

/** Phases in which a pod has ended: nothing starts it again. */
const ENDED: ReadonlySet<string> = new Set(["Succeeded", "Failed"]);

const pod = reader(
  mapping({ spec: podSpecSchema, status: optional(mapping({ phase: optional(text) })) }),
  ({ spec, status }, { identity: { metadata } }) => {
    const controller = metadata.ownerReferences?.find((owner) => owner.controller);
    const phase = status?.phase ?? "";
    return {
      ...PLAIN,
      templatePath: [],
      template: { metadata, spec },
      replicas: ENDED.has(phase)
        ? none(`status.phase, ${phase}`)
        : one(controller ? `a pod of ${controller.kind} ${controller.name}` : "a pod by itself"),
      ...defined({ controller: controller && { kind: controller.kind, name: controller.name } }),
    };
  },
);

const scaled = reader(
  mapping({ spec: mapping({ replicas: optional(count), template: podTemplateSchema }) }),
  ({ spec }) => ({ ...PLAIN, template: spec.template, replicas: replicasOf(spec.replicas) }),
);

const statefulSet = reader(
  mapping({
    spec: mapping({
      replicas: optional(count),
      template: podTemplateSchema,
      volumeClaimTemplates: optional(
        list(
          mapping({
            metadata: mapping({ name }),
            spec: optional(mapping({ storageClassName: optional(text) })),
          }),
        ),
      ),
    }),
  }),
  ({ spec }) => ({
    ...PLAIN,
    template: spec.template,
    replicas: replicasOf(spec.replicas),
    claimTemplates: (spec.volumeClaimTemplates ?? []).map((claim) => ({
      name: claim.metadata.name,
      ...defined({ storageClassName: claim.spec?.storageClassName }),
    })),
  }),
);

const daemonSet = reader(mapping({ spec: mapping({ template: podTemplateSchema }) }), ({ spec }) => ({
  ...PLAIN,
  template: spec.template,
  replicas: one("one for each node"),
}));

const rollout = reader(
  mapping({
    spec: mapping({
      replicas: optional(count),
      template: optional(podTemplateSchema),
      workloadRef: optional(mapping({ kind: name, name })),
    }),
  }),
  ({ spec: { replicas, template, workloadRef } }) => ({
    ...PLAIN,
    replicas: replicasOf(replicas),
    ...defined({ template, reference: template ? undefined : workloadRef }),
    problems:
      template || workloadRef
        ? []
        : [{ at: ["spec", "template"], message: "'template' is missing; add it, or 'workloadRef'" }],
  }),
);

const knativeService = reader(mapping({ spec: mapping({ template: podTemplateSchema }) }), ({ spec }, { identity }) => {
  const { replicas, problems } = knativeScale(spec.template.metadata?.annotations ?? {});
  return {
    ...PLAIN,
    template: spec.template,
    replicas,
    addedLabels: { "serving.knative.dev/service": identity.name },
    namesNeeded: false,
    problems: problems.map(({ at, message }) => ({
      at: [...TEMPLATE_PATH, "metadata", "annotations", ...at],
      message,
    })),
  };
});

/** The kinds that make pods, by API group and kind. */
export const WORKLOAD_KINDS: ReadonlyMap<string, KindReader> = new Map([
  ["/Pod", pod],
  ["/ReplicationController", scaled],
  ["apps/Deployment", scaled],
  ["apps/ReplicaSet", scaled],
  ["apps/StatefulSet", statefulSet],
  ["apps/DaemonSet", daemonSet],
  ["batch/Job", job],
  ["batch/CronJob", cronJob],
  ["argoproj.io/Rollout", rollout],
  ["keda.sh/ScaledJob", scaledJob],
  ["serving.knative.dev/Service", knativeService],
]);
