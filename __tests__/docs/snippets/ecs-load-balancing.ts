import { App } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  ApplicationLoadBalancer,
  EcsCluster,
  FargateTaskDefinition,
  HostedZone,
  LoadBalancedService,
} from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });
  const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" });
  const taskOf = (name: string, port: number) =>
    new FargateTaskDefinition(stack, `${name}-task`, {
      cluster,
      containers: [
        { name, image: `registry.example.com/${name}:1.0.0`, cpu: "250m", memory: "512Mi", ports: { main: port } },
      ],
    });

  // One load balancer for several services: each brings its rules.
  const loadBalancer = new ApplicationLoadBalancer(stack, "edge", {
    name: "shop",
    vpc,
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef",
    domainNames: { "shop.example.com": zone },
  });
  new LoadBalancedService(stack, "web", {
    cluster,
    taskDefinition: taskOf("web", 8080),
    loadBalancer,
    targets: { web: {} },
  });
  new LoadBalancedService(stack, "api", {
    cluster,
    taskDefinition: taskOf("api", 9090),
    loadBalancer,
    targets: { api: { conditions: { paths: ["/api/*"] }, healthCheck: { path: "/healthz" } } },
  });

  // A load balancer of its own, of the other kind.
  new LoadBalancedService(stack, "mqtt", {
    cluster,
    taskDefinition: taskOf("mqtt", 1883),
    loadBalancer: { type: "network", inboundCidrs: ["10.0.0.0/8"] },
    targets: { mqtt: {} },
  });
  return app;
});
