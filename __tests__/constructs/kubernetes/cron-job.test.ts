import { CronJob, type CronJobProps } from "../../../src/constructs/kubernetes/cron-job";
import { importedClusterIn } from "../../support/constructs";
import { podTemplate } from "../../support/pod-templates";
import { resource, stackFor, synth } from "../../support/stack";

function build(props: Partial<CronJobProps> = {}) {
  const stack = stackFor();
  new CronJob(stack, "report", {
    cluster: importedClusterIn(stack),
    namespace: "batch",
    name: "report",
    schedule: "0 3 * * *",
    ttlSecondsAfterFinished: 600,
    template: podTemplate(),
    ...props,
  });
  return resource(synth(stack), CronJob);
}

describe("CronJob", () => {
  test("runs in one time zone wherever the control plane is, and not while it runs already", () => {
    expect(build().spec).toEqual([
      {
        schedule: "0 3 * * *",
        timezone: "Etc/UTC",
        concurrency_policy: "Forbid",
        job_template: [
          {
            metadata: [{ labels: { "app.kubernetes.io/name": "report" } }],
            spec: [{ ttl_seconds_after_finished: 600, template: expect.any(Array) }],
          },
        ],
      },
    ]);
  });

  test("starts another pod for one that failed", () => {
    expect(build()).toMatchObject({
      spec: [{ job_template: [{ spec: [{ template: [{ spec: [{ restart_policy: "Never" }] }] }] }] }],
    });
  });

  test("takes every option at once", () => {
    const options = {
      timeZone: "Europe/Berlin",
      concurrencyPolicy: "Replace",
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 2,
      suspend: true,
      backoffLimit: 0,
      activeDeadlineSeconds: 900,
      parallelism: 2,
      completions: 4,
      completionMode: "Indexed",
      restartPolicy: "OnFailure",
    } as const;
    expect(build(options)).toMatchObject({
      spec: [
        {
          timezone: "Europe/Berlin",
          concurrency_policy: "Replace",
          starting_deadline_seconds: 60,
          successful_jobs_history_limit: 0,
          failed_jobs_history_limit: 2,
          suspend: true,
          job_template: [
            {
              spec: [
                {
                  backoff_limit: 0,
                  active_deadline_seconds: 900,
                  parallelism: 2,
                  completions: 4,
                  completion_mode: "Indexed",
                  template: [{ spec: [{ restart_policy: "OnFailure" }] }],
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
