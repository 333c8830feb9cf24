import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App } from "cdktf";
import { parse, stringify } from "yaml";
import { parseSettings } from "../../src/settings/load";
import { ClusterStack } from "../../src/stacks/cluster-stack";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { addresses, resource, resources } from "../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "cluster-stack-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const DEVELOPMENT = readFileSync("settings/development.yaml", "utf8");
const PRODUCTION = readFileSync("settings/production.yaml", "utf8");

/** Every setting at once, with more than one entry wherever there can be. */
const FULL = `
name: full
region: eu-west-1
account: "111122223333"
tags: { team: platform, environment: test }
backend: { type: s3, bucket: states, region: eu-west-1, key: full.tfstate }
network:
  cidr: 10.0.0.0/16
  zones: [eu-west-1a, eu-west-1b, eu-west-1c]
  subnetCidrs:
    eu-west-1a: { private: 10.0.0.0/20, public: 10.0.192.0/24 }
    eu-west-1b: { private: 10.0.16.0/20, public: 10.0.193.0/24 }
  nat: per-zone
  interfaceEndpoints: [ecr.api, ecr.dkr, sts]
cluster:
  publicAccessCidrs: [198.51.100.0/24, 203.0.113.0/24]
  serviceCidr: 172.20.0.0/16
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
  team:
    principal: arn:aws:iam::111122223333:role/team
    policies:
      - { policy: AmazonEKSEditPolicy, namespaces: [api, web] }
      - { policy: AmazonEKSViewPolicy }
    groups: [readers, writers]
fargate:
  replacement: create-before-destroy
  allowOverlap: true
  profiles:
    all: { selectors: [{ namespace: "kube-*" }, { namespace: web, labels: { app: shop, tier: front } }] }
    system: { selectors: [{ namespace: kube-system }], zones: [eu-west-1a, eu-west-1b] }
serviceAccountRoles:
  reader:
    namespace: web
    serviceAccount: reader
    policyArns:
      ecr: arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly
      s3: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
  writer:
    namespace: web
    serviceAccount: writer
    statements:
      - actions: [s3:GetObject, s3:PutObject]
        resources: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]
        conditions:
          Bool: { "aws:SecureTransport": "true", "aws:ViaAWSService": "false" }
          StringEquals: { "aws:PrincipalTag/team": [blue, red] }
albController: { roleName: full-alb, policyName: full-alb }
`;

/** What the app writes for a settings file, to the byte. */
function synthSettings(text: string): string {
  const settings = parseSettings(text, "test.yaml");
  withoutStackTraces(() => {
    const app = new App({ outdir });
    new ClusterStack(app, `${settings.name}-cluster`, settings);
    app.synth();
  });
  return readFileSync(join(outdir, "stacks", `${settings.name}-cluster`, "cdk.tf.json"), "utf8");
}

/** The same settings with every mapping and every list turned around. */
function turnedAround(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(turnedAround).toReversed();
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, inner]) => [key, turnedAround(inner)] as const)
          .toReversed(),
      )
    : value;
}

const development = synthSettings(DEVELOPMENT);
const production = synthSettings(PRODUCTION);
const full = synthSettings(FULL);

test("the reference settings make these Terraform addresses, whose change would destroy what is deployed", () => {
  expect(addresses(development)).toEqual([
    "aws_cloudwatch_log_group.cluster_log-group",
    "aws_cloudwatch_log_group.vpc_flow-logs_log-group",
    "aws_default_security_group.vpc_default-security-group",
    "aws_eip.vpc_public-eu-west-1a_nat-address",
    "aws_eks_access_entry.cluster_access-platform-admins_entry",
    "aws_eks_access_policy_association.cluster_access-platform-admins_AmazonEKSClusterAdminPolicy",
    "aws_eks_addon.coredns_addon",
    "aws_eks_cluster.cluster",
    "aws_eks_fargate_profile.fargate-default_profile",
    "aws_flow_log.vpc_flow-logs_flow-log",
    "aws_iam_openid_connect_provider.oidc-provider_provider",
    "aws_iam_policy.alb-controller_policy",
    "aws_iam_role.alb-controller_irsa_role",
    "aws_iam_role.cluster_role",
    "aws_iam_role.pod-execution-role_role",
    "aws_iam_role.vpc_flow-logs_role",
    "aws_iam_role_policy.vpc_flow-logs_policy",
    "aws_iam_role_policy_attachment.alb-controller_irsa_policy-controller",
    "aws_iam_role_policy_attachment.cluster_role-policy",
    "aws_iam_role_policy_attachment.pod-execution-role_policy",
    "aws_internet_gateway.vpc_public_internet-gateway",
    "aws_kms_alias.cluster_key_alias",
    "aws_kms_alias.vpc_flow-logs_key_alias",
    "aws_kms_key.cluster_key",
    "aws_kms_key.vpc_flow-logs_key",
    "aws_nat_gateway.vpc_public-eu-west-1a_nat-gateway",
    "aws_route.vpc_private-eu-west-1a_nat",
    "aws_route.vpc_private-eu-west-1b_nat",
    "aws_route.vpc_public_internet",
    "aws_route_table.vpc_private-eu-west-1a_route-table",
    "aws_route_table.vpc_private-eu-west-1b_route-table",
    "aws_route_table.vpc_public_route-table",
    "aws_route_table_association.vpc_private-eu-west-1a_route-table-association",
    "aws_route_table_association.vpc_private-eu-west-1b_route-table-association",
    "aws_route_table_association.vpc_public-eu-west-1a_route-table-association",
    "aws_route_table_association.vpc_public-eu-west-1b_route-table-association",
    "aws_subnet.vpc_private-eu-west-1a_subnet",
    "aws_subnet.vpc_private-eu-west-1b_subnet",
    "aws_subnet.vpc_public-eu-west-1a_subnet",
    "aws_subnet.vpc_public-eu-west-1b_subnet",
    "aws_vpc.vpc",
    "aws_vpc_endpoint.vpc_s3",
    "data.aws_caller_identity.aws-account",
  ]);
});

describe("what is written", () => {
  test.each([
    ["development", development],
    ["production", production],
    ["full", full],
  ])("from %s settings holds no token of cdktf and no path of this machine", (_, text) => {
    expect(text).not.toMatch(/TfToken|TOKEN\./);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain(outdir);
    expect(text).not.toMatch(/"\/(home|root|tmp|work|Users|var|usr)\//);
  });

  test("is the same to the byte when every mapping and list of the settings is turned around", () => {
    const reordered = (settings: string) => synthSettings(stringify(turnedAround(parse(settings))));
    expect(reordered(FULL)).toBe(full);
    expect(reordered(PRODUCTION)).toBe(production);
  });

  test("is the same to the byte the second time", () => {
    expect(synthSettings(DEVELOPMENT)).toBe(development);
  });

  test("is one stack in its own folder", () => {
    expect(existsSync(join(outdir, "stacks", "platform-development-cluster", "cdk.tf.json"))).toBe(true);
  });
});

describe("settings", () => {
  test("reach the network, the cluster and its logs", () => {
    expect(full).toHaveResourceWithProperties(Vpc, { cidr_block: "10.0.0.0/16", tags: { Name: "full" } });
    expect(full).toHaveResourceWithProperties(EksCluster, {
      name: "full",
      kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" },
    });
  });

  test("share one role among Fargate profiles unless they ask for one each", () => {
    const roles = (text: string) =>
      Object.keys(resources(text, IamRole)).filter((name) => name.includes("pod-execution"));
    expect(roles(full)).toEqual(["pod-execution-role_role"]);
    expect(roles(synthSettings(FULL.replace("allowOverlap", "podExecutionRole: own\n  allowOverlap")))).toEqual([
      "fargate-all_pod-execution-role_role",
      "fargate-system_pod-execution-role_role",
    ]);
  });

  test("recreate Fargate profiles unless they say otherwise", () => {
    const text = synthSettings(DEVELOPMENT.replace("replacement: create-before-destroy", "replacement: recreate"));
    expect(resource(text, EksFargateProfile)).toMatchObject({
      fargate_profile_name: "platform-development-fargate-default",
    });
    expect(development).toHaveResourceWithProperties(EksFargateProfile, { lifecycle: { create_before_destroy: true } });
  });

  test("have CoreDNS wait for the first profile by name that takes its pods", () => {
    expect(resource(full, EksAddon).depends_on).toEqual(["aws_eks_fargate_profile.fargate-all_profile"]);
  });

  test("make no role for the load balancer controller unless it is asked for", () => {
    const text = synthSettings(DEVELOPMENT.replace("albController: {}", ""));
    expect(addresses(text).filter((address) => address.includes("alb-controller"))).toEqual([]);
    expect(text).not.toContain("alb_controller_role_arn");
  });

  test("of a network that exists create no network", () => {
    const existing = `existing:
    vpcId: vpc-1
    privateSubnetIds: { eu-west-1a: subnet-a, eu-west-1b: subnet-b }
`;
    const text = synthSettings(DEVELOPMENT.replace(/network:\n(( .*)?\n)+/, `network:\n  ${existing}\n`));
    expect(text).not.toHaveResource(Vpc);
    expect(text).toHaveResourceWithProperties(EksCluster, {
      vpc_config: expect.objectContaining({ subnet_ids: ["subnet-a", "subnet-b"] }),
    });
  });
});

describe("outputs", () => {
  const output = (text: string) =>
    Object.fromEntries(
      Object.entries(
        (JSON.parse(text) as { output: Record<string, { value: unknown; description: string }> }).output,
      ).map(([name, { value }]) => [name, value]),
    );

  test("are what others need of the cluster", () => {
    expect(output(development)).toEqual({
      vpc_cidr: "10.0.0.0/16",
      vpc_id: "${aws_vpc.vpc.id}",
      private_subnet_ids: {
        "eu-west-1a": "${aws_subnet.vpc_private-eu-west-1a_subnet.id}",
        "eu-west-1b": "${aws_subnet.vpc_private-eu-west-1b_subnet.id}",
      },
      fargate_profile_names: { default: expect.stringMatching(/^platform-development-fargate-default-[0-9a-f]{8}$/) },
      oidc_provider_arn: "${aws_iam_openid_connect_provider.oidc-provider_provider.arn}",
      service_account_role_arns: {},
      alb_controller_role_arn: "${aws_iam_role.alb-controller_irsa_role.arn}",
      cluster_name: "${aws_eks_cluster.cluster.id}",
      cluster_endpoint: "${aws_eks_cluster.cluster.endpoint}",
      cluster_certificate_authority: "${aws_eks_cluster.cluster.certificate_authority[0].data}",
      cluster_oidc_issuer: "${aws_eks_cluster.cluster.identity[0].oidc[0].issuer}",
      cluster_security_group_id: "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}",
      kubectl_config: expect.stringMatching(/^\$\{yamlencode\(.*get-token.*\)\}$/),
      update_kubeconfig_command: "aws eks update-kubeconfig --region eu-west-1 --name platform-development",
    });
  });

  test("name the role of each service account", () => {
    expect(output(full).service_account_role_arns).toEqual({
      reader: "${aws_iam_role.irsa-reader_role.arn}",
      writer: "${aws_iam_role.irsa-writer_role.arn}",
    });
  });

  test("describe themselves", () => {
    const { output: outputs } = JSON.parse(development) as { output: Record<string, { description?: string }> };
    expect(Object.values(outputs).filter(({ description = "" }) => description === "")).toEqual([]);
  });
});
