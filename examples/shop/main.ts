/** Workloads that are placed when the app is synthesized: a pod that no profile takes is refused here, not in the cluster. */
import { App } from "cdktf";
import { CoreDns, EksCluster, FargateFit, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "shop", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", { name: "shop", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "shop",
    vpc,
    deletionProtection: false,
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
    },
  });
  new FargateProfile(stack, "fargate-system", { cluster, key: "system", selectors: [{ namespace: "kube-system" }] });
  new FargateProfile(stack, "fargate-web", {
    cluster,
    key: "web",
    selectors: [{ namespace: "web-*", labels: { "compute-type": "fargate" } }],
  });
  new CoreDns(stack, "coredns", { cluster });
  new FargateFit(stack, "fit", { cluster, manifests: ["examples/shop/manifests"] });
  return app;
});
