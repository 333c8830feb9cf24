import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { AppRunnerService } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });

  new AppRunnerService(stack, "front", {
    serviceName: "shop-front",
    vpc,
    egress: "vpc",
    container: {
      name: "front",
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/front:1.4.2",
      cpu: "500m",
      memory: "1Gi",
      ports: { http: 8080 },
      secrets: {
        DATABASE_PASSWORD: {
          secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf",
        },
      },
      readiness: { http: { port: "http", path: "/health" } },
    },
    scaling: { maxConcurrency: 80, maxSize: 4 },
  });
  return app;
});
