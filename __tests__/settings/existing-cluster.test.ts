import { parseSettings } from "../../src/settings/load";
import { problems } from "./refusal";

const EXISTING = `name: platform
region: eu-west-1
network:
  existing:
    vpcId: vpc-1
    privateSubnetIds: { eu-west-1a: subnet-a, eu-west-1b: subnet-b }
cluster:
  existing:
    endpoint: https://ABC.gr7.eu-west-1.eks.amazonaws.com
    certificateAuthority: Y2VydGlmaWNhdGU=
    oidcIssuer: https://oidc.eks.eu-west-1.amazonaws.com/id/ABC
    oidcProviderArn: arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC
    clusterSecurityGroupId: sg-1
access: {}
fargate: { profiles: { system: { selectors: [{ namespace: kube-system }] } } }
inCluster: { metricsServer: {} }
`;

function edited(from: string, to: string): string {
  expect(EXISTING).toContain(from);
  return EXISTING.replace(from, to);
}

describe("a cluster that exists already", () => {
  test("needs no access entry, since somebody administers it", () => {
    expect(parseSettings(EXISTING, "team.yaml").cluster?.existing?.clusterSecurityGroupId).toBe("sg-1");
  });

  test("excludes what describes a cluster to be created", () => {
    expect(problems(edited("cluster:\n", 'coreDns: {}\nalbController: {}\ncluster:\n  version: "1.36"\n'))).toEqual([
      "line 7, coreDns: 'coreDns' describes a cluster to be created, and 'cluster.existing' names one that is there already; remove it",
      "line 8, albController: 'albController' describes a cluster to be created, and 'cluster.existing' names one that is there already; remove it",
      `line 10, cluster: 'existing' excludes "version", which describe a cluster to be created; keep one or the other`,
    ]);
  });

  test("lies in a VPC that exists already", () => {
    const [before = ""] = EXISTING.split("network:");
    const [, after = ""] = EXISTING.split("cluster:\n");
    expect(problems(`${before}network: { zones: [eu-west-1a, eu-west-1b] }\ncluster:\n${after}`)).toEqual([
      "line 3, network: 'network' must have 'existing', the VPC of the cluster that 'cluster.existing' names",
    ]);
  });

  test("is nothing to be created when nothing shall run on it", () => {
    expect(problems(edited("inCluster: { metricsServer: {} }\n", ""))).toEqual([
      "line 9, cluster.existing: 'existing' names a cluster that is there already, and there is no 'inCluster', so there is nothing to create; say what shall run on it, like inCluster: { metricsServer: {} }",
    ]);
  });

  test("has the issuer as EKS gives it", () => {
    expect(problems(edited("https://oidc.eks", "oidc.eks"))).toEqual([
      `line 11, cluster.existing.oidcIssuer: 'oidcIssuer' must be a URL that begins with "https://", as EKS gives it, got "oidc.eks.eu-west-1.amazonaws.com/id/ABC"`,
    ]);
  });

  test("has attributes as EKS and IAM give them", () => {
    const text = EXISTING.replace("https://ABC.gr7", "ABC.gr7")
      .replace("Y2VydGlmaWNhdGU=", "-----BEGIN")
      .replace("sg-1", "platform-nodes")
      .replace(/oidcProviderArn: .*/, "oidcProviderArn: arn:aws:iam::111122223333:role/platform");
    expect(problems(text)).toEqual([
      `line 9, cluster.existing.endpoint: 'endpoint' must be the URL of the Kubernetes API, which begins with "https://", got "ABC.gr7.eu-west-1.eks.amazonaws.com"`,
      "line 10, cluster.existing.certificateAuthority: 'certificateAuthority' must be in base64 in one line, as EKS gives it in 'certificateAuthority.data'",
      `line 12, cluster.existing.oidcProviderArn: 'oidcProviderArn' must be the ARN of an IAM identity provider, like "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC", got "arn:aws:iam::111122223333:role/platform"`,
      `line 13, cluster.existing.clusterSecurityGroupId: 'clusterSecurityGroupId' must be the id of a security group, like "sg-0123456789abcdef0", got "platform-nodes"`,
    ]);
  });

  test("has the identity provider of its own issuer, or no service account would be trusted", () => {
    expect(
      problems(
        edited(
          "oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC",
          "oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/DEF",
        ),
      ),
    ).toEqual([
      `line 12, cluster.existing.oidcProviderArn: 'oidcProviderArn' must be that of the cluster's issuer, so end in "oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC", got "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/DEF"`,
    ]);
  });

  test("has nodes when it says so, where pods run that no profile takes", () => {
    const text = edited("namespace: kube-system", "namespace: web");
    expect(problems(text)).toEqual([
      expect.stringContaining("no Fargate profile takes the pods of the Metrics Server"),
    ]);
    expect(() =>
      parseSettings(
        text.replace("clusterSecurityGroupId: sg-1", "clusterSecurityGroupId: sg-1\n    nodes: true"),
        "team.yaml",
      ),
    ).not.toThrow();
  });
});
