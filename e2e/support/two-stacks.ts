import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChartRepository } from "./charts";
import { KubernetesApi } from "./kubernetes";
import { type Stage, setStage } from "./story";
import { Terraform } from "./terraform";

/** What a story of both stacks has beside an AWS account: a Kubernetes API behind every cluster in it, and charts. */
export interface TwoStackStage extends Stage {
  readonly api: KubernetesApi;
  readonly charts: ChartRepository;
}

/** The stacks of the app, in the order in which they apply. */
export interface TwoStacks {
  readonly cluster: Terraform;
  readonly inCluster: Terraform;
}

/** Sets the stage before the tests of a file and clears it after them. */
export function setTwoStackStage(): TwoStackStage {
  const stage = setStage() as { -readonly [key in keyof TwoStackStage]: TwoStackStage[key] };
  beforeAll(async () => {
    stage.api = await KubernetesApi.start();
    stage.charts = await ChartRepository.start();
    await stage.emulator.leadsTo(stage.api);
  });
  afterAll(async () => {
    stage.charts?.stop();
    await stage.api?.stop();
  });
  return stage;
}

/** Synthesizes settings with the charts of this machine. */
export async function synthesizeTwoStacks(stage: TwoStackStage, settings: string): Promise<TwoStacks> {
  return twoStacks(stage, await stage.workspace.synthesizeStacks(withCharts(settings, stage.charts.url)));
}

/** Synthesizes an example, whose charts an override takes from this machine. */
export async function synthesizeTwoStackExample(stage: TwoStackStage, name: string): Promise<TwoStacks> {
  const folders = await stage.workspace.synthesizeExampleStacks(name);
  for (const folder of folders) {
    takeChartsFrom(stage.charts.url, folder);
  }
  return twoStacks(stage, folders);
}

function twoStacks(stage: TwoStackStage, [cluster, inCluster]: readonly string[]): TwoStacks {
  if (cluster === undefined || inCluster === undefined) {
    throw new Error("there is no second stack");
  }
  return {
    cluster: new Terraform(cluster, stage.emulator, "terraform", stage.api),
    inCluster: new Terraform(inCluster, stage.emulator, "terraform", stage.api),
  };
}

interface Synthesized {
  readonly resource?: { readonly helm_release?: Readonly<Record<string, { readonly repository?: string }>> };
}

/** Overrides the repository of each chart that comes from one; those that lie beside the stack stay. */
function takeChartsFrom(repository: string, folder: string): void {
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Synthesized;
  const releases = Object.entries(resource?.helm_release ?? {})
    .filter(([, release]) => release.repository !== undefined)
    .map(([name]) => [name, { repository }]);
  if (releases.length > 0) {
    // Not override.tf.json, which is what a story itself overrides.
    const override = { resource: { helm_release: Object.fromEntries(releases) } };
    writeFileSync(join(folder, "charts_override.tf.json"), JSON.stringify(override));
  }
}

function withCharts(settings: string, url: string): string {
  return settings.replace(/^inCluster:\n/m, `inCluster:\n  mirrors: { charts: "${url}" }\n`);
}
