import { podExecutionRoleNames } from "../../../src/settings/in-cluster/fargate-logging";
import { parseSettings } from "../../../src/settings/load";
import { edited, MINIMAL, problems } from "../refusal";

const withLogging = (yaml: string, base = MINIMAL) => `${base}inCluster:\n  fargateLogging:${yaml}`;

describe("inCluster.fargateLogging", () => {
  test("may be empty", () => {
    expect(parseSettings(withLogging(" {}\n"), "team.yaml").inCluster).toEqual({ fargateLogging: {} });
  });

  test("takes every option", () => {
    const yaml = `
    outputs:
      app: { cloudWatch: { logGroupName: app, logStreamPrefix: a-, retentionInDays: 7 } }
      archive: { firehose: { deliveryStream: d, roleArn: "arn:aws:iam::444455556666:role/logs" }, namespaces: [a] }
      events: { kinesis: { stream: s, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" }, namespaces: [b] }
      search: { openSearch: { host: logs.example.com, domain: logs, index: i, dailyIndex: false }, namespaces: [c] }
    metadata: { labels: true, annotations: false, mergeJson: true, cacheTtl: 300s }
    excludeNamespaces: [d]
    filters: |
      [FILTER]
        Name modify
        Match kube.*
        Add cluster platform
    retentionInDays: 30
    processLogs: true
    allowOverlap: false
    podExecutionRoleNames: [pods]
`;
    expect(parseSettings(withLogging(yaml), "team.yaml").inCluster?.fargateLogging?.retentionInDays).toBe(30);
  });

  test("is refused at the line of each problem", () => {
    const yaml = `
    outputs:
      app: { cloudWatch: {} }
      all: { firehose: { deliveryStream: a b } }
    retentionInDays: 4
    podExecutionRoleNames: ["arn:aws:iam::111122223333:role/pods"]
`;
    expect(problems(withLogging(yaml))).toEqual([
      expect.stringMatching(
        /^line 19, inCluster\.fargateLogging\.outputs\.all\.firehose\.deliveryStream: .*, got "a b"$/,
      ),
      expect.stringMatching(/^line 20, inCluster\.fargateLogging\.retentionInDays: .*, got 4; /),
      expect.stringMatching(/^line 21, inCluster\.fargateLogging\.podExecutionRoleNames\.0: .* not its ARN$/),
    ]);
  });

  test("is refused with the line of a text in which a section is wrong", () => {
    const yaml = `
    configMap:
      output.conf: |
        [OUTPUT]
          Name es
          Match *
          Host a.example.com
      filters.conf: |
        [INPUT]
          Name tail
`;
    expect(problems(withLogging(yaml))).toEqual([
      expect.stringMatching(
        /^line \d+, inCluster\.fargateLogging\.configMap\.filters\.conf: line 1 of 'filters\.conf' must be "\[FILTER\]", got "\[INPUT\]"; Fargate has a section of that kind itself, and refuses another$/,
      ),
    ]);
  });
});

describe("the pod execution roles", () => {
  const roles = (yaml: string) => podExecutionRoleNames(parseSettings(yaml, "team.yaml"));

  test("are the one that all profiles share", () => {
    expect(roles(withLogging(" {}\n"))).toEqual(["platform-pod-execution"]);
  });

  test("are each profile's own", () => {
    const own = edited(
      "fargate:\n  profiles:\n",
      "fargate:\n  podExecutionRole: own\n  profiles:\n    web: { selectors: [{ namespace: web }] }\n",
    );
    expect(roles(withLogging(" {}\n", own))).toEqual(["platform-fargate-default", "platform-fargate-web"]);
  });

  test("are those that are named, in alphabetical order", () => {
    expect(roles(withLogging("\n    podExecutionRoleNames: [b, a, b]\n"))).toEqual(["a", "b"]);
  });

  test("must be named for a cluster that exists already", () => {
    const existing = `name: platform
region: eu-west-1
network:
  existing:
    vpcId: vpc-0a1b2c3d4e5f60718
    privateSubnetIds:
      eu-west-1a: subnet-0a1b2c3d4e5f60718
      eu-west-1b: subnet-0b1c2d3e4f5061728
cluster:
  existing:
    endpoint: https://ABC.gr7.eu-west-1.eks.amazonaws.com
    certificateAuthority: Y2VydGlmaWNhdGU=
    oidcIssuer: https://oidc.eks.eu-west-1.amazonaws.com/id/ABC
    oidcProviderArn: arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC
    clusterSecurityGroupId: sg-1
access:
  admins:
    principal: arn:aws:iam::111122223333:role/platform-admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate:
  profiles:
    default: { selectors: [{ namespace: kube-system }] }
`;
    expect(problems(withLogging(" {}\n", existing))).toEqual([
      "line 24, inCluster.fargateLogging: 'podExecutionRoleNames' must name the roles of the Fargate profiles of the cluster that 'cluster.existing' names; without the permission to write, their pods log nowhere",
    ]);
    expect(roles(withLogging("\n    podExecutionRoleNames: [pods]\n", existing))).toEqual(["pods"]);
  });
});
