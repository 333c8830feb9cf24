import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "./kubernetes";
import { ROOT } from "./project";
import { run } from "./run";
import { turnOffDeletionProtection } from "./story";
import { setTwoStackStage, synthesizeTwoStackExample, type TwoStackStage, type TwoStacks } from "./two-stacks";

export interface TwoStackExampleStory {
  /** What has to be there before. @default - nothing but IAM roles */
  readonly prepare?: (stage: TwoStackStage) => Promise<void>;
  /** Tests of what stands once both stacks are applied, with the workloads that were read back by then. */
  readonly meanwhile: (stage: TwoStackStage, stacks: () => TwoStacks) => void;
  /** The override with which Terraform destroys the second stack, which it refuses before. @default - it does not refuse */
  readonly unprotect?: { readonly resource: unknown };
  /** Whether the cluster has deletion protection on. @default false */
  readonly deletionProtection?: boolean;
}

export const KINDS_WITH_PODS = ["Deployment", "StatefulSet", "Job", "CronJob"];

/** What says how many pods there are, what they mount, and what stands in front of them. */
const KINDS_AROUND_PODS = [
  "HorizontalPodAutoscaler",
  "Ingress",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "PodDisruptionBudget",
  "Service",
  "ServiceAccount",
  "StorageClass",
];

/** What a chart brings and leaves, so that its objects are not lost with it. */
export const OF_CHARTS = /^(CustomResourceDefinition|APIService) /;

/** The whole life of an example of two stacks: both apply, its pods fit on Fargate, and both go without a trace. */
export function tellTwoStackExample(name: string, story: TwoStackExampleStory): void {
  describe(`the ${name} example`, () => {
    const stage = setTwoStackStage();
    let stacks: TwoStacks;

    test("is valid Terraform in both stacks", async () => {
      await story.prepare?.(stage);
      stacks = await synthesizeTwoStackExample(stage, name);
      for (const stack of [stacks.cluster, stacks.inCluster]) {
        await stack.init();
        expect(await stack.validate()).toContain("The configuration is valid");
      }
    });

    test("plans each stack to create and nothing else, and applies it, after which a second plan has no changes", async () => {
      for (const stack of [stacks.cluster, stacks.inCluster]) {
        const changes = await stack.plan();
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
        await stack.apply();
        expect(await stack.plan()).toEqual([]);
      }
      expect(await stacks.cluster.plan()).toEqual([]);
      expect(await stage.api.problems()).toEqual({});
    });

    test("has pods that all fit on Fargate, read back from the Kubernetes API", async () => {
      const { exitCode, output } = await askAboutPods(stage, settingsOf(name), "fit", "--format", "json");
      const { summary } = JSON.parse(output) as { summary: { outcomes: { fargate: number }; findings: unknown } };
      expect(summary.outcomes).toEqual({ fargate: expect.any(Number), ambiguous: 0, nodes: 0, pending: 0 });
      expect(summary.outcomes.fargate).toBeGreaterThan(0);
      expect(summary.findings).toMatchObject({ error: 0, warning: 0 });
      expect(exitCode).toBe(0);
    });

    story.meanwhile(stage, () => stacks);

    test("is destroyed in the opposite order, leaving no load balancer and no object behind", async () => {
      expect((await stage.api.loadBalancers()).length).toBeGreaterThan(0);
      if (story.unprotect !== undefined) {
        expect(await stacks.inCluster.failToDestroy()).toContain("Instance cannot be destroyed");
        stacks.inCluster.override(story.unprotect);
      }
      await stacks.inCluster.destroy();
      expect(await stage.api.loadBalancers()).toEqual([]);
      expect((await stage.api.leftovers()).filter((title) => !OF_CHARTS.test(title))).toEqual([]);
    });

    test("is destroyed with nothing left in AWS", async () => {
      if (story.deletionProtection === true) {
        stacks.cluster.override({ resource: { aws_eks_cluster: { cluster: { deletion_protection: false } } } });
        await turnOffDeletionProtection(stage, stacks.cluster);
      }
      await stacks.cluster.destroy();
      expect(await stage.emulator.leftovers()).toEqual({});
    });
  });
}

/** The settings file of an example. */
export const settingsOf = (example: string): string => `examples/${example}/settings.yaml`;

/** What the command line says of all pods on the cluster, by the profiles of a settings file. */
export async function askAboutPods(stage: TwoStackStage, settings: string, command: string, ...options: string[]) {
  const file = join(stage.workspace.folder, "objects.json");
  const kinds = [...KINDS_WITH_PODS, ...KINDS_AROUND_PODS];
  const items = (await Promise.all(kinds.map((kind) => stage.api.list<KubernetesObject>(kind)))).flat();
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  return run("node", ["bin/cdktf-eks-fargate.js", command, file, "--settings", settings, ...options], { cwd: ROOT });
}
