import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, EventTask, FargateTaskDefinition, objectCreated, ScheduledTask } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "books", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "books", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "books", vpc });
  const worker = new FargateTaskDefinition(stack, "worker-task", {
    cluster,
    containers: [
      {
        name: "worker",
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/books/worker:1.8.2",
        cpu: "500m",
        memory: "1Gi",
      },
    ],
  });

  new ScheduledTask(stack, "nightly", {
    cluster,
    taskDefinition: worker,
    schedule: "cron(30 2 ? * TUE-SAT *)",
    timeZone: "Europe/Berlin",
    capacity: { FARGATE_SPOT: {} },
    containers: { worker: { args: ["report"] } },
  });
  new EventTask(stack, "uploaded", {
    cluster,
    pattern: objectCreated("books-uploads", { suffix: ".csv" }),
    tasks: {
      import: {
        taskDefinition: worker,
        containers: { worker: { args: ["import"], environment: { OBJECT_KEY: { from: "detail.object.key" } } } },
      },
    },
  });
  return app;
});
