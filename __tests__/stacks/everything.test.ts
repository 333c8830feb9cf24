import childProcess from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { parse, stringify } from "yaml";
import { parseSettings } from "../../src/settings/load";
import { ClusterStack } from "../../src/stacks/cluster-stack";
import { InClusterStack } from "../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../src/stacks/stack-traces";
import { expectGolden } from "../support/golden";
import { addresses } from "../support/stack";
import { turned } from "../support/turned";

const outdir = mkdtempSync(join(tmpdir(), "everything-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const EVERYTHING = readFileSync("settings/everything.yaml", "utf8");

/** What the app writes for a settings file: the Terraform JSON of its stacks. */
function synth(text: string): string[] {
  const settings = parseSettings(text, "everything.yaml");
  return withoutStackTraces(() => {
    const app = new App({ outdir });
    const stacks = [new ClusterStack(app, "cluster", settings), new InClusterStack(app, "in-cluster", settings)];
    app.synth();
    return stacks.map(({ node: { id } }) => readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8"));
  });
}

describe("the settings with everything on", () => {
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
    const { properties } = JSON.parse(readFileSync("settings/settings.schema.json", "utf8")) as {
      properties: { inCluster: { properties: object } };
    };
    const features = Object.keys(properties.inCluster.properties);
    const on = Object.keys((parse(EVERYTHING) as { inCluster: object }).inCluster);
    expect(features.filter((key) => !on.includes(key))).toEqual(["backend", "kubeconfig", "mirrors"]);
  });

  test("keep their addresses, which are a contract", () => {
    expectGolden("stacks/everything.txt", `${synth(EVERYTHING).flatMap(addresses).join("\n")}\n`);
  });
});
