import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { ClusterStack, FargateFit, FargateProfile, parseSettings } from "../../src";
import type { FargateFitProps } from "../../src/stacks/fargate-fit";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { warnings } from "../support/stack";

const outdir = mkdtempSync(join(tmpdir(), "fargate-fit-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const DEVELOPMENT = readFileSync("settings/development.yaml", "utf8");

const pod = (namespace: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "app", namespace },
  spec: {
    containers: [
      {
        name: "app",
        image: "app:1",
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "250m", memory: "256Mi" } },
      },
    ],
    ...spec,
  },
});

/** The development cluster, whose profile takes the namespaces "default" and "kube-system", with a check. */
function checked(props: Omit<FargateFitProps, "cluster">, settings = DEVELOPMENT) {
  return withoutStackTraces(() => {
    const stack = new ClusterStack(new App({ outdir }), "test", parseSettings(settings, "development.yaml"));
    new FargateFit(stack, "fit", { cluster: stack.cluster, ...props });
    return { stack, synth: () => Testing.synth(stack, true) };
  });
}

test("workloads that all find a place change nothing in what is synthesized", () => {
  const plain = withoutStackTraces(() =>
    Testing.synth(new ClusterStack(new App({ outdir }), "test", parseSettings(DEVELOPMENT, "development.yaml"))),
  );
  expect(checked({ manifests: [pod("default")] }).synth()).toBe(plain);
});

test("a pod that no profile takes is an error at synth, with its place and the fix", () => {
  expect(() => checked({ manifests: [pod("default"), pod("shop")] }).synth()).toThrow(
    /\[test\/fit\] object 2:1: Pod shop\/app: no selector of the Fargate profiles "default" takes pods in namespace "shop", and the cluster has no nodes, so its pods stay Pending; add a selector { namespace: "shop" } to a profile/,
  );
});

test("a pod that Fargate refuses is an error at synth", () => {
  expect(() => checked({ manifests: [pod("default", { hostNetwork: true })] }).synth()).toThrow(
    /\[test\/fit\] object 1:1: Pod default\/app: .*'?hostNetwork/,
  );
});

test("profiles that are added later count", () => {
  const { stack, synth } = checked({ manifests: [pod("shop")] });
  new FargateProfile(stack, "fargate-shop", {
    cluster: stack.cluster,
    key: "shop",
    selectors: [{ namespace: "shop" }],
  });
  expect(synth).not.toThrow();
});

test("on a cluster with nodes, a pod that no profile takes runs there", () => {
  expect(checked({ manifests: [pod("shop")], nodes: true }).synth).not.toThrow();
});

test("a manifest that cannot be read is an error at synth", () => {
  expect(() => checked({ manifests: ["nowhere.yaml"] }).synth()).toThrow(/\[test\/fit\] nowhere.yaml: /);
  expect(() => checked({ manifests: [{ kind: "Pod" }] }).synth()).toThrow(
    /\[test\/fit\] object 1, document 1, line 1: /,
  );
});

test("objects without a namespace are in the one that is given", () => {
  const { namespace: _, ...metadata } = pod("x").metadata;
  const bare = { ...pod("x"), metadata };
  expect(checked({ manifests: [bare], namespace: "kube-system" }).synth).not.toThrow();
  expect(() => checked({ manifests: [bare], namespace: "shop" }).synth()).toThrow(/Pod shop\/app/);
});

test("what runs otherwise than written is a warning, once", () => {
  const burstable = pod("default", {
    containers: [
      {
        name: "app",
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
      },
    ],
  });
  const { stack, synth } = checked({ manifests: [burstable] });
  synth();
  synth();
  expect(warnings(stack)).toEqual([expect.stringMatching(/object 1:1: Pod default\/app: .*burst/)]);
});

test("the setting 'workloads' checks the cluster's own", () => {
  const settings = `${DEVELOPMENT}workloads: [examples/shop/manifests]\n`;
  const synth = () =>
    withoutStackTraces(() =>
      Testing.synth(new ClusterStack(new App({ outdir }), "test", parseSettings(settings, "development.yaml")), true),
    );
  expect(synth).toThrow(/\[test\/fit\] examples\/shop\/manifests\/api.yaml:12: Deployment web-shop\/api: /);
});

test("a label that names a profile is compared with the name in AWS, its hash included", () => {
  const [profile] = checked({ manifests: [] }).stack.cluster.fargateProfiles.specs;
  const label = { "eks.amazonaws.com/fargate-profile": profile?.name ?? "" };
  const labelled = { ...pod("default"), metadata: { name: "app", namespace: "default", labels: label } };
  const { stack, synth } = checked({ manifests: [labelled] });
  synth();
  expect(warnings(stack)).toEqual([]);
  expect(profile?.name).toMatch(/^platform-development-fargate-default-[0-9a-f]{8}$/);
});
