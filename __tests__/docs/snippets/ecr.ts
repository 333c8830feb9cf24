import { App } from "cdktf";
import { PlatformStack, synthesize } from "cdktf-eks-fargate";
import { ContainerRepository, PullThroughCache } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "images", { region: "eu-west-1", backend: { type: "local" } });

  const web = new ContainerRepository(stack, "web", {
    repositoryName: "shop/web",
    mutableTags: ["branch-*"],
    lifecycle: [
      { images: "untagged", expireAfterDays: 7 },
      { tagPatterns: ["v*"], keep: 50 },
      { tagPrefixes: ["branch-"], expireAfterDays: 30 },
    ],
    pullOrganizations: ["o-a1b2c3d4e5"],
  });
  web.grantPull("nodes", "platform-nodes");

  const dockerHub = new PullThroughCache(stack, "docker-hub", {
    upstream: "docker-hub",
    credentialsArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf",
  });
  dockerHub.grantPull("nodes", "platform-nodes");
  return app;
});
