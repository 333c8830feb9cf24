import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readTree } from "../support/files";
import { ROOT } from "../support/project";
import { runToSuccess } from "../support/run";
import { setStage } from "../support/story";
import { setTwoStackStage } from "../support/two-stacks";

describe("the cdktf command line", () => {
  const stage = setStage();

  async function cli(program: string, ...args: string[]): Promise<string> {
    const output = await runToSuccess(program, args, {
      cwd: ROOT,
      environment: { ...stage.emulator.environment, SETTINGS_FILE: "", CI: "1", CHECKPOINT_DISABLE: "1" },
    });
    // In the terminal's colours, and broken into its lines.
    return stripVTControlCharacters(output).replaceAll(/\s+/g, " ");
  }

  const npm = (script: string, ...args: string[]) => cli("npm", "run", "--silent", script, "--", ...args);

  test("synthesizes the same files as npm run synth", async () => {
    await stage.workspace.synthesizeReference();
    const theirs = join(stage.workspace.folder, "cli");
    await cli("npx", "cdktf", "synth", "--output", theirs);
    expect(readTree(theirs)).toEqual(readTree(stage.workspace.output));
  });

  test("shows what it would deploy, deploys it, and destroys it with nothing left", async () => {
    const before = readdirSync(ROOT);
    // Locking the providers of every platform would need the public registry.
    const flags = ["--output", stage.workspace.output, "--skip-provider-lock"];
    expect(await npm("diff", ...flags)).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);

    const deployed = await npm("deploy", "--auto-approve", ...flags);
    expect(deployed).toContain(
      "update_kubeconfig_command = aws eks update-kubeconfig --region eu-west-1 --name platform-development",
    );
    expect(Object.keys(await stage.emulator.leftovers())).toContain("clusters");
    expect(await npm("diff", ...flags)).toContain("No changes");

    await npm("destroy", "--auto-approve", ...flags);
    expect(await stage.emulator.leftovers()).toEqual({});
    // State, logs and plans landed in the story's folder.
    expect(readdirSync(ROOT)).toEqual(before);
    expect(readdirSync(stage.workspace.folder)).toContain("terraform.platform-development-cluster.tfstate");
  });

  test("reproduces the committed binding of the local module", async () => {
    const output = join(stage.workspace.folder, "gen");
    await npm("get", "--output", output, "--force");
    expect(readTree(output)).toEqual(readTree(join(ROOT, ".gen")));
  });
});

describe("the cdktf command line, with two stacks", () => {
  const stage = setTwoStackStage();

  async function npm(script: string, ...args: string[]): Promise<string> {
    const file = join(stage.workspace.folder, "settings.yaml");
    const reference = readFileSync(join(ROOT, "settings/development.yaml"), "utf8");
    writeFileSync(
      file,
      `${reference}\ninCluster:\n  mirrors: { charts: "${stage.charts.url}" }\n  metricsServer: {}\n`,
    );
    const flags = ["--output", stage.workspace.output, "--skip-provider-lock"];
    const output = await runToSuccess("npm", ["run", "--silent", script, "--", ...args, ...flags], {
      cwd: ROOT,
      environment: {
        ...stage.emulator.environment,
        ...stage.api.environment,
        SETTINGS_FILE: file,
        CI: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
    return stripVTControlCharacters(output).replaceAll(/\s+/g, " ");
  }

  test("deploys the cluster before what runs on it", async () => {
    await npm("deploy", "--auto-approve");
    expect(await stage.api.find("Deployment", "metrics-server", "kube-system")).toBeDefined();
    expect(await npm("diff", "platform-development-in-cluster")).toContain("No changes");
  });

  test("destroys what runs on the cluster before the cluster, with nothing left", async () => {
    await npm("destroy", "--auto-approve");
    expect(await stage.api.find("Deployment", "metrics-server", "kube-system")).toBeUndefined();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
