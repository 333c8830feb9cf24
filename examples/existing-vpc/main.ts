/**
 * A cluster in a network that a Terraform module of the team's own makes. `.gen` holds the module's binding, which
 * `npm run get` writes. Terraform refuses the network when one of the subnets turns out to be public.
 */
import { App, propertyAccess, Token } from "cdktf";
import { CoreDns, EksCluster, FargateProfile, PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { TeamNetwork } from "../../.gen/modules/team-network";
import { context } from "../../cdktf.json";

const ZONES = ["eu-west-1a", "eu-west-1b"];

synthesize(() => {
  const app = new App({ context });
  const stack = new PlatformStack(app, "existing-vpc", { region: "eu-west-1", backend: { type: "local" } });

  const network = new TeamNetwork(stack, "network", { name: "team", cidr: "10.20.0.0/16", zones: ZONES });
  const vpc = Vpc.fromAttributes(stack, "vpc", {
    vpcId: network.vpcIdOutput,
    privateSubnetIds: Object.fromEntries(
      ZONES.map((zone) => [zone, Token.asString(propertyAccess(network.privateSubnetIdsOutput, [zone]))]),
    ),
  });
  const cluster = new EksCluster(stack, "cluster", {
    clusterName: "existing-vpc",
    vpc,
    serviceCidr: "172.20.0.0/16",
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
