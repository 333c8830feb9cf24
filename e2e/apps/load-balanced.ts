/** Services behind load balancers of both kinds: one that two services share, and one with fixed ports. */
import { App } from "cdktf";
import { EcsCluster } from "../../src/constructs/ecs/ecs-cluster";
import { FargateTaskDefinition } from "../../src/constructs/ecs/fargate-task-definition";
import { LoadBalancedService } from "../../src/constructs/ecs/load-balanced-service";
import { Vpc } from "../../src/constructs/network/vpc";
import { Certificate } from "../../src/constructs/traffic/certificate";
import { HostedZone } from "../../src/constructs/traffic/hosted-zone";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "load-balanced", { region: "eu-west-1", backend: { type: "local" } });
  // The variable says which of two versions of the program this is.
  const later = "LOAD_BALANCED_LATER" in process.env;

  const vpc = new Vpc(stack, "vpc", {
    name: "shop",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    interfaceEndpoints: ["ecr.api"],
    flowLogs: false,
  });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc, exec: false });
  const zone = new HostedZone(stack, "zone", { zoneName: "example.com" });
  const certificateOf = (key: string) =>
    new Certificate(stack, `certificate-${key}`, { zone, domainName: `${key}.example.com` }).certificateArn;
  const [first, middle, shop, last] = ["first", "middle", "shop", "last"].map(certificateOf) as [
    string,
    string,
    string,
    string,
  ];
  const taskOf = (key: string) =>
    new FargateTaskDefinition(stack, `${key}-task`, {
      cluster,
      containers: [
        {
          name: "app",
          image: "public.ecr.aws/nginx/nginx:1.29",
          cpu: "250m",
          memory: "512Mi",
          ports: { http: 8080, admin: 9090, media: 9091, metrics: { port: 5140, protocol: "UDP" } },
        },
      ],
    });
  const accessLogs = { forceDestroy: true };

  const web = new LoadBalancedService(stack, "shop", {
    cluster,
    taskDefinition: taskOf("shop"),
    loadBalancer: {
      certificateArn: shop,
      furtherCertificateArns: { first, ...(later ? { middle } : {}), last },
      inboundCidrs: ["10.0.0.0/8", "192.168.0.0/16"],
      deletionProtection: false,
      accessLogs,
    },
    targets: {
      admin: {
        port: "admin",
        conditions: { paths: ["/admin/*"], methods: ["POST", "GET"], sourceIps: ["10.0.0.0/16"] },
      },
      ...(later
        ? { media: { port: "media", conditions: { hosts: ["media.example.com"], headers: { "X-Kind": ["photo"] } } } }
        : {}),
      web: { port: "http", stickiness: {}, slowStartInSeconds: 30 },
    },
  });
  new LoadBalancedService(stack, "help", {
    cluster,
    taskDefinition: taskOf("help"),
    loadBalancer: web.loadBalancer,
    targets: {
      help: { port: "http", conditions: { hosts: ["help.example.com"], queryStrings: { lang: ["de", "en"] } } },
    },
  });
  new LoadBalancedService(stack, "mail", {
    cluster,
    taskDefinition: taskOf("mail"),
    deployment: { strategy: "BLUE_GREEN" },
    loadBalancer: {
      type: "network",
      certificateArn: first,
      furtherCertificateArns: { last },
      deletionProtection: false,
      accessLogs,
      domainNames: { "mail.example.com": zone },
    },
    targets: {
      mail: { port: "http", protocol: "TLS", listenerPort: 443, testListenerPort: 8443 },
      metrics: { port: "metrics", healthCheck: { port: "http", path: "/" } },
    },
  });
  return app;
});
