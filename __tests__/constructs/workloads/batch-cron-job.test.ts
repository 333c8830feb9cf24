import { CronJob } from "../../../src/constructs/kubernetes/cron-job";
import { BatchCronJob, type BatchCronJobProps } from "../../../src/constructs/workloads/batch-cron-job";
import { importedClusterIn } from "../../support/constructs";
import { podTemplate } from "../../support/pod-templates";
import { refusal, stackFor, synth, warnings } from "../../support/stack";

function build(props: Partial<BatchCronJobProps> = {}) {
  const stack = stackFor();
  const { cronJob } = new BatchCronJob(stack, "report", {
    cluster: importedClusterIn(stack),
    namespace: "reports",
    name: "report",
    schedule: "30 2 * * 1-5",
    template: podTemplate(),
    ...props,
  });
  return { cronJob, stack };
}

describe("BatchCronJob", () => {
  test("is a CronJob whose pods are deleted an hour after their end", () => {
    const { cronJob, stack } = build();
    expect(synth(stack)).toHaveResourceWithProperties(CronJob, {
      spec: [
        expect.objectContaining({
          schedule: "30 2 * * 1-5",
          job_template: [
            expect.objectContaining({ spec: [expect.objectContaining({ ttl_seconds_after_finished: 3600 })] }),
          ],
        }),
      ],
    });
    expect(cronJob.objectName).toBe("report");
  });

  test("warns when its pods stay for long", () => {
    expect(warnings(build({ ttlSecondsAfterFinished: 7200 }).stack)).toEqual([
      expect.stringMatching(/^\[test\/report\] finished pods stay for 7200 s/),
    ]);
  });

  test("is refused with every problem at once", () => {
    const refused = refusal(() => build({ name: "a".repeat(53), schedule: "daily", timeZone: "CEST" }));
    expect(refused.split("\n")).toEqual([
      expect.stringMatching(/^\[test\/report\] 'name' of a job must be at most 52 characters/),
      expect.stringMatching(/^\[test\/report\] 'schedule' must have the five fields of cron, got "daily"/),
      expect.stringMatching(/^\[test\/report\] 'timeZone' must be a name of the time zone database/),
    ]);
  });
});
