/** A hybrid cluster: Fargate for the web, Linux nodes for what Fargate does not take, Spot nodes on Arm, Windows nodes, EBS volumes. */
import { App, TerraformOutput } from "cdktf";
import {
  CoreDns,
  EbsCsiDriver,
  EksCluster,
  FargateProfile,
  ManagedNodeGroup,
  NodeNetworking,
  NodeRole,
  OidcProvider,
  PlatformStack,
  synthesize,
  Vpc,
} from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "hybrid", {
    region: "eu-west-1",
    tags: { environment: "hybrid" },
    backend: { type: "local" },
  });

  const vpc = new Vpc(stack, "vpc", { name: "hybrid", zones: ["eu-west-1a", "eu-west-1b"] });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "hybrid",
    vpc,
    deletionProtection: false,
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
    },
  });
  const oidcProvider = new OidcProvider(stack, "oidc-provider", { cluster });
  new FargateProfile(stack, "fargate-web", { cluster, key: "web", selectors: [{ namespace: "web" }] });

  new NodeNetworking(stack, "node-networking", { cluster, oidcProvider, windows: true, networkPolicy: true });
  const role = new NodeRole(stack, "node-role", { cluster });
  // One group in each zone, because an EBS volume stays in its zone and the pod that mounts it must come back to it.
  for (const zone of ["eu-west-1a", "eu-west-1b"]) {
    new ManagedNodeGroup(stack, `nodes-${zone}`, {
      cluster,
      role,
      key: zone,
      instanceTypes: ["m6i.large", "m6a.large"],
      minSize: 1,
      maxSize: 4,
      zones: [zone],
    });
  }
  new ManagedNodeGroup(stack, "nodes-batch", {
    cluster,
    role,
    key: "batch",
    os: "bottlerocket",
    instanceTypes: ["m7g.large", "m6g.large", "c7g.xlarge"],
    spot: true,
    minSize: 0,
    maxSize: 20,
    volumeSizeInGib: 50,
    labels: { "example.com/capacity": "spot" },
    taints: [{ key: "example.com/capacity", value: "spot", effect: "NO_SCHEDULE" }],
  });
  new ManagedNodeGroup(stack, "nodes-windows", {
    cluster,
    key: "windows",
    os: "windows-core-2022",
    instanceTypes: ["m6i.xlarge"],
    minSize: 1,
    maxSize: 3,
    taints: [{ key: "os", value: "windows", effect: "NO_SCHEDULE" }],
  });
  new CoreDns(stack, "coredns", { cluster });
  new EbsCsiDriver(stack, "ebs-csi-driver", { cluster, oidcProvider });

  new TerraformOutput(stack, "kubectl_config", { value: cluster.kubectlConfig });
  return app;
});
