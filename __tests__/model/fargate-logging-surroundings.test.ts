import { logDestinations, podLogGroups } from "../../src/model/fargate-logging-destinations";
import { unreachableLogWarnings } from "../../src/model/fargate-logging-network";
import type { FargateLoggingOptions } from "../../src/model/fargate-logging-options";
import { restartCommands } from "../../src/model/fargate-logging-restart";

const CONTEXT = { clusterName: "platform", region: "eu-west-1" };
const HOST = "vpc-logs-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com";

const output = (name: string, ...lines: string[]) =>
  ["[OUTPUT]", ...[`Name ${name}`, "Match kube.*", ...lines].map((line) => `  ${line}`), ""].join("\n");
const given = (...texts: string[]): FargateLoggingOptions => ({ configMap: { "output.conf": texts.join("") } });

describe("log groups", () => {
  test("are one for each output to CloudWatch, kept a year unless told otherwise", () => {
    const options = {
      outputs: {
        b: { cloudWatch: { retentionInDays: 7, logGroupName: "mine" } },
        a: { cloudWatch: {} },
        c: { kinesis: { stream: "s" } },
      },
    };
    expect(podLogGroups(options, CONTEXT)).toEqual([
      { key: "output-a", name: "/aws/eks/platform/fargate/a", retentionInDays: 365 },
      { key: "output-b", name: "mine", retentionInDays: 7 },
    ]);
    expect(podLogGroups({ ...options, retentionInDays: 30 }, CONTEXT).map((group) => group.retentionInDays)).toEqual([
      30, 7,
    ]);
  });

  test("are one more when the log router writes about itself", () => {
    expect(podLogGroups({ processLogs: true, retentionInDays: 3 }, CONTEXT)[1]).toEqual({
      key: "process",
      name: "platform-fluent-bit-logs",
      retentionInDays: 3,
    });
  });

  test("of a given configuration are those that it names, once, and none of another account", () => {
    const options = given(
      output("cloudwatch", "log_group_name /b/pods"),
      output("cloudwatch_logs", "log_group_name /b/pods"),
      output("cloudwatch_logs", "log_group_name a"),
      output("cloudwatch_logs", "log_group_name c", "role_arn arn:aws:iam::444455556666:role/logs"),
      output("firehose", "delivery_stream d"),
    );
    expect(podLogGroups(options, CONTEXT)).toEqual([
      { key: "group-b-pods", name: "/b/pods", retentionInDays: 365 },
      { key: "group-a", name: "a", retentionInDays: 365 },
    ]);
  });
});

describe("destinations", () => {
  const roleArn = "arn:aws:iam::444455556666:role/logs";

  test("are what the pods' role must be allowed to write to", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
    const outputs = {
      a: { cloudWatch: {} },
      b: { firehose: { deliveryStream: "d" } },
      c: { kinesis: { stream: "s", kmsKeyArn } },
      d: { openSearch: { host: HOST, index: "pods" } },
      e: { openSearch: { host: "logs.example.com", domain: "named", index: "pods" } },
      f: { firehose: { deliveryStream: "d", roleArn } },
    };
    expect(logDestinations({ outputs }, CONTEXT)).toEqual([
      { kind: "firehose", region: "eu-west-1", deliveryStream: "d" },
      { kind: "kinesis", region: "eu-west-1", stream: "s", kmsKeyArn },
      { kind: "openSearch", region: "eu-west-1", domain: "logs" },
      { kind: "openSearch", region: "eu-west-1", domain: "named" },
      { kind: "role", roleArn },
    ]);
  });

  test("of a given configuration are read from it", () => {
    const options = given(
      output("firehose", "region us-east-1", "delivery_stream d"),
      output("KINESIS", "stream s"),
      output("es", `Host ${HOST}`, "AWS_Auth On"),
      output("es", "Host elasticsearch.example.com"),
      output("es", `Host ${HOST}`, `AWS_Role_ARN ${roleArn}`),
      output("cloudwatch", "log_group_name a"),
    );
    expect(logDestinations(options, CONTEXT)).toEqual([
      { kind: "firehose", region: "us-east-1", deliveryStream: "d" },
      { kind: "kinesis", region: "eu-west-1", stream: "s" },
      { kind: "openSearch", region: "eu-west-1", domain: "logs" },
      { kind: "role", roleArn },
    ]);
  });
});

describe("a VPC without NAT", () => {
  const outputs = { a: { cloudWatch: {} }, b: { firehose: { deliveryStream: "d" } }, c: { kinesis: { stream: "s" } } };
  const unreachable = (interfaceEndpoints: boolean | string[], options: FargateLoggingOptions = { outputs }) =>
    unreachableLogWarnings(options, CONTEXT, { nat: "none", interfaceEndpoints });

  test("lets lines out through the endpoints that it has", () => {
    expect(unreachable(["logs", "kinesis-firehose", "kinesis-streams"])).toEqual([]);
    expect(unreachable(true, {})).toEqual([]);
  });

  test("is warned of where an endpoint is missing", () => {
    expect(unreachable(["ec2"], {})).toEqual([
      `the VPC has no NAT gateway and no interface endpoint "logs", so no line reaches CloudWatch Logs; add "logs" to 'interfaceEndpoints' of the network`,
    ]);
    expect(unreachable(true)).toEqual([
      expect.stringContaining('"kinesis-firehose", so no line reaches Amazon Data Firehose;'),
      expect.stringContaining('"kinesis-streams", so no line reaches Kinesis Data Streams;'),
    ]);
  });

  test("needs an endpoint of STS for a role of another account, and none of OpenSearch", () => {
    const roleArn = "arn:aws:iam::444455556666:role/logs";
    const options = {
      outputs: { a: { openSearch: { host: HOST, index: "i" } }, b: { kinesis: { stream: "s", roleArn } } },
    };
    expect(unreachable(["logs"], options)).toEqual([
      expect.stringContaining('"sts", so no line reaches the account whose role is to be assumed;'),
    ]);
  });

  test("with NAT, or of somebody else's, is not looked at", () => {
    expect(unreachableLogWarnings({}, CONTEXT, { interfaceEndpoints: ["ec2"] })).toEqual([]);
  });
});

describe("pods that must be started anew", () => {
  test("are those of the profiles' namespaces, each named once", () => {
    const profiles = [
      { key: "b", selectors: [{ namespace: "web" }, { namespace: "web", labels: { tier: "front" } }] },
      { key: "a", selectors: [{ namespace: "team-*" }, { namespace: "kube-system" }] },
    ];
    expect(restartCommands(profiles)).toEqual([
      "kubectl rollout restart deployment,statefulset -n kube-system",
      'kubectl rollout restart deployment,statefulset -n NAMESPACE # for each that matches "team-*"',
      "kubectl rollout restart deployment,statefulset -n web",
    ]);
  });
});
