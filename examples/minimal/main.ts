/** The least that runs a pod on Fargate: two zones that AWS names, one profile, CoreDNS. */
import { App } from "cdktf";
import { CoreDns, EksCluster, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "minimal", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", { name: "minimal", zones: { count: 2 } });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "minimal",
    vpc,
    deletionProtection: false,
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
    },
  });
  new FargateProfile(stack, "fargate-default", {
    cluster,
    selectors: [{ namespace: "default" }, { namespace: "kube-system" }],
  });
  new CoreDns(stack, "coredns", { cluster });
  return app;
});
