import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App, Testing } from "cdktf";
import { parseSettings } from "../../../src/settings/load";
import { InClusterStack } from "../../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { resource, resources, warnings } from "../../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "fargate-logging-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const SETTINGS = `
name: platform
region: eu-west-1
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate:
  podExecutionRole: own
  profiles:
    web: { selectors: [{ namespace: web }] }
    default: { selectors: [{ namespace: kube-system }] }
network: { zones: [eu-west-1b, eu-west-1a] }
inCluster: { fargateLogging: {}, metricsServer: {} }
`;

function build(yaml = SETTINGS) {
  return withoutStackTraces(() => {
    const app = new App({ outdir });
    const stack = new InClusterStack(app, "platform-in-cluster", parseSettings(yaml, "test.yaml"));
    return { stack, text: Testing.synth(stack) };
  });
}

describe("the logs of pods on Fargate, from settings", () => {
  test("may be written by the role of every profile", () => {
    const { text } = build();
    const roles = Object.values(resources(text, IamRolePolicyAttachment)).map(({ role }) => role);
    expect(roles).toEqual(["platform-fargate-default", "platform-fargate-web"]);
  });

  test("are configured before the pods of add-ons start", () => {
    expect(resource(build().text, Release).depends_on).toEqual(["kubernetes_config_map_v1.fargate-logging_config-map"]);
  });

  test("say which pods must be started anew, whenever the configuration changes", () => {
    const { output } = JSON.parse(build().text) as { output: Record<string, { value: unknown }> };
    expect(output.fargate_logging_restart?.value).toEqual({
      configuration: expect.stringMatching(/^[0-9a-f]{8}$/),
      commands: [
        "kubectl rollout restart deployment,statefulset -n kube-system",
        "kubectl rollout restart deployment,statefulset -n web",
      ],
    });
  });

  test("are warned of where no line gets out of the VPC", () => {
    const closed = "network: { zones: [eu-west-1b, eu-west-1a], publicSubnets: false, interfaceEndpoints: [sts] }";
    const { stack } = build(SETTINGS.replace(/network: .*/, closed));
    expect(warnings(stack)).toEqual([
      expect.stringContaining('no interface endpoint "logs", so no line reaches CloudWatch Logs'),
    ]);
    expect(warnings(build().stack)).toEqual([]);
  });
});
