/**
 * Elastic Beanstalk with two containers on each instance: a website of an ECR repository, and a cache beside it. The
 * environment needs the image: apply `-target=aws_ecr_repository.images_repository` first, push v1.4.2, and then the rest.
 */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { BeanstalkContainerApp, ContainerRepository } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "beanstalk", {
    region: "eu-west-1",
    account: "111122223333",
    tags: { environment: "example" },
    backend: { type: "local" },
  });
  const vpc = new Vpc(stack, "vpc", {
    name: "shop",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "single",
    natZone: "eu-west-1a",
  });
  const images = new ContainerRepository(stack, "images", {
    repositoryName: "shop/web",
    lifecycle: [
      { images: "untagged", expireAfterDays: 7 },
      { tagPatterns: ["v*"], keep: 50 },
    ],
  });

  const shop = new BeanstalkContainerApp(stack, "shop", {
    applicationName: "shop",
    vpc,
    containers: [
      {
        name: "web",
        image: images.image("v1.4.2"),
        cpu: "500m",
        memory: "512Mi",
        ports: { http: 8080 },
        environment: { CACHE: "redis://cache:6379" },
        secrets: {
          PASSWORD: { secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/password-AbCdEf" },
        },
        readiness: { http: { port: "http", path: "/healthz" } },
        mounts: { "/tmp": { volume: "scratch" } },
      },
      {
        name: "cache",
        image: "public.ecr.aws/docker/library/redis:8.2",
        cpu: "250m",
        memory: "256Mi",
        ports: { redis: 6379 },
        liveness: { exec: ["redis-cli", "ping"], timeoutSeconds: 5 },
        // The image's own user, who owns /data there: it could not change from root to it without capabilities.
        user: 999,
        group: 999,
        mounts: { "/data": { volume: "data" } },
      },
    ],
    target: "web",
    volumes: { data: {}, scratch: {} },
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
  });
  new TerraformOutput(stack, "domain", { description: "Domain of the environment", value: shop.domainName });
  return app;
});
