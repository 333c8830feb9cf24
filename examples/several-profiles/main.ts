/** Several profiles told apart by labels and wildcards: who lands where, with which role, in which zone. */
import { App } from "cdktf";
import {
  CoreDns,
  EksCluster,
  FargateProfile,
  PlatformStack,
  PodExecutionRole,
  synthesize,
  Vpc,
} from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "several-profiles", {
    region: "eu-west-1",
    account: "111122223333",
    tags: { team: "platform" },
    backend: { type: "local" },
  });

  const vpc = new Vpc(stack, "vpc", { name: "several-profiles", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "several-profiles",
    vpc,
    deletionProtection: false,
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
      "shop-developers": {
        principal: "arn:aws:iam::111122223333:role/shop-developer",
        policies: [{ policy: "AmazonEKSEditPolicy", namespaces: ["shop-*"] }],
        groups: ["shop-developers"],
      },
    },
  });
  const shared = new PodExecutionRole(stack, "pod-execution-role", { cluster });

  // CoreDNS has a profile of its own, so that nothing else changes where it runs.
  new FargateProfile(stack, "fargate-dns", {
    cluster,
    key: "dns",
    podExecutionRole: shared,
    selectors: [{ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }],
  });
  // Web pods of every shop, replaced without downtime when the profile changes.
  new FargateProfile(stack, "fargate-shop-web", {
    cluster,
    key: "shop-web",
    podExecutionRole: shared,
    replacement: "create-before-destroy",
    selectors: [{ namespace: "shop-*", labels: { tier: "web" } }],
  });
  // Batch pods of the same namespaces in one zone, with a role of their own.
  new FargateProfile(stack, "fargate-shop-batch", {
    cluster,
    key: "shop-batch",
    zones: ["eu-west-1a"],
    selectors: [{ namespace: "shop-*", labels: { tier: "batch" } }],
  });
  new CoreDns(stack, "coredns", { cluster });
  return app;
});
