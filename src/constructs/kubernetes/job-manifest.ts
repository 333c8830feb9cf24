import { DEFAULT_TTL_SECONDS, type JobOptions } from "../../model/batch";
import type { PodTemplate } from "../../model/pod-template";
import { present } from "./container-manifest";
import { podTemplateManifest } from "./pod-manifest";
import type { Manifest } from "./terraform-block";

/** The specification of a Job, as a Kubernetes manifest has it. */
export function jobManifest(name: string, template: PodTemplate, options: JobOptions): Manifest {
  const { restartPolicy = "Never" } = options;
  return present({
    ttlSecondsAfterFinished: options.ttlSecondsAfterFinished ?? DEFAULT_TTL_SECONDS,
    backoffLimit: options.backoffLimit,
    activeDeadlineSeconds: options.activeDeadlineSeconds,
    parallelism: options.parallelism,
    completions: options.completions,
    completionMode: options.completionMode,
    template: podTemplateManifest(name, template, restartPolicy),
  });
}
