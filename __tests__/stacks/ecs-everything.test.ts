import childProcess from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { parse, stringify } from "yaml";
import { parseEcsSettings } from "../../src/settings/load";
import { EcsStack } from "../../src/stacks/ecs-stack";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { expectGolden } from "../support/golden";
import { addresses } from "../support/stack";
import { turned } from "../support/turned";

const outdir = mkdtempSync(join(tmpdir(), "ecs-everything-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const EVERYTHING = readFileSync("settings/ecs-everything.yaml", "utf8");

/** What the app writes for a settings file: the Terraform JSON of its stack. */
function synth(text: string): string {
  const settings = parseEcsSettings(text, "ecs-everything.yaml");
  return withoutStackTraces(() => {
    const app = new App({ outdir });
    new EcsStack(app, "shop-ecs", settings);
    app.synth();
    return readFileSync(join(outdir, "stacks", "shop-ecs", "cdk.tf.json"), "utf8");
  });
}

describe("the settings of ECS with everything on", () => {
  test("are synthesized by Node alone, without running a program", () => {
    const run = jest.spyOn(childProcess, "spawnSync");
    const execute = jest.spyOn(childProcess, "execSync");
    synth(EVERYTHING);
    expect([...run.mock.calls, ...execute.mock.calls]).toEqual([]);
    jest.restoreAllMocks();
  });

  test("make the same to the byte in whatever order they are written", () => {
    expect(synth(stringify(turned(parse(EVERYTHING))))).toEqual(synth(EVERYTHING));
  });

  test("have every feature that settings know", () => {
    const { properties } = JSON.parse(readFileSync("settings/ecs-settings.schema.json", "utf8")) as {
      properties: { ecs: { properties: object } };
    };
    const on = Object.keys((parse(EVERYTHING) as { ecs: object }).ecs);
    expect(Object.keys(properties.ecs.properties).filter((key) => !on.includes(key))).toEqual([]);
  });

  test("keep their addresses, which are a contract", () => {
    expectGolden("stacks/ecs-everything.txt", `${addresses(synth(EVERYTHING)).join("\n")}\n`);
  });
});
