/** One cluster on two kinds of capacity: a service on EC2 instances that ECS adds and removes, another on Fargate. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  Ec2Service,
  Ec2TaskDefinition,
  EcsCluster,
  FargateService,
  FargateTaskDefinition,
} from "cdktf-eks-fargate/ecs";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "ecs-ec2", {
    region: "eu-west-1",
    backend: { type: "local" },
    tags: { team: "maps" },
  });

  const vpc = new Vpc(stack, "vpc", { name: "maps", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(stack, "cluster", {
    clusterName: "maps",
    vpc,
    autoScalingGroups: {
      // Tiles are drawn all day: instances are cheaper than Fargate when they are full, and one in five may be Spot.
      tiles: {
        instanceTypes: ["c7g.xlarge", "c6g.xlarge"],
        minSize: 1,
        maxSize: 8,
        onDemandBase: 1,
        onDemandPercentage: 80,
        // A tenth stands ready for the next task, and no instance is older than a month.
        managedScaling: { targetCapacity: 90, maxStepSize: 4 },
        maxInstanceLifetimeInDays: 30,
      },
    },
    // Tasks for Fargate that do not say where they run, such as the search: one stays on Fargate, most others are on Spot.
    defaultCapacity: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } },
  });

  const tiles = new Ec2TaskDefinition(stack, "tiles-task", {
    cluster,
    architecture: "ARM64",
    containers: [{ name: "tiles", image: `${REGISTRY}/maps/tiles:4.1.0`, cpu: "1500m", memory: "2Gi" }],
  });
  new Ec2Service(stack, "tiles", { cluster, taskDefinition: tiles, capacity: { "maps-tiles": {} }, desiredCount: 4 });

  const search = new FargateTaskDefinition(stack, "search-task", {
    cluster,
    containers: [{ name: "search", image: `${REGISTRY}/maps/search:2.8.3`, cpu: "500m", memory: "1Gi" }],
  });
  new FargateService(stack, "search", { cluster, taskDefinition: search });

  new TerraformOutput(stack, "auto_scaling_group", {
    description: "Auto Scaling group of the instances",
    value: cluster.ec2Capacity.tiles?.autoScalingGroupName,
  });
  return app;
});
