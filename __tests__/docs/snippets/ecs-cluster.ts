import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });

  new EcsCluster(stack, "cluster", {
    clusterName: "shop",
    vpc,
    autoScalingGroups: {
      // Graviton: tasks for it have architecture: "ARM64".
      general: { instanceTypes: ["m7g.large", "m6g.large"], minSize: 1, maxSize: 10 },
      gpu: { instanceTypes: ["g6.xlarge"], accelerator: "nvidia", maxSize: 2 },
    },
    defaultCapacity: { "shop-general": {} },
  });
  return app;
});
