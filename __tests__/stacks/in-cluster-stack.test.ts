import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App, Testing } from "cdktf";
import { parseSettings } from "../../src/settings/load";
import { InClusterStack } from "../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { addresses, resource } from "../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "in-cluster-stack-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const BASE = `
name: platform
region: eu-west-1
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate: { profiles: { default: { selectors: [{ namespace: kube-system }] } } }
inCluster: { metricsServer: {} }
`;
const NEW = `${BASE}network: { zones: [eu-west-1b, eu-west-1a] }\n`;
const EXISTING = `${BASE}
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
`;

interface Synthesized {
  readonly terraform: { readonly backend: Readonly<Record<string, unknown>> };
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function synth(yaml: string): string {
  return withoutStackTraces(() => {
    const app = new App({ outdir });
    return Testing.synth(new InClusterStack(app, "platform-in-cluster", parseSettings(yaml, "test.yaml")), true);
  });
}

const parse = (text: string) => JSON.parse(text) as Synthesized;

describe("InClusterStack", () => {
  test("has a state of its own and reads the cluster from the other stack's", () => {
    const { terraform, data } = parse(synth(NEW));
    expect(terraform.backend).toEqual({ local: { path: "../../../terraform.platform-in-cluster.tfstate" } });
    expect(data?.terraform_remote_state).toEqual({
      "cluster-state_state": {
        backend: "local",
        config: { path: "../../../terraform.platform-cluster.tfstate" },
      },
    });
  });

  test("keeps its state beside the cluster's in a bucket, whatever that one is called", () => {
    const { terraform, data } = parse(
      synth(`${NEW}backend: { type: s3, bucket: states, region: eu-west-1, key: a.tfstate, kmsKeyId: alias/state }`),
    );
    expect(terraform.backend).toMatchObject({
      s3: { bucket: "states", key: "platform-in-cluster.tfstate", encrypt: true, kms_key_id: "alias/state" },
    });
    expect(data?.terraform_remote_state).toMatchObject({
      "cluster-state_state": { config: { bucket: "states", key: "a.tfstate", region: "eu-west-1" } },
    });
  });

  test("keeps its state where it is told to", () => {
    const { terraform } = parse(
      synth(NEW.replace("{ metricsServer: {} }", "{ metricsServer: {}, backend: { type: local, path: b.tfstate } }")),
    );
    expect(terraform.backend).toEqual({ local: { path: "b.tfstate" } });
  });

  test("reaches the Kubernetes API of the cluster that the state names", () => {
    const { provider } = parse(synth(NEW));
    expect(provider.kubernetes?.[0]).toMatchObject({
      host: "${data.terraform_remote_state.cluster-state_state.outputs.cluster_endpoint}",
    });
  });

  test("goes on a cluster that exists already, without a state of another stack", () => {
    const text = synth(EXISTING);
    expect(addresses(text).filter((address) => address.includes("remote_state"))).toEqual([]);
    expect(parse(text).provider.kubernetes?.[0]).toMatchObject({ host: "https://ABC.gr7.eu-west-1.eks.amazonaws.com" });
    expect(resource(text, Release)).toMatchObject({ name: "metrics-server" });
  });

  test("takes charts and images from mirrors", () => {
    const mirrors = "mirrors: { charts: oci://mirror.example.com/charts, images: mirror.example.com }";
    const release = resource(synth(NEW.replace("metricsServer", `${mirrors}, metricsServer`)), Release);
    expect(release).toMatchObject({ repository: "oci://mirror.example.com/charts" });
    expect(String(release.values)).toContain("mirror.example.com/metrics-server");
  });
});
