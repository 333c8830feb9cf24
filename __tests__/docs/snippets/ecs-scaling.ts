import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateService, FargateTaskDefinition, ServiceScaling } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "web", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });
  const taskDefinition = new FargateTaskDefinition(stack, "web-task", {
    cluster,
    containers: [{ name: "web", image: "registry.example.com/web:5.0.2", cpu: "500m", memory: "1Gi" }],
  });
  const service = new FargateService(stack, "web", { cluster, taskDefinition });

  new ServiceScaling(stack, "web-scaling", {
    service,
    minimum: 2,
    maximum: 20,
    targetTracking: { cpu: { metric: "cpu", target: 60 }, memory: { metric: "memory", target: 75 } },
    schedules: { sale: { schedule: "at(2027-11-26T06:00:00)", timeZone: "Europe/Berlin", minimum: 15 } },
  });
  return app;
});
