import type { Construct } from "constructs";
import type { CronJobOptions } from "../../model/batch";
import { present } from "./container-manifest";
import { jobManifest } from "./job-manifest";
import { PodController, type PodControllerProps } from "./pod-controller";
import type { Manifest } from "./terraform-block";

/** What a `CronJob` is told. */
export interface CronJobProps extends PodControllerProps, CronJobOptions {}

/**
 * A CronJob whose pods run on Fargate.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class CronJob extends PodController {
  static readonly tfResourceType = "kubernetes_cron_job_v1";

  constructor(
    scope: Construct,
    id: string,
    private readonly cronJob: CronJobProps,
  ) {
    super(scope, id, CronJob.tfResourceType, "CronJob", cronJob);
  }

  protected override spec(): Manifest {
    const { name, template, ...options } = this.cronJob;
    return present({
      schedule: options.schedule,
      timeZone: options.timeZone ?? "Etc/UTC",
      concurrencyPolicy: options.concurrencyPolicy ?? "Forbid",
      startingDeadlineSeconds: options.startingDeadlineSeconds,
      successfulJobsHistoryLimit: options.successfulJobsHistoryLimit,
      failedJobsHistoryLimit: options.failedJobsHistoryLimit,
      suspend: options.suspend,
      jobTemplate: { metadata: { labels: this.selector }, spec: jobManifest(name, template, options) },
    });
  }
}
