/** A cluster on two Auto Scaling groups, or when STAGE says so on one of them, with larger volumes. */
import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "capacity", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", {
    name: "mill",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    interfaceEndpoints: ["ec2", "ecr.api", "ecs", "ecs-agent", "ecs-telemetry"],
    flowLogs: false,
  });
  const later = process.env.STAGE === "later";
  new EcsCluster(stack, "cluster", {
    clusterName: "mill",
    vpc,
    autoScalingGroups: {
      kept: { instanceTypes: ["m7g.large"], minSize: 1, maxSize: 3, volumeSizeInGib: later ? 60 : 30 },
      ...(later
        ? {}
        : { gone: { os: "bottlerocket" as const, instanceTypes: ["m7i.large", "m6i.large"], minSize: 1, maxSize: 3 } }),
    },
    externalInstances: { registrationLimit: 2 },
  });
  return app;
});
