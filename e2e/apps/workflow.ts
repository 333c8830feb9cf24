/** A workflow of two steps that a schedule starts, and with a third between them. */
import { App } from "cdktf";
import { EcsCluster } from "../../src/constructs/ecs/ecs-cluster";
import { FargateTaskDefinition } from "../../src/constructs/ecs/fargate-task-definition";
import { Vpc } from "../../src/constructs/network/vpc";
import { TaskWorkflow } from "../../src/constructs/serverless/task-workflow";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "workflow", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", {
    name: "books",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    interfaceEndpoints: ["ecr.api"],
    flowLogs: false,
  });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "books", vpc, exec: false });
  const worker = new FargateTaskDefinition(stack, "worker-task", {
    cluster,
    containers: [{ name: "worker", image: "registry.example.com/worker:1.0.0", cpu: "250m", memory: "512Mi" }],
  });
  const step = (name: string) => ({ name, task: "worker", containers: { worker: { args: [name] } } });
  // The variable says which of two versions of the program this is.
  const between = "WORKFLOW_LATER" in process.env ? [step("Check")] : [];
  const workflow = new TaskWorkflow(stack, "close", {
    cluster,
    tasks: { worker },
    steps: [step("Collect"), ...between, step("Report")],
  });
  workflow.addSchedule("monthly", { schedule: "cron(0 4 1 * ? *)", deadLetters: false });
  return app;
});
