import { App } from "cdktf";
import { EksCluster, OidcProvider, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { KubernetesProviders, Tenant } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "tenants", { region: "eu-west-1", backend: { type: "local" } });
  const oidcIssuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "platform",
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer,
    clusterSecurityGroupId: "sg-0123456789abcdef0",
    vpc: Vpc.fromAttributes(stack, "vpc", {
      vpcId: "vpc-0123456789abcdef0",
      privateSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0123456789abcdef1" },
    }),
  });
  const oidcProvider = OidcProvider.fromAttributes({
    providerArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
    issuer: oidcIssuer,
  });
  new KubernetesProviders(stack, "providers", { cluster });
  new Tenant(stack, "shop", {
    cluster,
    oidcProvider,
    name: "shop",
    quota: { cpu: "8", memory: "32Gi", pods: 20, loadBalancers: 1 },
    podSecurity: { enforce: "restricted" },
    serviceAccounts: {
      api: { statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-images/*"] }] },
    },
    access: { developers: { principal: "arn:aws:iam::111122223333:role/shop-developers", level: "edit" } },
  });
  return app;
});
