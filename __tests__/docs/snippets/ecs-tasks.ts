import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  type ContainerSpec,
  EcsCluster,
  EfsStorage,
  FargateService,
  FargateTaskDefinition,
} from "cdktf-eks-fargate/ecs";

const web: ContainerSpec = {
  name: "web",
  image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.2.3",
  cpu: "500m",
  memory: "1Gi",
  ports: { http: 8080 },
  secrets: {
    DATABASE_URL: {
      secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf",
      jsonKey: "url",
    },
  },
  liveness: { exec: ["curl", "--fail", "http://localhost:8080/live"] },
  mounts: { "/tmp": { volume: "scratch" }, "/data": { volume: "uploads" } },
};

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "tasks", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });
  const files = new EfsStorage(stack, "efs", { cluster, accessPoints: { uploads: {} } });

  const taskDefinition = new FargateTaskDefinition(stack, "web-task", {
    cluster,
    containers: [web],
    volumes: { scratch: { bind: {} }, uploads: { efs: { fileSystem: files, accessPoint: "uploads" } } },
  });
  taskDefinition.grant("orders", [
    { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:111122223333:shop-orders"] },
  ]);
  new FargateService(stack, "web", { cluster, taskDefinition });
  return app;
});
