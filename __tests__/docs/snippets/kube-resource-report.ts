import { App } from "cdktf";
import { EksCluster, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { KubeResourceReport, KubernetesProviders, MetricsServer } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "resource-report", { region: "eu-west-1", backend: { type: "local" } });
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
  new FargateProfile(stack, "fargate-tools", {
    cluster,
    key: "tools",
    selectors: [{ namespace: "kube-system" }, { namespace: "kube-resource-report" }],
  });
  const metricsServer = new MetricsServer(stack, "metrics-server", { cluster });
  new KubeResourceReport(stack, "resource-report", { cluster, dependsOn: [metricsServer.ready] });
  return app;
});
