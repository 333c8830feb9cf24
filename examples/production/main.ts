/** A production cluster: three zones, remote state, roles for pods, access by team. */
import { App, TerraformOutput } from "cdktf";
import {
  AlbControllerRole,
  CoreDns,
  EksCluster,
  FargateProfile,
  IrsaRole,
  OidcProvider,
  PlatformStack,
  PodExecutionRole,
  synthesize,
  Vpc,
} from "cdktf-eks-fargate";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "production", {
    region: "eu-west-1",
    account: "111122223333",
    tags: { environment: "production" },
    backend: {
      type: "s3",
      bucket: "platform-terraform-state",
      region: "eu-west-1",
      dynamodbTable: "platform-terraform-locks",
    },
  });

  const vpc = new Vpc(stack, "vpc", {
    name: "production",
    cidr: "10.40.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    nat: "per-zone",
    interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs", "sts"],
  });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "production",
    vpc,
    serviceCidr: "172.20.0.0/16",
    publicAccessCidrs: ["203.0.113.0/24"],
    access: {
      admins: {
        principal: "arn:aws:iam::111122223333:role/platform-admin",
        policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
      },
      "web-developers": {
        principal: "arn:aws:iam::111122223333:role/web-developer",
        policies: [{ policy: "AmazonEKSEditPolicy", namespaces: ["web"] }],
      },
    },
  });

  const podExecutionRole = new PodExecutionRole(stack, "pod-execution-role", { cluster });
  const profile = { cluster, podExecutionRole, replacement: "create-before-destroy" } as const;
  new FargateProfile(stack, "fargate-system", {
    ...profile,
    key: "system",
    selectors: [{ namespace: "kube-system" }],
  });
  new FargateProfile(stack, "fargate-web", { ...profile, key: "web", selectors: [{ namespace: "web" }] });
  new CoreDns(stack, "coredns", { cluster, replicas: 3 });

  const oidcProvider = new OidcProvider(stack, "oidc-provider", { cluster });
  new AlbControllerRole(stack, "alb-controller", { cluster, oidcProvider });
  const uploads = new IrsaRole(stack, "irsa-uploads", {
    oidcProvider,
    roleName: "production-irsa-uploads",
    namespace: "web",
    serviceAccount: "uploads",
    statements: [{ actions: ["s3:GetObject", "s3:PutObject"], resources: ["arn:aws:s3:::production-uploads/*"] }],
  });

  new TerraformOutput(stack, "kubectl_config", { value: cluster.kubectlConfig });
  new TerraformOutput(stack, "uploads_role_arn", { value: uploads.roleArn });
  return app;
});
