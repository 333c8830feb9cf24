/** Services of ECS, as they change from one deployment to the next. */

import { App } from "cdktf";
import { CloudMapNamespace } from "../../src/constructs/ecs/cloud-map-namespace";
import { EcsCluster } from "../../src/constructs/ecs/ecs-cluster";
import { FargateService } from "../../src/constructs/ecs/fargate-service";
import { FargateTaskDefinition } from "../../src/constructs/ecs/fargate-task-definition";
import { Vpc } from "../../src/constructs/network/vpc";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

const {
  WEB_IMAGE: webImage = "registry.example.com/web:1",
  ORDERS: withOrders,
  SPOT: onSpot,
  DATABASE_SECRET: secretArn = "",
} = process.env;

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "ecs-services", {
    region: "eu-west-1",
    backend: { type: "local" },
    tags: { team: "shop" },
  });
  const vpc = new Vpc(stack, "vpc", {
    name: "shop",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    interfaceEndpoints: ["ecr.api"],
    flowLogs: false,
  });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc, exec: false });
  const mesh = new CloudMapNamespace(stack, "mesh", { cluster, namespaceName: "mesh" });
  const internal = new CloudMapNamespace(stack, "internal", { cluster, kind: "private-dns" });
  const task = (name: string, image: string) =>
    new FargateTaskDefinition(stack, `${name}-task`, {
      cluster,
      size: { cpu: "250m", memory: "1Gi" },
      containers: [
        {
          name,
          image,
          cpu: "250m",
          memory: "512Mi",
          ports: { http: { port: 8080, appProtocol: "http" } },
          secrets: { DATABASE_URL: { secretArn } },
        },
      ],
    });

  const accounts = new FargateService(stack, "accounts", {
    cluster,
    taskDefinition: task("accounts", "registry.example.com/accounts:1"),
    serviceConnect: { namespace: mesh, endpoints: { accounts: { portName: "http", requestTimeoutInSeconds: 30 } } },
    discovery: { namespace: internal, name: "accounts" },
    egress: { https: { cidr: "0.0.0.0/0", port: 443 } },
    ...(onSpot === undefined ? {} : { capacity: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 3 } } }),
  });
  if (withOrders !== undefined) {
    new FargateService(stack, "orders", {
      cluster,
      taskDefinition: task("orders", "registry.example.com/orders:1"),
      serviceConnect: { namespace: mesh },
    });
  }
  const web = new FargateService(stack, "web", {
    cluster,
    taskDefinition: task("web", webImage),
    serviceConnect: { namespace: mesh },
    deployment: { alarms: { names: ["web-errors"] } },
    scaling: { minimum: 2, maximum: 6, targetTracking: { cpu: { metric: "cpu", target: 60 } } },
  });
  accounts.allowFrom("web", web.securityGroupId, 8080);
  return app;
});
