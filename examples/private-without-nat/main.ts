/** No internet at all: no public subnets, no NAT gateway; AWS is reached through endpoints in the VPC. */
import { App } from "cdktf";
import { CoreDns, EksCluster, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "private-without-nat", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", {
    name: "private-without-nat",
    cidr: "10.30.0.0/20",
    zones: ["eu-west-1a", "eu-west-1b"],
    publicSubnets: false,
    interfaceEndpoints: true,
  });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "private-without-nat",
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
