/** A web shop on ECS: HTTPS with its own name and firewall, two target groups, blue/green deployments, scaled by load. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  Certificate,
  type ContainerSpec,
  EcsCluster,
  FargateTaskDefinition,
  HostedZone,
  LoadBalancedService,
  ServiceScaling,
  WebAcl,
} from "cdktf-eks-fargate/ecs";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

const CONTAINERS: ContainerSpec[] = [
  {
    name: "web",
    image: `${REGISTRY}/shop/web:3.1.0`,
    cpu: "500m",
    memory: "1Gi",
    ports: { http: 8080 },
    readiness: { http: { port: "http", path: "/ready" } },
  },
  {
    name: "api",
    image: `${REGISTRY}/shop/api:3.1.0`,
    cpu: "500m",
    memory: "1Gi",
    ports: { http: 9090 },
    readiness: { http: { port: "http", path: "/healthz" }, periodSeconds: 5 },
  },
];

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "ecs-web", {
    region: "eu-west-1",
    tags: { environment: "production" },
    backend: { type: "local" },
  });

  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc });

  const zone = new HostedZone(stack, "zone", { zoneName: "shop.example.com" });
  const certificate = new Certificate(stack, "certificate", {
    zone,
    domainName: "shop.example.com",
    subjectAlternativeNames: ["*.shop.example.com"],
  });
  // Photos of up to some megabytes are sent to the shop, which the rule would block.
  const webAcl = new WebAcl(stack, "web-acl", {
    name: "shop-web",
    managedRules: {
      AWSManagedRulesAmazonIpReputationList: {},
      AWSManagedRulesCommonRuleSet: { ruleActions: { SizeRestrictions_BODY: "count" } },
      AWSManagedRulesKnownBadInputsRuleSet: {},
    },
  });

  const taskDefinition = new FargateTaskDefinition(stack, "web-task", {
    cluster,
    family: "shop-web",
    containers: CONTAINERS,
  });

  const web = new LoadBalancedService(stack, "web", {
    cluster,
    taskDefinition,
    // New tasks are tried on port 8443, then get all requests at once; the old ones stay ten minutes to go back to.
    deployment: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 10 },
    loadBalancer: {
      scheme: "internet-facing",
      certificateArn: certificate.certificateArn,
      domainNames: { "shop.example.com": zone, "api.shop.example.com": zone },
      webAclArn: webAcl.webAclArn,
      testPort: 8443,
      idleTimeoutInSeconds: 120,
      accessLogs: { expireAfterDays: 90 },
    },
    targets: {
      api: { container: "api", conditions: { hosts: ["api.shop.example.com"] } },
      // A basket is kept by the task, which a client therefore stays with.
      web: { container: "web", stickiness: { cookieName: "basket", durationInSeconds: 7200 } },
    },
  });
  new ServiceScaling(stack, "web-scaling", {
    service: web,
    minimum: 2,
    maximum: 12,
    targetTracking: { cpu: { metric: "cpu", target: 60 } },
  });

  new TerraformOutput(stack, "url", { value: web.url });
  new TerraformOutput(stack, "name_servers", { value: zone.nameServers });
  return app;
});
