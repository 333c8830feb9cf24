import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { type CronJobOptions, cronJobProblems, jobNameProblem, jobWarnings } from "../../model/batch";
import { refuse } from "../errors";
import { CronJob } from "../kubernetes/cron-job";
import type { PodControllerProps } from "../kubernetes/pod-controller";

/** What a `BatchCronJob` is told. */
export interface BatchCronJobProps extends PodControllerProps, CronJobOptions {}

/**
 * A program that runs on Fargate from time to time. A run begins in the time zone that is given, and not while the last
 * one has not ended; its pods are deleted an hour after it has, as Fargate bills a pod until it is deleted.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 * @example
 * new BatchCronJob(this, "nightly-report", {
 *   cluster,
 *   namespace: "reports",
 *   name: "nightly-report",
 *   schedule: "30 2 * * 1-5",
 *   timeZone: "Europe/Berlin",
 *   activeDeadlineSeconds: 1800,
 *   template: { containers: [{ name: "report", image: "example.com/report:1.4.0", cpu: "1", memory: "1792Mi" }] },
 * });
 */
export class BatchCronJob extends Construct {
  readonly cronJob: CronJob;

  constructor(scope: Construct, id: string, props: BatchCronJobProps) {
    super(scope, id);
    refuse(this, [jobNameProblem(props.name), ...cronJobProblems(props)]);
    for (const warning of jobWarnings(props)) {
      Annotations.of(this).addWarning(warning);
    }
    this.cronJob = new CronJob(this, "cron-job", props);
  }
}
