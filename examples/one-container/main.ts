/** One container in four homes: as a Deployment on EKS, a service on ECS, on App Runner and on Lightsail. */
import { App } from "cdktf";
import { EksCluster, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  AppRunnerService,
  type ContainerSpec,
  EcsCluster,
  FargateTaskDefinition,
  LightsailContainerService,
  LoadBalancedService,
} from "cdktf-eks-fargate/ecs";
import { Deployment, KubernetesProviders } from "cdktf-eks-fargate/in-cluster";

const container: ContainerSpec = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
  environment: { TZ: "UTC" },
  readiness: { http: { port: "http" } },
  // nginx writes to /tmp, and not every home has a volume to put there.
  readOnlyRootFilesystem: false,
};

const settings = { region: "eu-west-1", backend: { type: "local" } } as const;

synthesize(() => {
  const app = new App();

  const eks = new PlatformStack(app, "one-container-eks", settings);
  const eksCluster = EksCluster.fromAttributes(eks, "cluster", {
    clusterName: "platform",
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
    clusterSecurityGroupId: "sg-0123456789abcdef0",
    vpc: Vpc.fromAttributes(eks, "vpc", {
      vpcId: "vpc-0123456789abcdef0",
      privateSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0123456789abcdef1" },
    }),
  });
  new KubernetesProviders(eks, "providers", { cluster: eksCluster });
  new Deployment(eks, "web", {
    cluster: eksCluster,
    namespace: "default",
    name: "web",
    replicas: 2,
    template: { containers: [container] },
  });

  const ecs = new PlatformStack(app, "one-container-ecs", settings);
  const vpc = new Vpc(ecs, "vpc", { name: "one-container", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(ecs, "cluster", { clusterName: "one-container", vpc });
  const taskDefinition = new FargateTaskDefinition(ecs, "web-task", { cluster, containers: [container] });
  new LoadBalancedService(ecs, "web", {
    cluster,
    taskDefinition,
    desiredCount: 2,
    loadBalancer: {
      certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef",
    },
    targets: { web: { container: "web" } },
  });

  const small = new PlatformStack(app, "one-container-small", settings);
  new AppRunnerService(small, "app-runner", { serviceName: "one-container", container });
  new LightsailContainerService(small, "lightsail", { serviceName: "one-container", containers: [container] });
  return app;
});
