import { App } from "cdktf";
import {
  CoreDns,
  EbsCsiDriver,
  EksCluster,
  FargateProfile,
  ManagedNodeGroup,
  NodeNetworking,
  OidcProvider,
  PlatformStack,
  synthesize,
  Vpc,
} from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "nodes", { region: "eu-west-1", backend: { type: "local" } });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "nodes",
    vpc: new Vpc(stack, "vpc", { name: "nodes", zones: ["eu-west-1a", "eu-west-1b"] }),
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
    },
  });
  const oidcProvider = new OidcProvider(stack, "oidc-provider", { cluster });
  new FargateProfile(stack, "fargate-web", { cluster, key: "web", selectors: [{ namespace: "web" }] });

  new NodeNetworking(stack, "node-networking", { cluster, oidcProvider });
  new ManagedNodeGroup(stack, "nodes-general", {
    cluster,
    key: "general",
    instanceTypes: ["m6i.large", "m6a.large"],
    minSize: 2,
    maxSize: 6,
  });
  new CoreDns(stack, "coredns", { cluster });
  new EbsCsiDriver(stack, "ebs-csi-driver", { cluster, oidcProvider });
  return app;
});
