import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { BeanstalkContainerApp } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "beanstalk", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });

  new BeanstalkContainerApp(stack, "shop", {
    applicationName: "shop",
    vpc,
    containers: [
      {
        name: "web",
        image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
        cpu: "500m",
        memory: "512Mi",
        ports: { http: 8080 },
        readiness: { http: { port: "http" } },
        readOnlyRootFilesystem: false,
      },
    ],
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
  });
  return app;
});
