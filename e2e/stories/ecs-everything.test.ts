import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../support/project";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

interface EcsFile {
  readonly ecs: Readonly<Record<string, unknown>>;
}

const FILE = readFileSync(join(ROOT, "settings/ecs-everything.yaml"), "utf8");
const EVERYTHING = parse(FILE) as EcsFile;

/** What the settings name, each once. */
const named = (what: RegExp) => [...new Set(FILE.match(what))];

/** Services that no emulator has: they are planned, and not applied. */
const PLANNED_ONLY = /^aws_(apprunner|lightsail)_/;

/** The settings without what no emulator has. */
function emulated({ ecs, ...rest }: EcsFile): string {
  const { appRunner, lightsail, ...others } = ecs;
  expect([appRunner, lightsail]).not.toContain(undefined);
  return stringify({ ...rest, ecs: others });
}

describe("the settings of ECS with everything on", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("are valid Terraform, App Runner and Lightsail among it", async () => {
    // What the settings name of somebody else's.
    await stage.emulator.hasRoles("train", "train-execution");
    await stage.emulator.hasOthers({
      certificateArns: named(/arn:aws:acm:[\w:/-]+/g),
      securityGroupIds: named(/\bsg-\w+/g),
    });
    terraform = new Terraform(await stage.workspace.synthesizeSettings(stringify(EVERYTHING)), stage.emulator);
    await terraform.init();
    expect(await terraform.validate()).toContain("The configuration is valid");
  });

  test("plan to create and nothing else", async () => {
    const changes = await terraform.plan();
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    expect(changes.filter(({ address }) => PLANNED_ONLY.test(address)).length).toBeGreaterThan(3);
  });

  test("apply but for App Runner and Lightsail, after which a second plan has no changes", async () => {
    await stage.workspace.synthesizeSettings(emulated(EVERYTHING));
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("ask the emulator for nothing that it does not know", async () => {
    expect(await stage.emulator.unknownActions()).toEqual([]);
  });

  test("are destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
