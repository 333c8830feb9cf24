import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformResource } from "cdktf";
import { ClusterStack, parseSettings } from "../../src";
import { commandLine } from "../support/command-line";

const outdir = mkdtempSync(join(tmpdir(), "readme-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const README = readFileSync("README.md", "utf8");
const REFERENCE = readFileSync("settings/development.yaml", "utf8");

test("the README shows the number of resources that the reference settings make", () => {
  const app = new App({ outdir: outdir });
  const settings = parseSettings(REFERENCE, "settings/development.yaml");
  const stack = new ClusterStack(app, `${settings.name}-cluster`, settings);
  const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
  expect(README).toContain(`platform-development-cluster: ${resources.length} resources in cdktf.out/stacks/`);
});

test("the README shows what is said of four mistakes in the reference settings", () => {
  const mistaken = REFERENCE.replace("nat: single", "nat: double")
    .replace("natZone: eu-west-1a", "natzone: eu-west-1a")
    .replace('version: "1.36"', "version: 1.30")
    .replace(/\n *- namespace: kube-system/, "");
  let message = "";
  try {
    parseSettings(mistaken, "settings/development.yaml");
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain("4 problems");
  expect(README).toContain(`error: ${message}`);
});

test("the README shows the minimal example as it is", () => {
  expect(README).toContain(`\`\`\`ts\n${readFileSync("examples/minimal/main.ts", "utf8")}\`\`\``);
});

test("the README shows what fit says of the shop, up to its findings' end", async () => {
  const [, command = ""] = /npx cdktf-eks-fargate (fit .*)\n/.exec(README) ?? [];
  const { stdout } = await commandLine(command.replaceAll("'", "").split(" "));
  const [shown = ""] = stdout.split("\nSUMMARY");
  expect(shown).toContain("FINDINGS");
  expect(README).toContain(`\`\`\`\n${shown}\`\`\`\n`);
});
