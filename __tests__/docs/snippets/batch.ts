import { App } from "cdktf";
import { EksCluster, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { BatchCronJob, BatchJob, KubernetesProviders } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "batch", { region: "eu-west-1", backend: { type: "local" } });
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
  new FargateProfile(stack, "profile", { cluster, key: "shop", selectors: [{ namespace: "default" }] });

  const container = { name: "shop", image: "example.com/shop:3.1.0", cpu: "250m", memory: "256Mi" };
  new BatchJob(stack, "migrate", {
    cluster,
    namespace: "default",
    name: "migrate",
    backoffLimit: 2,
    activeDeadlineSeconds: 900,
    template: { containers: [{ ...container, args: ["migrate"] }] },
  });
  new BatchCronJob(stack, "report", {
    cluster,
    namespace: "default",
    name: "report",
    schedule: "30 2 * * 1-5",
    timeZone: "Europe/Berlin",
    activeDeadlineSeconds: 1800,
    ttlSecondsAfterFinished: 600,
    template: {
      containers: [{ ...container, args: ["report"], secrets: { TOKEN: { secretName: "report", key: "token" } } }],
    },
  });
  return app;
});
