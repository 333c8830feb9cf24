import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App, TerraformStack } from "cdktf";
import { CustomObjects, type CustomObjectsProps } from "../../../src/constructs/kubernetes/custom-objects";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "custom-objects-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const POLICY = {
  apiVersion: "vpcresources.k8s.aws/v1beta1",
  kind: "SecurityGroupPolicy",
  metadata: { name: "web", namespace: "web" },
  spec: { podSelector: {}, securityGroups: { groupIds: ["${aws_security_group.web.id}"] } },
};

function build(stack: TerraformStack, id: string, props: Partial<CustomObjectsProps> = {}): CustomObjects {
  return new CustomObjects(stack, id, { release: id, namespace: "web", objects: [POLICY], ...props });
}

describe("CustomObjects", () => {
  test("are the values of a Helm release, with tokens as Terraform expressions", () => {
    const stack = stackFor();
    build(stack, "policies");
    const release = resource(synth(stack), Release);
    expect(release).toMatchObject({ name: "policies", namespace: "web", atomic: true });
    expect(JSON.parse((release.values as string[])[0] ?? "")).toEqual({ objects: [POLICY] });
  });

  test("have their chart beside the Terraform JSON, so that the folder can be handed on", () => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "test");
    new HelmProvider(stack, "helm");
    build(stack, "first");
    build(stack, "second");
    app.synth();
    const folder = join(outdir, "stacks/test");
    const releases = resources(readFileSync(join(folder, "cdk.tf.json"), "utf8"), Release);
    const charts = new Set(Object.values(releases).map(({ chart }) => String(chart)));
    expect(charts.size).toBe(1);
    const [chart = ""] = charts;
    expect(chart).toMatch(/^\$\{path\.module\}\/assets\//);
    expect(readdirSync(join(folder, chart.replace("${path.module}/", ""))).sort()).toEqual(["Chart.yaml", "templates"]);
  });

  test("wait for what brings their kinds", () => {
    const stack = stackFor();
    const first = build(stack, "first");
    build(stack, "second", { dependsOn: [first.release] });
    const { depends_on } = Object.values(resources(synth(stack), Release)).find(({ name }) => name === "second") ?? {};
    expect(depends_on).toEqual([`helm_release.${first.release.friendlyUniqueId}`]);
  });

  test("are refused when there are none", () => {
    expect(refusal(() => build(stackFor(), "none", { objects: [] }))).toBe(
      `[test/none] 'objects' of release "none" must hold at least one Kubernetes object, got none`,
    );
  });
});
