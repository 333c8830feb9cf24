import { App } from "cdktf";
import { EksCluster, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { ClusterAlarms, ClusterDashboard } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "watch", { region: "eu-west-1", backend: { type: "local" } });
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

  const alarms = new ClusterAlarms(stack, "alarms", {
    cluster,
    topicArns: ["arn:aws:sns:eu-west-1:111122223333:on-call"],
    podCpu: { threshold: 80, minutes: 30 },
    fargateQuota: false,
  });
  new ClusterDashboard(stack, "dashboard", { cluster, alarms });
  return app;
});
