import { App } from "cdktf";
import { PlatformStack, synthesize } from "cdktf-eks-fargate";
import { LightsailContainerService } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "site", { region: "eu-west-1", backend: { type: "local" } });

  new LightsailContainerService(stack, "site", {
    serviceName: "site",
    containers: [
      {
        name: "web",
        image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
        cpu: "250m",
        memory: "512Mi",
        ports: { http: 8080 },
        readiness: { http: { port: "http" } },
      },
    ],
  });
  return app;
});
