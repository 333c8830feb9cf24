import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Fn } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../../src/constructs/cluster/eks-cluster";
import { Vpc } from "../../../src/constructs/network/vpc";
import { admins, clusterIn, vpcOf } from "../../support/constructs";
import {
  ACCOUNT,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

function synthCluster(props: Partial<EksClusterProps> = {}, region = "eu-west-1"): string {
  return synthIn(region, (stack) => clusterIn(stack, props));
}

function refused(props: Partial<EksClusterProps>): string {
  return refusal(() => clusterIn(stackFor(), props));
}

function warned(props: Partial<EksClusterProps>): string[] {
  const stack = stackFor();
  clusterIn(stack, props);
  return warnings(stack);
}

describe("by default a cluster", () => {
  test("warns of a Region for which AWS does not say whether pods run on Fargate", () => {
    const stack = stackFor("us-gov-west-1");
    clusterIn(stack);
    expect(warnings(stack)).toEqual([
      expect.stringContaining(`[test/cluster] whether EKS runs pods on Fargate in "us-gov-west-1" is not documented`),
    ]);
  });

  test("is complete: every setting that AWS would otherwise choose is stated", () => {
    expect(resource(synthCluster(), AwsEksCluster)).toEqual({
      name: "platform",
      role_arn: "${aws_iam_role.cluster_role.arn}",
      version: "1.36",
      bootstrap_self_managed_addons: false,
      deletion_protection: true,
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      encryption_config: { provider: { key_arn: "${aws_kms_key.cluster_key_key.arn}" }, resources: ["secrets"] },
      upgrade_policy: { support_type: "STANDARD" },
      vpc_config: {
        subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
        endpoint_private_access: true,
        endpoint_public_access: false,
      },
      zonal_shift_config: { enabled: true },
      lifecycle: { ignore_changes: ["vpc_config[0].subnet_ids"] },
      depends_on: ["aws_iam_role_policy_attachment.cluster_role-policy", "aws_cloudwatch_log_group.cluster_log-group"],
    });
  });

  test("uses none of AWS's self-managed add-ons, and adds none by itself", () => {
    expect(synthCluster()).toHaveResourceWithProperties(AwsEksCluster, { bootstrap_self_managed_addons: false });
    expect(synthCluster()).not.toHaveResource(EksAddon);
  });

  test("gives no hidden access to whoever creates it", () => {
    expect(synthCluster()).toHaveResourceWithProperties(AwsEksCluster, {
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    });
  });

  test("writes its logs to its own encrypted group, which exists before it and is kept for a year", () => {
    const text = synthCluster();
    expect(text).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/aws/eks/platform/cluster",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.cluster_key_key.arn}",
    });
    expect(resource(text, AwsEksCluster).depends_on).toContain("aws_cloudwatch_log_group.cluster_log-group");
  });

  test("has a rotated key that serves its secrets and its log group only", () => {
    const text = synthCluster();
    expect(text).toHaveResourceWithProperties(KmsKey, { enable_key_rotation: true });
    expect(text).toHaveResourceWithProperties(KmsAlias, { name: "alias/platform-eks" });
    const [account, logs, use, grant, ...others] = statements(resource(text, KmsKey).policy);
    expect(account?.Principal).toEqual({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
    expect(logs?.Condition?.ArnEquals).toEqual({
      "kms:EncryptionContext:aws:logs:arn": [`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/eks/platform/cluster`],
    });
    expect(use?.Principal).toEqual({ AWS: "${aws_iam_role.cluster_role.arn}" });
    expect(grant?.Action).toBe("kms:CreateGrant");
    expect(others).toEqual([]);
  });

  test.each(PARTITIONS)("in $region has a role that EKS assumes, with AWS's policy alone", ({ region, partition }) => {
    const text = synthCluster({ vpc: vpcOf(region), access: admins(partition) }, region);
    expect(text).toHaveResourceWithProperties(IamRole, { name: "platform-cluster" });
    expect(statements(resource(text, IamRole).assume_role_policy)).toEqual([
      { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(resource(text, IamRolePolicyAttachment)).toEqual({
      role: "${aws_iam_role.cluster_role.name}",
      policy_arn: `arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy`,
    });
    expect(resource(text, AwsEksCluster).depends_on).toContain("aws_iam_role_policy_attachment.cluster_role-policy");
  });
});

describe("on request a cluster", () => {
  test("takes every option at once", () => {
    const text = synthCluster({
      version: "1.33",
      support: "extended",
      publicAccessCidrs: ["203.0.113.0/24", "198.51.100.0/24"],
      serviceCidr: "172.20.0.0/16",
      deletionProtection: false,
      zonalShift: false,
      logRetentionInDays: 90,
      roleName: "eks-control-plane",
    });
    expect(text).toHaveResourceWithProperties(AwsEksCluster, {
      version: "1.33",
      upgrade_policy: { support_type: "EXTENDED" },
      kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" },
      deletion_protection: false,
      zonal_shift_config: { enabled: false },
    });
    expect(text).toHaveResourceWithProperties(CloudwatchLogGroup, { retention_in_days: 90 });
    expect(text).toHaveResourceWithProperties(IamRole, { name: "eks-control-plane" });
  });

  test("is public for the networks given, in alphabetical order, and stays private as well", () => {
    expect(synthCluster({ publicAccessCidrs: ["203.0.113.0/24", "198.51.100.0/24"] })).toHaveResourceWithProperties(
      AwsEksCluster,
      {
        vpc_config: expect.objectContaining({
          endpoint_private_access: true,
          endpoint_public_access: true,
          public_access_cidrs: ["198.51.100.0/24", "203.0.113.0/24"],
        }),
      },
    );
  });

  test("is public for the whole internet only when that is spelled out, with a warning", () => {
    expect(warned({ publicAccessCidrs: ["0.0.0.0/0"] })).toEqual([
      "[test/cluster] 'publicAccessCidrs' opens the Kubernetes API to the whole internet (0.0.0.0/0); name your offices' or runners' networks instead",
    ]);
    expect(warned({ publicAccessCidrs: ["203.0.113.0/24"] })).toEqual([]);
  });

  test("stands in the zones named, in whatever order, and then follows a change of them", () => {
    const text = synthCluster({ zones: ["eu-west-1c", "eu-west-1a"] });
    expect(text).toHaveResourceWithProperties(AwsEksCluster, {
      vpc_config: expect.objectContaining({ subnet_ids: ["subnet-private-a", "subnet-private-c"] }),
    });
    expect(text).not.toContain("ignore_changes");
  });

  test("leaves the comparison with an imported VPC's network to Terraform", () => {
    const stack = stackFor();
    const vpc = Vpc.fromAttributes(stack, "vpc", {
      vpcId: "vpc-1",
      privateSubnetIds: { "eu-west-1a": "subnet-a", "eu-west-1b": "subnet-b" },
    });
    clusterIn(stack, { vpc, serviceCidr: "172.20.0.0/16" });
    const text = synth(stack);
    expect(text).toHaveDataSource(DataAwsVpc);
    const address = "data.aws_vpc.vpc_vpc.cidr_block";
    const shorter = `min(tonumber(element(split("/", "172.20.0.0/16"), 1)), tonumber(element(split("/", ${address}), 1)))`;
    const cut = (network: string) => `cidrhost(join("/", [cidrhost(${network}, 0), ${shorter}]), 0)`;
    expect(resource(text, AwsEksCluster).lifecycle).toMatchObject({
      precondition: [
        {
          condition: `\${(${cut('"172.20.0.0/16"')} != ${cut(address)})}`,
          error_message: `'serviceCidr' "172.20.0.0/16" overlaps the VPC, so Services could not be reached; use another network`,
        },
      ],
    });
  });

  test("needs no such comparison in Terraform when both networks are known", () => {
    expect(synthCluster({ serviceCidr: "172.20.0.0/16" })).not.toContain("precondition");
  });
});

describe("versions", () => {
  test("are silent on a day far from the end of their support", () => {
    expect(warned({ version: "1.35", today: "2026-11-21" })).toEqual([]);
  });

  test.each([
    ["standard", "1.35", "2026-12-28", "standard support of 'version' \"1.35\" ends on 2027-03-27"],
    ["extended", "1.33", "2027-05-01", "extended support of 'version' \"1.33\" ends on 2027-07-29"],
  ] as const)("warn ninety days before their %s support ends", (support, version, today, message) => {
    expect(warned({ version, support, today })).toEqual([expect.stringContaining(`[test/cluster] ${message}`)]);
  });

  test("newer than any known are a warning", () => {
    expect(warned({ version: "1.37" })).toEqual([
      expect.stringMatching(
        /^\[test\/cluster\] 'version' "1\.37" is newer than any known as of .*; check that EKS offers/,
      ),
    ]);
  });

  test("are judged by the day of the run when none is given", () => {
    jest.useFakeTimers({ now: new Date("2027-03-01T00:00:00Z") });
    try {
      const stack = stackFor();
      new EksCluster(stack, "cluster", { clusterName: "a", vpc: vpcOf(), access: admins(), version: "1.35" });
      expect(warnings(stack)).toEqual([expect.stringContaining("ends on 2027-03-27")]);
    } finally {
      jest.useRealTimers();
    }
  });

  test.each([
    ["1.3", "standard", `'version' must be a Kubernetes minor version in quotes, like "1.36", got "1.3"`],
    ["1.29", "extended", `'version' "1.29" is no longer offered by EKS; use one of`],
    ["1.30", "extended", `'version' "1.30" has been without support since 2026-07-23; use one of`],
    ["1.33", "standard", `'version' "1.33" has had no standard support since 2026-07-29; use one of`],
  ] as const)("%s with %s support is refused", (version, support, message) => {
    expect(refused({ version, support })).toContain(`[test/cluster] ${message}`);
  });
});

test.each([
  [{}, "none; add some"],
  [{ "eu-west-1a": "subnet-a" }, `"eu-west-1a"; add another zone's`],
])("a cluster is refused in a VPC with the private subnets %j", (privateSubnetIds, got) => {
  const stack = stackFor();
  const vpc = Vpc.fromAttributes(stack, "vpc", { vpcId: "vpc-1", privateSubnetIds });
  expect(refusal(() => clusterIn(stack, { vpc }))).toContain(
    `[test/cluster] 'vpc' must have private subnets in at least 2 zones, got ${got}`,
  );
});

test("a cluster in an imported VPC is not begun before Terraform has found the VPC in order", () => {
  const text = synthIn("eu-west-1", (stack) => {
    const vpc = Vpc.fromAttributes(stack, "vpc", {
      vpcId: "vpc-1",
      privateSubnetIds: { "eu-west-1a": "subnet-a", "eu-west-1b": "subnet-b" },
    });
    clusterIn(stack, { vpc });
  });
  expect(resource(text, AwsEksCluster).depends_on).toEqual(
    expect.arrayContaining([
      "data.aws_vpc.vpc_vpc",
      "data.aws_route_table.vpc_routes-eu-west-1a",
      "data.aws_route_table.vpc_routes-eu-west-1b",
    ]),
  );
});

describe("what others use of a cluster", () => {
  test("refers to the resource, so that Terraform waits for it", () => {
    const stack = stackFor();
    const cluster = clusterIn(stack);
    expect(cluster.clusterName).toBe("platform");
    expect(resolved(stack, cluster.clusterId)).toBe("${aws_eks_cluster.cluster_cluster.id}");
    expect(resolved(stack, cluster.endpoint)).toBe("${aws_eks_cluster.cluster_cluster.endpoint}");
    expect(resolved(stack, cluster.certificateAuthority)).toBe(
      "${aws_eks_cluster.cluster_cluster.certificate_authority[0].data}",
    );
    expect(resolved(stack, cluster.oidcIssuer)).toBe("${aws_eks_cluster.cluster_cluster.identity[0].oidc[0].issuer}");
    expect(resolved(stack, cluster.clusterSecurityGroupId)).toBe(
      "${aws_eks_cluster.cluster_cluster.vpc_config[0].cluster_security_group_id}",
    );
  });

  test("is a whole kubeconfig that holds no secret", () => {
    const stack = stackFor();
    const text = String(resolved(stack, clusterIn(stack).kubectlConfig));
    expect(text).toMatch(/^\$\{yamlencode\(\{.*\}\)\}$/);
    for (const part of [
      '"kind" = "Config"',
      '"current-context" = "platform"',
      '"cluster" = {"server" = aws_eks_cluster.cluster_cluster.endpoint, ' +
        '"certificate-authority-data" = aws_eks_cluster.cluster_cluster.certificate_authority[0].data}',
      '"context" = {"cluster" = "platform", "user" = "platform"}',
      '"apiVersion" = "client.authentication.k8s.io/v1beta1", "command" = "aws"',
      '["eks", "get-token", "--region", "eu-west-1", "--cluster-name", "platform", "--output", "json"]',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/TfToken|"token"|password/);
  });

  test("is the line that adds it to a kubeconfig", () => {
    const { updateKubeconfigCommand } = clusterIn(stackFor("cn-north-1"), { access: admins("aws-cn") });
    expect(updateKubeconfigCommand).toBe("aws eks update-kubeconfig --region cn-north-1 --name platform");
  });
});

describe("refused is a cluster", () => {
  test.each<[string, Partial<EksClusterProps>, string]>([
    [
      "with a malformed name",
      { clusterName: "my cluster", roleName: "r" },
      `[test/cluster] the name of an EKS cluster must be 1 to 100 characters (letters, digits, "-" and "_", beginning with a letter or digit), got "my cluster" (10); choose another 'clusterName'`,
    ],
    [
      "whose name only Terraform knows",
      { clusterName: Fn.lower("NAME"), roleName: "r" },
      `[test/cluster] 'clusterName' must be known when the app runs, because other names are derived from it; give it as text, like "platform"`,
    ],
    [
      "whose role's name would be too long",
      { clusterName: "c".repeat(60) },
      `[test/cluster] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${"c".repeat(60)}-cluster" (68); give 'roleName'`,
    ],
    [
      "in a VPC without a way out",
      { vpc: vpcOf("eu-west-1", { egress: "none" }) },
      `[test/cluster] the VPC has neither a NAT gateway nor interface endpoints, so no pod on Fargate could pull its image; set 'nat' of the VPC to "single" or "per-zone", or 'interfaceEndpoints' to true`,
    ],
    [
      "with Services in a network outside AWS's bounds",
      { serviceCidr: "100.64.0.0/16" },
      `[test/cluster] 'serviceCidr' must be a network from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, got "100.64.0.0/16"`,
    ],
    [
      "with Services in the network of the VPC",
      { serviceCidr: "10.0.128.0/20" },
      `[test/cluster] 'serviceCidr' "10.0.128.0/20" overlaps the VPC's "10.0.0.0/16", so Services could not be reached; use another, like "172.20.0.0/16"`,
    ],
    [
      "open to a network that is private anyway",
      { publicAccessCidrs: ["10.1.0.0/16"] },
      `[test/cluster] 'publicAccessCidrs' must hold public networks, got "10.1.0.0/16", which lies in 10.0.0.0/8; clients there reach the private endpoint, so leave it out`,
    ],
    [
      "in one zone alone",
      { zones: ["eu-west-1a"] },
      `[test/cluster] 'zones' must name at least 2 of the VPC's zones "eu-west-1a", "eu-west-1b", "eu-west-1c", got ["eu-west-1a"]; leave it out for all of them`,
    ],
    [
      "in a zone without a private subnet",
      { zones: ["eu-west-1a", "eu-west-1d"] },
      `[test/cluster] 'zones' names "eu-west-1d", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b", "eu-west-1c"`,
    ],
    [
      "with two grants to one principal",
      { access: { ...admins(), others: { principal: admins().admins?.principal ?? "", groups: ["readers"] } } },
      `[test/cluster] accesses "admins" and "others" have the same 'principal' "arn:aws:iam::${ACCOUNT}:role/platform-admin", and EKS takes one entry for each; merge them`,
    ],
  ])("%s", (_, props, message) => {
    expect(refused(props)).toBe(message);
  });

  test("that keeps logs for days that CloudWatch does not know", () => {
    expect(refused({ logRetentionInDays: 2 })).toMatch(
      /^\[test\/cluster\] 'logRetentionInDays' must be one of .* days, got 2; the next longer one is 3$/,
    );
  });

  test("with all of its problems at once", () => {
    expect(refused({ logRetentionInDays: 2, version: "1.3", serviceCidr: "no" }).split("\n")).toHaveLength(3);
  });
});
