import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { KubernetesObject } from "../support/kubernetes";
import { ROOT } from "../support/project";
import type { Terraform } from "../support/terraform";
import { askAboutPods, KINDS_WITH_PODS, OF_CHARTS } from "../support/two-stack-example";
import { setTwoStackStage, synthesizeTwoStacks } from "../support/two-stacks";

const EVERYTHING = readFileSync(join(ROOT, "settings/everything.yaml"), "utf8");

interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly containerPort: number; readonly hostPort?: number }[];
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
}

interface WithPods extends KubernetesObject {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** The settings on Fargate alone, where a pod that no profile takes has no place. */
function withoutNodes(settings: string): string {
  const { nodeGroups, ebsCsiDriver, inCluster, ...rest } = parse(settings) as Record<string, Record<string, unknown>>;
  const { clusterAutoscaler, ebsStorageClass, ...features } = inCluster ?? {};
  expect([nodeGroups, ebsCsiDriver, clusterAutoscaler, ebsStorageClass]).not.toContain(undefined);
  return stringify({ ...rest, inCluster: features });
}

describe("the settings with everything on", () => {
  const stage = setTwoStackStage();
  let cluster: Terraform;
  let inCluster: Terraform;

  test("apply the cluster's stack, after which a second plan has no changes", async () => {
    ({ cluster, inCluster } = await synthesizeTwoStacks(stage, EVERYTHING));
    await cluster.init();
    await cluster.apply();
    expect(await cluster.plan()).toEqual([]);
  });

  test("plan what runs on the cluster to create and nothing else", async () => {
    await inCluster.init();
    const changes = await inCluster.plan();
    expect(changes.length).toBeGreaterThan(40);
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
  });

  test("apply what runs on the cluster, after which a second plan has no changes", async () => {
    await inCluster.apply();
    expect(await inCluster.plan()).toEqual([]);
    expect(await stage.api.problems()).toEqual({});
  });

  test("have pods that fit on Fargate, read back from the Kubernetes API", async () => {
    const objects = (await Promise.all(KINDS_WITH_PODS.map((kind) => stage.api.list(kind)))).flat();
    expect(objects.length).toBeGreaterThan(5);
    const settings = join(stage.workspace.folder, "fargate-only.yaml");
    writeFileSync(settings, withoutNodes(EVERYTHING));
    const { exitCode, output } = await askAboutPods(stage, settings, "fit", "--format", "json");
    const { summary } = JSON.parse(output) as { summary: { outcomes: unknown; findings: unknown } };
    expect(summary.outcomes).toEqual({ fargate: objects.length, ambiguous: 0, nodes: 0, pending: 0 });
    expect(summary.findings).toMatchObject({ error: 0, warning: 0 });
    expect(exitCode).toBe(0);
  });

  test("have containers with limits equal to requests, and none on the kubelet's port", async () => {
    const objects = (
      await Promise.all(["Deployment", "StatefulSet"].map((kind) => stage.api.list<WithPods>(kind)))
    ).flat();
    const containers = objects.flatMap(({ spec }) => spec.template.spec.containers);
    expect(containers.filter(({ resources }) => resources?.requests === undefined)).toEqual([]);
    for (const { resources } of containers) {
      expect(resources?.limits).toEqual(resources?.requests);
    }
    const ports = containers.flatMap(({ ports = [] }) => ports);
    expect(ports.filter(({ containerPort, hostPort }) => containerPort === 10250 || hostPort !== undefined)).toEqual(
      [],
    );
  });

  test("leave pods alone that somebody restarts with kubectl", async () => {
    for (const [kind, name, namespace] of [
      ["Deployment", "kube-resource-report", "kube-resource-report"],
      ["StatefulSet", "adot-collector", "fargate-container-insights"],
    ] as const) {
      const annotations = { "kubectl.kubernetes.io/restartedAt": "2026-11-21T12:00:00Z" };
      await stage.api.apply({
        apiVersion: "apps/v1",
        kind,
        metadata: { name, namespace },
        spec: { template: { metadata: { annotations } } },
      });
    }
    expect(await inCluster.plan()).toEqual([]);
  });

  test("leave no load balancer behind when what runs on the cluster is destroyed", async () => {
    expect((await stage.api.loadBalancers()).length).toBeGreaterThan(0);
    await inCluster.destroy();
    expect(await stage.api.loadBalancers()).toEqual([]);
    expect((await stage.api.leftovers()).filter((title) => !OF_CHARTS.test(title))).toEqual([]);
  });

  test("are destroyed with nothing left", async () => {
    await cluster.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
