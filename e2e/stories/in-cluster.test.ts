import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project";
import type { Terraform } from "../support/terraform";
import { setTwoStackStage, synthesizeTwoStacks } from "../support/two-stacks";

const REFERENCE = readFileSync(join(ROOT, "settings/development.yaml"), "utf8");

describe("the reference settings with something on the cluster", () => {
  const stage = setTwoStackStage();
  let cluster: Terraform;
  let inCluster: Terraform;

  test("are two stacks, of which the first applies without the second", async () => {
    const settings = `${REFERENCE}\ninCluster:\n  metricsServer: {}\n`;
    ({ cluster, inCluster } = await synthesizeTwoStacks(stage, settings));
    await cluster.init();
    await cluster.apply();
    expect(await cluster.plan()).toEqual([]);
  });

  test("plan the second by the outputs of the first, to create and nothing else", async () => {
    await inCluster.init();
    expect(await inCluster.validate()).toContain("The configuration is valid");
    const changes = await inCluster.plan();
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
  });

  test("apply the second, after which a second plan has no changes", async () => {
    await inCluster.apply();
    expect(await inCluster.plan()).toEqual([]);
    expect(await stage.api.problems()).toEqual({});
  });

  test("get their tokens from aws eks get-token alone", async () => {
    expect(new Set(await stage.api.awsCalls())).toEqual(
      new Set(["aws eks get-token --region eu-west-1 --cluster-name platform-development --output json"]),
    );
  });

  test("keep no token in the state", () => {
    const state = readFileSync(
      join(stage.workspace.folder, "terraform.platform-development-in-cluster.tfstate"),
      "utf8",
    );
    expect(state).toContain("metrics-server");
    expect(state).not.toContain(stage.api.token);
  });

  test("are destroyed in the opposite order, with nothing left", async () => {
    await inCluster.destroy();
    expect(await stage.api.leftovers()).toEqual([]);
    await cluster.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
