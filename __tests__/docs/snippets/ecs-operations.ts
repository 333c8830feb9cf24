import { App, TerraformVariable } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateService, FargateTaskDefinition } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop-ecs", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });
  const tag = new TerraformVariable(stack, "web_tag", { type: "string", description: "Tag of the image of web" });

  const taskDefinition = new FargateTaskDefinition(stack, "web-task", {
    cluster,
    family: "shop-web",
    containers: [
      {
        name: "web",
        image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:${tag.stringValue}`,
        cpu: "250m",
        memory: "512Mi",
        ports: { http: 8080 },
      },
    ],
  });
  new FargateService(stack, "web", { cluster, taskDefinition });
  return app;
});
