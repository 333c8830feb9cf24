import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateTaskDefinition, QueueWorker } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "press", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "press", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "press", vpc });

  const pictures = new QueueWorker(stack, "pictures", {
    cluster,
    queue: { visibilityTimeoutInSeconds: 180 },
    containers: [{ name: "worker", image: "registry.example.com/pictures:2.3.1", cpu: "500m", memory: "1Gi" }],
    scaling: { minimum: 0, maximum: 40, acceptableLatencyInSeconds: 300, averageProcessingTimeInSeconds: 20 },
    service: { capacity: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 4 } } },
  });

  const desk = new FargateTaskDefinition(stack, "desk-task", {
    cluster,
    containers: [
      {
        name: "desk",
        image: "registry.example.com/desk:5.0.2",
        cpu: "250m",
        memory: "512Mi",
        environment: { PICTURES_QUEUE_URL: pictures.queue.queueUrl },
      },
    ],
  });
  pictures.queue.grantSend(desk);
  return app;
});
