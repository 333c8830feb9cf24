import { App } from "cdktf";
import { EksCluster, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import {
  Deployment,
  HorizontalPodAutoscaler,
  KubernetesProviders,
  MetricsServer,
  VerticalPodAutoscaler,
  VpaController,
} from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "scaling", { region: "eu-west-1", backend: { type: "local" } });
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "platform",
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
    clusterSecurityGroupId: "sg-0123456789abcdef0",
    vpc: Vpc.fromAttributes(stack, "vpc", {
      vpcId: "vpc-0123456789abcdef0",
      privateSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0123456789abcdef1" },
    }),
  });
  new KubernetesProviders(stack, "providers", { cluster });
  const metricsServer = new MetricsServer(stack, "metrics-server", { cluster });
  const controller = new VpaController(stack, "vpa", { cluster });

  const web = new Deployment(stack, "web", {
    cluster,
    namespace: "default",
    name: "web",
    template: {
      containers: [
        { name: "web", image: "example.com/web:2.0.0", cpu: "500m", memory: "768Mi", ports: { http: 8080 } },
      ],
    },
  });
  new HorizontalPodAutoscaler(stack, "web-pods", {
    cluster,
    namespace: "default",
    target: web,
    minReplicas: 2,
    maxReplicas: 10,
    cpuUtilization: 60,
    behavior: { scaleDown: { policies: [{ type: "Pods", value: 1, periodSeconds: 120 }] } },
    metricsServer,
  });
  new VerticalPodAutoscaler(stack, "web-size", {
    cluster,
    namespace: "default",
    target: web,
    updateMode: "Initial",
    controlledResources: ["memory"],
    maxAllowed: { memory: "3840Mi" },
    controller,
  });
  return app;
});
