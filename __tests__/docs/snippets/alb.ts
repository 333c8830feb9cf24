import { App } from "cdktf";
import { EksCluster, OidcProvider, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { AlbController, AlbIngress, KubernetesProviders, NlbService } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "traffic", { region: "eu-west-1", backend: { type: "local" } });
  const oidcIssuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "platform",
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer,
    clusterSecurityGroupId: "sg-0123456789abcdef0",
    vpc: Vpc.fromAttributes(stack, "vpc", {
      vpcId: "vpc-0123456789abcdef0",
      privateSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0123456789abcdef1" },
    }),
  });
  const oidcProvider = OidcProvider.fromAttributes({
    providerArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
    issuer: oidcIssuer,
  });
  new KubernetesProviders(stack, "providers", { cluster });

  const controller = new AlbController(stack, "alb-controller", { cluster, oidcProvider });
  new AlbIngress(stack, "ingress-shop", {
    controller,
    namespace: "shop",
    name: "shop",
    scheme: "internet-facing",
    certificateArns: ["arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"],
    healthCheckPath: "/health",
    hosts: {
      "shop.example.com": {
        "/": { service: "front", port: 80 },
        "/api": { service: "api", port: "http" },
      },
    },
  });
  new NlbService(stack, "nlb-mqtt", {
    controller,
    namespace: "iot",
    name: "mqtt",
    selector: { app: "mqtt" },
    ports: { mqtt: { port: 1883 } },
  });
  return app;
});
