import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { Fn } from "cdktf";
import { EcsCluster, type EcsClusterProps } from "../../../src/constructs/ecs/ecs-cluster";
import { vpcOf } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const GROUP = { instanceTypes: ["m7g.large"], maxSize: 3 };

function build(props: Partial<EcsClusterProps> = {}) {
  const stack = stackFor();
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc: vpcOf(), ...props });
  const text = synth(stack);
  return { stack, cluster, text, properties: resource(text, AwsEcsCluster) };
}

describe("EcsCluster", () => {
  test("tells Container Insights everything and records encrypted shells, on Fargate alone", () => {
    const { text, properties, stack, cluster } = build();
    expect(properties).toEqual({
      name: "shop",
      setting: [{ name: "containerInsights", value: "enhanced" }],
      configuration: {
        execute_command_configuration: {
          kms_key_id: "${aws_kms_key.cluster_exec_key_key.arn}",
          logging: "OVERRIDE",
          log_configuration: {
            cloud_watch_encryption_enabled: true,
            cloud_watch_log_group_name: "${aws_cloudwatch_log_group.cluster_exec_log-group.name}",
          },
        },
      },
    });
    expect(resource(text, CloudwatchLogGroup)).toEqual({
      name: "/aws/ecs-exec/shop",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.cluster_exec_key_key.arn}",
    });
    expect(resource(text, EcsClusterCapacityProviders)).toEqual({
      cluster_name: "${aws_ecs_cluster.cluster_cluster.name}",
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
      default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", base: 0, weight: 1 }],
    });
    expect(resolved(stack, cluster.execLogging)).toEqual({
      kmsKeyArn: "${aws_kms_key.cluster_exec_key_key.arn}",
      logGroupArn: "${aws_cloudwatch_log_group.cluster_exec_log-group.arn}",
    });
    expect(cluster.serviceConnectNamespaceArn).toBeUndefined();
    expect(cluster.externalInstances).toBeUndefined();
    expect(warnings(stack)).toEqual([]);
  });

  test("makes these Terraform addresses, whose change would replace the cluster", () => {
    expect(addresses(build().text)).toEqual([
      "aws_cloudwatch_log_group.cluster_exec_log-group",
      "aws_ecs_cluster.cluster_cluster",
      "aws_ecs_cluster_capacity_providers.cluster_capacity",
      "aws_kms_alias.cluster_exec_key_alias",
      "aws_kms_key.cluster_exec_key_key",
    ]);
  });

  test("lets CloudWatch use the key for its own log group and no other", () => {
    expect(statements(resource(build().text, KmsKey).policy)[1]).toMatchObject({
      Principal: { Service: "logs.eu-west-1.amazonaws.com" },
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": [`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/ecs-exec/shop`],
        },
      },
    });
  });

  test("takes a key that is there, and another time to keep the log", () => {
    const { text, cluster } = build({ exec: { kmsKeyArn: KEY, retentionInDays: 30 } });
    expect(resources(text, KmsKey)).toEqual({});
    expect(resource(text, CloudwatchLogGroup)).toMatchObject({ retention_in_days: 30, kms_key_id: KEY });
    expect(cluster.execLogging?.kmsKeyArn).toBe(KEY);
  });

  test("lets nobody open a shell, and counts nothing, when told so", () => {
    const { properties, text, cluster } = build({ exec: false, containerInsights: false });
    expect(properties).toEqual({ name: "shop", setting: [{ name: "containerInsights", value: "disabled" }] });
    expect(resources(text, KmsKey)).toEqual({});
    expect(cluster.execLogging).toBeUndefined();
  });

  test("has a namespace of Service Connect: a new one by its name, or one that is there", () => {
    const { text, properties } = build({ serviceConnectNamespace: "shop.local" });
    expect(resource(text, ServiceDiscoveryHttpNamespace)).toMatchObject({ name: "shop.local" });
    expect(properties.service_connect_defaults).toEqual({
      namespace: "${aws_service_discovery_http_namespace.cluster_namespace.arn}",
    });
    const arn = `arn:aws:servicediscovery:eu-west-1:${ACCOUNT}:namespace/ns-abcdefghijklmnop`;
    const existing = build({ serviceConnectNamespace: arn });
    expect(existing.properties.service_connect_defaults).toEqual({ namespace: arn });
    expect(existing.cluster.serviceConnectNamespaceArn).toBe(arn);
    expect(resources(existing.text, ServiceDiscoveryHttpNamespace)).toEqual({});
    const token = build({ serviceConnectNamespace: Fn.lower("ns-1") });
    expect(token.properties.service_connect_defaults).toEqual({ namespace: '${lower("ns-1")}' });
  });

  test("encrypts the ephemeral storage of Fargate with a key of its own that serves no other cluster", () => {
    const { text, properties } = build({ exec: false, managedStorage: {} });
    expect(properties.configuration).toEqual({
      managed_storage_configuration: {
        fargate_ephemeral_storage_kms_key_id: "${aws_kms_key.cluster_fargate-storage_key.arn}",
      },
    });
    const [, dataKeys, grants] = statements(resource(text, KmsKey).policy);
    const ofTheCluster = {
      StringEquals: {
        "kms:EncryptionContext:aws:ecs:clusterAccount": ACCOUNT,
        "kms:EncryptionContext:aws:ecs:clusterName": "shop",
      },
    };
    expect(dataKeys).toMatchObject({
      Action: "kms:GenerateDataKeyWithoutPlaintext",
      Principal: { Service: "fargate.amazonaws.com" },
      Condition: ofTheCluster,
    });
    expect(grants).toMatchObject({
      Action: "kms:CreateGrant",
      Condition: { ...ofTheCluster, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
    });
  });

  test("encrypts storage with keys that are there", () => {
    const { text, properties } = build({ managedStorage: { fargateKmsKeyArn: KEY, ebsKmsKeyArn: KEY }, exec: false });
    expect(properties.configuration).toEqual({
      managed_storage_configuration: { fargate_ephemeral_storage_kms_key_id: KEY, kms_key_id: KEY },
    });
    expect(resources(text, KmsKey)).toEqual({});
  });

  test("mixes Fargate and instances, by what the providers are called once they are there", () => {
    const { text, cluster } = build({
      autoScalingGroups: { web: GROUP, api: GROUP },
      defaultCapacity: { "shop-web": { weight: 3 }, "shop-api": { base: 1 } },
    });
    const provider = (key: string) => `\${aws_ecs_capacity_provider.cluster_instances-${key}_provider.name}`;
    expect(resource(text, EcsClusterCapacityProviders)).toMatchObject({
      capacity_providers: ["FARGATE", "FARGATE_SPOT", provider("api"), provider("web")],
      default_capacity_provider_strategy: [
        { capacity_provider: provider("api"), base: 1, weight: 1 },
        { capacity_provider: provider("web"), base: 0, weight: 3 },
      ],
    });
    expect(cluster.capacityProviders.map(({ name }) => name)).toEqual([
      "FARGATE",
      "FARGATE_SPOT",
      "shop-api",
      "shop-web",
    ]);
    expect(Object.keys(cluster.ec2Capacity)).toEqual(["api", "web"]);
    expect(cluster.ready).toHaveLength(1);
  });

  test("moves nothing when a group comes before the others", () => {
    const before = addresses(build({ autoScalingGroups: { web: GROUP } }).text);
    const after = addresses(build({ autoScalingGroups: { api: GROUP, web: GROUP } }).text);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test("is refused with the words of the rules", () => {
    const refused = (props: Partial<EcsClusterProps>) => refusal(() => build(props));
    expect(refused({ clusterName: "my shop" })).toBe(
      `[test/cluster] the name of an ECS cluster must be 1 to 255 characters (letters, digits, "-" and "_"), got "my shop" (7); choose another 'clusterName'`,
    );
    expect(refused({ defaultCapacity: { FARGATE: {}, "shop-web": {} }, autoScalingGroups: { web: GROUP } })).toContain(
      "'defaultCapacity' must name providers of Fargate or of Auto Scaling groups, not both",
    );
    expect(refused({ autoScalingGroups: { web: { ...GROUP, maxSize: 0 } } })).toContain(
      `'maxSize' of Auto Scaling group "web" must be a whole number of at least 1, got 0`,
    );
    expect(refused({ exec: { retentionInDays: 2 } })).toContain("'retentionInDays' must be one of");
    expect(refused({ externalInstances: { registrationLimit: 0 } })).toContain("must be a whole number from 1 to 1000");
  });

  test("warns of many capacity providers", () => {
    const autoScalingGroups = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`g${index}`, GROUP]));
    expect(warnings(build({ autoScalingGroups }).stack)).toEqual([
      expect.stringContaining("[test/cluster] the cluster has 11 capacity providers"),
    ]);
  });

  test("may be called by an expression", () => {
    const { properties } = build({ clusterName: Fn.lower("SHOP"), autoScalingGroups: { web: GROUP } });
    expect(properties.name).toBe('${lower("SHOP")}');
  });
});

describe("a cluster that is there already", () => {
  const imported = (attributes: Partial<Parameters<typeof EcsCluster.fromAttributes>[2]> = {}) => {
    const stack = stackFor();
    const cluster = EcsCluster.fromAttributes(stack, "cluster", { clusterName: "theirs", vpc: vpcOf(), ...attributes });
    return { stack, cluster };
  };

  test("has an ARN, and may have any capacity", () => {
    const { stack, cluster } = imported();
    expect(resolved(stack, cluster.clusterArn)).toBe(`arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/theirs`);
    expect(cluster).toMatchObject({ clusterName: "theirs", capacityProviders: [], execLogging: undefined, ready: [] });
    expect(addresses(synth(stack))).toEqual([]);
  });

  test("has what it is told", () => {
    const execLogging = { kmsKeyArn: KEY, logGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:exec` };
    const { cluster } = imported({
      capacityProviders: ["theirs-gpu", "FARGATE_SPOT", "theirs-gpu", "FARGATE"],
      execLogging,
      serviceConnectNamespaceArn: "arn",
    });
    expect(cluster.capacityProviders).toEqual([
      { name: "FARGATE", kind: "fargate" },
      { name: "FARGATE_SPOT", kind: "fargate-spot" },
      { name: "theirs-gpu", kind: "ec2", securityGroupUnknown: true },
    ]);
    expect(cluster.execLogging).toBe(execLogging);
    expect(cluster.serviceConnectNamespaceArn).toBe("arn");
  });

  test("has the security groups of its instances, where they are told of providers that it has", () => {
    const capacityProviders = ["theirs-gpu", "theirs-web"];
    const { cluster } = imported({ capacityProviders, instanceSecurityGroupIds: { "theirs-web": "sg-web" } });
    const web = { name: "theirs-web", kind: "ec2" };
    expect(cluster.capacityProviders).toEqual([{ name: "theirs-gpu", kind: "ec2", securityGroupUnknown: true }, web]);
    expect(cluster.instances).toEqual([{ key: "theirs-web", provider: web, securityGroupId: "sg-web" }]);
    expect(refusal(() => imported({ capacityProviders, instanceSecurityGroupIds: { web: "sg-web" } }))).toContain(
      `'instanceSecurityGroupIds' must name 'capacityProviders' of the cluster ("theirs-gpu", "theirs-web"), got "web"; add it there`,
    );
    expect(refusal(() => imported({ instanceSecurityGroupIds: { web: "sg-web" } }))).toContain(
      `(there are none), got "web"`,
    );
  });

  test("has a name that ECS takes, and a key that is one", () => {
    expect(refusal(() => imported({ clusterName: "a b" }))).toContain("give the 'clusterName' that it has");
    expect(refusal(() => imported({ execLogging: { kmsKeyArn: "alias/x", logGroupArn: "arn" } }))).toContain(
      "'kmsKeyArn' must be the ARN of a KMS key",
    );
  });
});
