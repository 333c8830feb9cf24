import type { TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../src/constructs/cluster/eks-cluster";
import type { IEksCluster } from "../../src/constructs/cluster/ieks-cluster";
import type { IVpc } from "../../src/constructs/network/ivpc";
import { ACCOUNT } from "./stack";

/** A VPC with three private subnets whose network is known, without a resource of its own. */
export function vpcOf(region = "eu-west-1", attributes: Partial<IVpc> = {}): IVpc {
  const subnets = (tier: string) =>
    ["a", "b", "c"].map((letter) => ({ zone: `${region}${letter}`, subnetId: `subnet-${tier}-${letter}` }));
  return {
    vpcId: "vpc-1",
    cidr: "10.0.0.0/16",
    privateSubnets: subnets("private"),
    publicSubnets: subnets("public"),
    egress: "nat",
    proofs: [],
    ...attributes,
  };
}

/** Grants the platform's role everything in the cluster. */
export function admins(partition = "aws"): EksClusterProps["access"] {
  return {
    admins: {
      principal: `arn:${partition}:iam::${ACCOUNT}:role/platform-admin`,
      policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
    },
  };
}

/** A cluster "platform" that has all that a cluster must have, judged on a day without version warnings. */
export function clusterIn(stack: TerraformStack, props: Partial<EksClusterProps> = {}): EksCluster {
  return new EksCluster(stack, "cluster", {
    clusterName: "platform",
    vpc: vpcOf(),
    access: admins(),
    today: "2026-11-21",
    ...props,
  });
}

/** A cluster "platform" that exists already, without a resource of its own. */
export function importedClusterIn(
  stack: TerraformStack,
  attributes: Partial<Parameters<typeof EksCluster.fromAttributes>[2]> = {},
): IEksCluster {
  return EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "platform",
    endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
    clusterSecurityGroupId: "sg-1",
    vpc: vpcOf(),
    ...attributes,
  });
}
