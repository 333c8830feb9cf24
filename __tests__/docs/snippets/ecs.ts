import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateService, FargateTaskDefinition } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop-ecs", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });

  const taskDefinition = new FargateTaskDefinition(stack, "web-task", {
    cluster,
    containers: [
      {
        name: "web",
        image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
        cpu: "250m",
        memory: "512Mi",
        ports: { http: 8080 },
        readOnlyRootFilesystem: false,
      },
    ],
  });
  new FargateService(stack, "web", { cluster, taskDefinition });
  return app;
});
