/** A container on App Runner: an image of ECR, called by everybody, that reaches a database in a VPC. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { AppRunnerService } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "app-runner", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", { name: "app-runner", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const service = new AppRunnerService(stack, "shop", {
    serviceName: "shop-front",
    vpc,
    egress: "vpc",
    container: {
      name: "front",
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/front:1.4.2",
      cpu: "500m",
      memory: "1Gi",
      ports: { http: 8080 },
      environment: { CATALOG_URL: "http://catalog.internal:8080" },
      secrets: {
        DATABASE_PASSWORD: {
          secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf",
          jsonKey: "password",
        },
      },
      readiness: { http: { port: "http", path: "/health" } },
    },
    scaling: { maxConcurrency: 80, minSize: 1, maxSize: 4 },
    tracing: true,
  });
  new TerraformOutput(stack, "url", { description: "Where the shop answers", value: `https://${service.domainName}/` });
  return app;
});
