import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { TerraformStack as Stack, type TerraformStack, TerraformVariable } from "cdktf";
import { MetricsServer } from "../../../src/constructs/addons/metrics-server";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { PodExecutionRole } from "../../../src/constructs/fargate/pod-execution-role";
import { FargateLogging, type FargateLoggingProps } from "../../../src/constructs/observability/fargate-logging";
import { importedClusterIn } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";

type Options = Partial<Omit<FargateLoggingProps, "cluster">>;

const HOST = "search-logs-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com";
const ROLES = ["platform-pod-execution"];

function build(options: Options = {}, stack: TerraformStack = stackFor()) {
  const cluster = importedClusterIn(stack);
  const logging = new FargateLogging(stack, "logging", { cluster, podExecutionRoleNames: ROLES, ...options });
  return { stack, cluster, logging, text: synth(stack) };
}

const policyOf = (text: string) => statements(resource(text, IamPolicy).policy);

describe("FargateLogging", () => {
  test("is a namespace with AWS's label, and the ConfigMap that the log router looks for in it", () => {
    const { text } = build();
    expect(resource(text, NamespaceV1)).toEqual({
      metadata: { name: "aws-observability", labels: { "aws-observability": "enabled" } },
    });
    expect(resource(text, ConfigMapV1)).toMatchObject({
      metadata: { name: "aws-logging", namespace: "${kubernetes_namespace_v1.logging_namespace.metadata[0].name}" },
      data: { flb_log_cw: "false", "output.conf": expect.stringContaining("auto_create_group false") },
    });
  });

  test("has a log group, encrypted with a key that serves it alone, and kept a year", () => {
    const { text, logging } = build();
    expect(logging.logGroupNames).toEqual(["/aws/eks/platform/fargate/pods"]);
    expect(resource(text, CloudwatchLogGroup)).toEqual({
      name: "/aws/eks/platform/fargate/pods",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.logging_key_key.arn}",
    });
    expect(statements(resource(text, KmsKey).policy)[1]?.Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": [
          `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/eks/platform/fargate/pods`,
        ],
      },
    });
  });

  test("creates the group of the log router's own lines too, which Fargate would create without encryption", () => {
    const { text, logging } = build({ processLogs: true, retentionInDays: 7 });
    expect(logging.logGroupNames).toEqual(["/aws/eks/platform/fargate/pods", "platform-fluent-bit-logs"]);
    expect(resource(text, CloudwatchLogGroup, "logging_log-group-process")).toMatchObject({ retention_in_days: 7 });
    expect(resource(text, ConfigMapV1)).toMatchObject({ data: { flb_log_cw: "true" } });
  });

  test("has these addresses", () => {
    const outputs = { app: { cloudWatch: {} }, web: { cloudWatch: {}, namespaces: ["web"] } };
    expect(addresses(build({ outputs, processLogs: true }).text)).toEqual([
      "aws_cloudwatch_log_group.logging_log-group-output-app",
      "aws_cloudwatch_log_group.logging_log-group-output-web",
      "aws_cloudwatch_log_group.logging_log-group-process",
      "aws_iam_policy.logging_policy",
      "aws_iam_role_policy_attachment.logging_attachment-platform-pod-execution",
      "aws_kms_alias.logging_key_alias",
      "aws_kms_key.logging_key_key",
      "kubernetes_config_map_v1.logging_config-map",
      "kubernetes_namespace_v1.logging_namespace",
    ]);
  });

  test("is the same to the byte in whatever order outputs, namespaces and roles are given", () => {
    const a = { cloudWatch: {}, namespaces: ["x", "y"] };
    const b = { firehose: { deliveryStream: "d" } };
    const one = build({ outputs: { a, b }, podExecutionRoleNames: ["one", "two"] });
    const other = build({
      outputs: { b, a: { ...a, namespaces: ["y", "x"] } },
      podExecutionRoleNames: ["two", "one"],
    });
    expect(other.text).toBe(one.text);
    expect(other.logging.configurationHash).toBe(one.logging.configurationHash);
  });

  test("has no key and no group where nothing goes to CloudWatch", () => {
    const { text } = build({ outputs: { archive: { firehose: { deliveryStream: "d" } } } });
    expect(resources(text, CloudwatchLogGroup)).toEqual({});
    expect(resources(text, KmsKey)).toEqual({});
  });

  test("writes what Terraform would take for a directive as it stands", () => {
    const filters = "[FILTER]\n  Name grep\n  Match kube.*\n  Exclude log %{GREEDY}\n";
    expect(resource(build({ filters }).text, ConfigMapV1)).toMatchObject({
      data: { "filters.conf": expect.stringContaining("Exclude log %%{GREEDY}") },
    });
  });
});

describe("what the pods may do", () => {
  test("is to write to their log groups, and not to create any", () => {
    expect(policyOf(build().text)).toEqual([
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.logging_log-group-output-pods.arn}:*",
      },
    ]);
  });

  test.each(PARTITIONS)("in $region is to write to each destination, and to nothing else", (place) => {
    const { region, partition, dnsSuffix } = place;
    const kmsKeyArn = `arn:${partition}:kms:${region}:${ACCOUNT}:key/1`;
    const roleArn = `arn:${partition}:iam::444455556666:role/logs`;
    const outputs = {
      a: { firehose: { deliveryStream: "d" }, namespaces: ["a"] },
      b: { kinesis: { stream: "s", kmsKeyArn }, namespaces: ["b"] },
      c: { openSearch: { host: HOST, index: "i" }, namespaces: ["c"] },
      d: { kinesis: { stream: "central", roleArn }, namespaces: ["d"] },
    };
    const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${ACCOUNT}:${rest}`;
    expect(policyOf(build({ outputs }, stackFor(region)).text)).toEqual([
      { Effect: "Allow", Action: "firehose:PutRecordBatch", Resource: arn("firehose", "deliverystream/d") },
      { Effect: "Allow", Action: "kinesis:PutRecords", Resource: arn("kinesis", "stream/s") },
      {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.${dnsSuffix}` } },
      },
      { Effect: "Allow", Action: "es:ESHttpPost", Resource: arn("es", "domain/logs/_bulk*") },
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn },
    ]);
  });

  test("is nothing where the destination does not ask IAM", () => {
    const text = "[OUTPUT]\n  Name es\n  Match kube.*\n  Host elasticsearch.example.com\n  tls On\n";
    const { text: synthesized } = build({ configMap: { "output.conf": text } });
    expect(resources(synthesized, IamPolicy)).toEqual({});
    expect(resources(synthesized, IamRolePolicyAttachment)).toEqual({});
  });

  test("may be told of what only Terraform knows", () => {
    const stack = stackFor();
    const host = new TerraformVariable(stack, "host", {}).stringValue;
    const outputs = { search: { openSearch: { host, domain: "logs", index: "pods" } } };
    const { text } = build({ outputs }, stack);
    expect(resource(text, ConfigMapV1)).toMatchObject({
      data: { "output.conf": expect.stringContaining("  Host ${var.host}\n") },
    });
  });
});

describe("every pod execution role", () => {
  const attached = (text: string) =>
    Object.values(resources(text, IamRolePolicyAttachment))
      .filter(({ policy_arn }) => policy_arn === "${aws_iam_policy.logging_policy.arn}")
      .map(({ role }) => role);

  test("that is named may write, by an id made of its name", () => {
    const { text } = build({ podExecutionRoleNames: ["b", "a", "b"] });
    expect(Object.keys(resources(text, IamRolePolicyAttachment))).toEqual([
      "logging_attachment-a",
      "logging_attachment-b",
    ]);
  });

  test("of the cluster's profiles may write, whether the profile is added before or after", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const shared = new PodExecutionRole(stack, "shared", { cluster });
    const profile = (key: string, podExecutionRole?: PodExecutionRole) =>
      new FargateProfile(stack, key, {
        cluster,
        key,
        selectors: [{ namespace: key }],
        ...(podExecutionRole === undefined ? {} : { podExecutionRole }),
      });
    profile("a", shared);
    profile("b", shared);
    new FargateLogging(stack, "logging", { cluster });
    profile("later");
    const text = synth(stack);
    expect(attached(text)).toEqual(["platform-fargate-later", "platform-pod-execution"]);
    expect(resource(text, IamRolePolicyAttachment, "logging_attachment-platform-fargate-later")).toMatchObject({
      depends_on: ["aws_iam_role_policy_attachment.later_pod-execution-role_policy"],
    });
    expect(resource(text, ConfigMapV1).depends_on).toEqual([
      "aws_iam_role_policy_attachment.logging_attachment-platform-pod-execution",
      "aws_iam_role_policy_attachment.logging_attachment-platform-fargate-later",
    ]);
  });

  test("of a profile in another stack is there already", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    new FargateProfile(stack, "web", { cluster, key: "web", selectors: [{ namespace: "web" }] });
    const other = new Stack(stack.node.root, "other");
    new AwsProvider(other, "aws", { region: "eu-west-1", allowedAccountIds: [ACCOUNT] });
    new FargateLogging(other, "logging", { cluster });
    const [attachment] = Object.values(resources(synth(other), IamRolePolicyAttachment));
    expect(attachment).toMatchObject({ role: "platform-fargate-web" });
    expect(attachment?.depends_on).toBeUndefined();
  });
});

describe("pods", () => {
  const web = { key: "web", name: "web", hashed: false, selectors: [{ namespace: "kube-system" }] };

  test("that are defined later wait for the configuration, with which they start", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack, { fargateProfiles: [web] });
    new FargateLogging(stack, "logging", { cluster });
    new MetricsServer(stack, "metrics-server", { cluster });
    expect(resource(synth(stack), Release).depends_on).toEqual(["kubernetes_config_map_v1.logging_config-map"]);
  });

  test("that run already must be started anew, by commands for the namespaces of all profiles", () => {
    const { cluster, logging, stack } = build();
    new FargateProfile(stack, "web", { cluster, key: "web", selectors: [{ namespace: "web" }] });
    expect(logging.restartCommands).toEqual(["kubectl rollout restart deployment,statefulset -n web"]);
  });

  test("must be started anew whenever the configuration changes, and not when a retention does", () => {
    const hash = (options: Options) => build(options).logging.configurationHash;
    expect(hash({})).toMatch(/^[0-9a-f]{8}$/);
    expect(hash({ metadata: false })).not.toBe(hash({}));
    expect(hash({ processLogs: true })).not.toBe(hash({}));
    expect(hash({ retentionInDays: 30 })).toBe(hash({}));
  });
});

describe("refused", () => {
  test("is what the model refuses, with the path of the construct", () => {
    expect(refusal(() => build({ outputs: {} }))).toBe(
      "[test/logging] 'outputs' must hold at least one output, got none; leave it out for a log group",
    );
  });

  test("is a role by its ARN", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/pods`;
    expect(refusal(() => build({ podExecutionRoleNames: [arn] }))).toBe(
      `[test/logging] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${arn}" (35); give the name of a role, not its ARN`,
    );
  });

  test("is a role whose name only Terraform knows", () => {
    const stack = stackFor();
    const name = new TerraformVariable(stack, "role", {}).stringValue;
    expect(refusal(() => build({ podExecutionRoleNames: [name] }, stack))).toContain(
      "'podExecutionRoleNames' must hold names that are known when the app runs",
    );
  });

  test("is not what may be wrong, of which is warned", () => {
    const outputs = { a: { cloudWatch: {}, match: "app.*" } };
    expect(warnings(build({ outputs }).stack)).toEqual([
      expect.stringContaining('[test/logging] output "a" (Match app.*) gets no lines'),
    ]);
  });
});
