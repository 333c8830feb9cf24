/** Pods on a cluster that is there already, with a security group of their own and a file system. */

import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { App } from "cdktf";
import { EksCluster } from "../../src/constructs/cluster/eks-cluster";
import { Deployment } from "../../src/constructs/kubernetes/deployment";
import { KubernetesProviders } from "../../src/constructs/kubernetes/kubernetes-providers";
import { Vpc } from "../../src/constructs/network/vpc";
import { PodSecurityGroup } from "../../src/constructs/security/pod-security-group";
import { SecurityGroupPolicy } from "../../src/constructs/security/security-group-policy";
import { EfsClaim } from "../../src/constructs/storage/efs-claim";
import { EfsStorage } from "../../src/constructs/storage/efs-storage";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

const { EDGE_ENDPOINT: endpoint = "", EDGE_CERTIFICATE_AUTHORITY: certificateAuthority = "" } = process.env;

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "edge-pods", { region: "eu-west-1", backend: { type: "local" } });
  const vpc = new Vpc(stack, "vpc", {
    name: "edge",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    publicSubnets: false,
    flowLogs: false,
  });
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "edge",
    endpoint,
    certificateAuthority,
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
    clusterSecurityGroupId: new SecurityGroup(stack, "eks-cluster-sg", { vpcId: vpc.vpcId }).id,
    vpc,
    fargateProfiles: [{ key: "shop", name: "shop", hashed: false, selectors: [{ namespace: "shop" }] }],
  });
  new KubernetesProviders(stack, "providers", { cluster });
  const namespace = new NamespaceV1(stack, "namespace", { metadata: { name: "shop" } });

  const group = new PodSecurityGroup(stack, "orders-pods", { cluster, key: "orders", ports: [8080] });
  const policy = new SecurityGroupPolicy(stack, "orders-policy", {
    group,
    namespace: "shop",
    podLabels: { "app.kubernetes.io/name": "orders" },
    dependsOn: [namespace],
  });
  const fileSystem = new EfsStorage(stack, "efs", {
    cluster,
    accessPoints: { uploads: {}, reports: {} },
    deletionProtection: false,
  });
  fileSystem.allowFrom("orders", group.securityGroupId);
  const claims = ["uploads", "reports"].map(
    (accessPoint) =>
      new EfsClaim(stack, `claim-${accessPoint}`, {
        fileSystem,
        accessPoint,
        namespace: "shop",
        dependsOn: [namespace],
      }),
  );
  new Deployment(stack, "orders", {
    cluster,
    namespace: "shop",
    name: "orders",
    replicas: 2,
    template: {
      containers: [
        {
          name: "orders",
          image: "registry.example.com/orders:1.0.0",
          cpu: "250m",
          memory: "256Mi",
          ports: { http: 8080 },
          mounts: Object.fromEntries(claims.map(({ claimName }) => [`/${claimName}`, { volume: claimName }])),
        },
      ],
      volumes: Object.fromEntries(claims.map(({ claimName }) => [claimName, { persistentVolumeClaim: { claimName } }])),
    },
    dependsOn: [policy.ready, ...claims.map(({ ready }) => ready)],
  });
  return app;
});
