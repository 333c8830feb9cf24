import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { parseEcsSettings } from "../../src/settings/load";
import { EcsStack } from "../../src/stacks/ecs-stack";

const outdir = mkdtempSync(join(tmpdir(), "ecs-outputs-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** Names in the first column of the table under "Outputs". */
function documented(): string[] {
  const [, section = ""] = readFileSync("docs/ecs.md", "utf8").split("\n## Outputs\n");
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

test("the page names each output of a stack with everything on, and no other", () => {
  const file = "settings/ecs-everything.yaml";
  // Nowhere else do starts of its workflows keep what failed.
  const text = readFileSync(file, "utf8").replaceAll(", deadLetters: false }", " }");
  const stack = new EcsStack(new App({ outdir }), "shop-ecs", parseEcsSettings(text, file));
  const { output } = JSON.parse(Testing.synth(stack)) as { readonly output: object };
  const named = Object.keys(output).map((name) => (/^[a-z0-9_]+_url$/.test(name) ? "<key>_url" : name));
  expect([...new Set(named)].sort()).toEqual(documented().sort());
});
