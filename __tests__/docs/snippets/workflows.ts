import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateTaskDefinition, TaskWorkflow } from "cdktf-eks-fargate/ecs";

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

  const monthEnd = new TaskWorkflow(stack, "month-end", {
    cluster,
    tasks: { worker },
    steps: [
      {
        name: "Collect",
        task: "worker",
        containers: { worker: { args: ["collect"], environment: { AS_OF: { from: "scheduledTime" } } } },
        retry: { attempts: 5, maxDelayInSeconds: 600 },
      },
      { name: "Report", task: "worker", capacity: { FARGATE_SPOT: {} }, retry: {} },
    ],
    onFailure: [
      {
        name: "Tell",
        task: "worker",
        containers: { worker: { args: ["tell"], environment: { ERROR: { from: "error.name" } } } },
      },
    ],
  });
  monthEnd.addSchedule("monthly", { schedule: "cron(0 4 1 * ? *)", timeZone: "Europe/Berlin" });
  return app;
});
