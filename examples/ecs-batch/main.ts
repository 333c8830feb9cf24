/** Work that comes and goes: a nightly report, an import for each file that arrives, and a month's end in steps. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  EcsCluster,
  EventTask,
  FargateTaskDefinition,
  objectCreated,
  ScheduledTask,
  TaskWorkflow,
} from "cdktf-eks-fargate/ecs";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "ecs-batch", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", { name: "books", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "books", vpc });
  const report = new FargateTaskDefinition(stack, "report-task", {
    cluster,
    family: "books-report",
    containers: [{ name: "report", image: `${REGISTRY}/books/report:3.1.0`, cpu: "1", memory: "2Gi" }],
  });
  const worker = new FargateTaskDefinition(stack, "worker-task", {
    cluster,
    family: "books-worker",
    containers: [{ name: "worker", image: `${REGISTRY}/books/worker:1.8.2`, cpu: "500m", memory: "1Gi" }],
  });
  worker.grant("uploads", [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::books-uploads/*"] }]);

  // Nobody waits for it, so it runs where it is cheapest; if there is no room on Spot, EventBridge tries again for hours.
  const nightly = new ScheduledTask(stack, "nightly-report", {
    cluster,
    taskDefinition: report,
    schedule: "cron(30 2 ? * TUE-SAT *)",
    timeZone: "Europe/Berlin",
    flexibleWindowInMinutes: 30,
    capacity: { FARGATE_SPOT: {} },
    retries: { maximumAgeInSeconds: 14_400 },
    deadLetters: { topicArns: ["arn:aws:sns:eu-west-1:111122223333:books-on-call"] },
  });

  // The bucket has to send its events to EventBridge: eventbridge = true of aws_s3_bucket_notification.
  const uploaded = new EventTask(stack, "uploaded", {
    cluster,
    pattern: objectCreated("books-uploads", { suffix: ".csv" }),
    tasks: {
      import: {
        taskDefinition: worker,
        containers: {
          worker: {
            args: ["import"],
            environment: { BUCKET: { from: "detail.bucket.name" }, OBJECT_KEY: { from: "detail.object.key" } },
          },
        },
      },
    },
  });

  const monthEnd = closeTheBooks(stack, cluster, { report, worker });
  monthEnd.addSchedule("monthly", { schedule: "cron(0 4 1 * ? *)", timeZone: "Europe/Berlin" });

  new TerraformOutput(stack, "month_end_arn", {
    description: `State machine that closes the books; by hand it is started with --input '{"scheduledTime": "2026-12-01T04:00:00Z"}'`,
    value: monthEnd.stateMachineArn,
  });
  new TerraformOutput(stack, "dead_letter_queue_urls", {
    description: "Where lies what could not be started",
    value: { nightly: nightly.deadLetterQueueUrl, uploaded: uploaded.deadLetterQueueUrl },
  });
  return app;
});

/** Collects, reconciles both sides at the same time, and reports; whatever fails for good is told. */
function closeTheBooks(
  stack: PlatformStack,
  cluster: EcsCluster,
  tasks: Readonly<Record<"report" | "worker", FargateTaskDefinition>>,
): TaskWorkflow {
  const patiently = { attempts: 4, intervalInSeconds: 60, maxDelayInSeconds: 900 };
  return new TaskWorkflow(stack, "month-end", {
    cluster,
    description: "Closes the books of the month before",
    tasks,
    steps: [
      {
        name: "Collect",
        task: "worker",
        containers: { worker: { args: ["collect"], environment: { AS_OF: { from: "scheduledTime" } } } },
        retry: patiently,
      },
      {
        name: "Reconcile",
        parallel: {
          purchases: [
            {
              name: "Purchases",
              task: "worker",
              capacity: { FARGATE_SPOT: {} },
              containers: { worker: { args: ["reconcile", "purchases"] } },
              retry: patiently,
            },
          ],
          sales: [
            {
              name: "Sales",
              task: "worker",
              capacity: { FARGATE_SPOT: {} },
              containers: { worker: { args: ["reconcile", "sales"] } },
              retry: patiently,
            },
          ],
        },
      },
      { name: "Report", task: "report", timeoutInSeconds: 7200 },
    ],
    onFailure: [
      {
        name: "Tell",
        task: "worker",
        containers: { worker: { args: ["tell"], environment: { ERROR: { from: "error.name" } } } },
      },
    ],
  });
}
