import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { CloudMapNamespace, EcsCluster, FargateService, FargateTaskDefinition } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });
  const namespace = new CloudMapNamespace(stack, "namespace", { cluster, kind: "private-dns" });
  const task = (name: string) =>
    new FargateTaskDefinition(stack, `${name}-task`, {
      cluster,
      size: { cpu: "500m", memory: "1Gi" },
      containers: [
        { name, image: `registry.example.com/${name}:1`, cpu: "250m", memory: "512Mi", ports: { http: 8080 } },
      ],
    });

  const orders = new FargateService(stack, "orders", {
    cluster,
    taskDefinition: task("orders"),
    capacity: { FARGATE: { base: 2 }, FARGATE_SPOT: { weight: 3 } },
    serviceConnect: { namespace, endpoints: { orders: { portName: "http" } } },
    scaling: { minimum: 2, maximum: 20, targetTracking: { cpu: { metric: "cpu", target: 60 } } },
  });
  const web = new FargateService(stack, "web", {
    cluster,
    taskDefinition: task("web"),
    serviceConnect: { namespace },
  });
  orders.allowFrom("web", web.securityGroupId, 8080);
  return app;
});
