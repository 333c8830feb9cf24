import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTree } from "../support/files";
import { copyProject, EXAMPLES, ROOT, Workspace } from "../support/project";

type Synthesize = (workspace: Workspace) => Promise<string>;

const reference: Synthesize = (workspace) => workspace.synthesizeReference();
const production: Synthesize = (workspace) =>
  workspace.synthesizeSettings(readFileSync(join(ROOT, "settings/production.yaml"), "utf8"));
const example =
  (name: string): Synthesize =>
  (workspace) =>
    workspace.synthesizeExample(name);

describe("what is synthesized", () => {
  const workspaces: Workspace[] = [];

  function newWorkspace(root?: string): Workspace {
    const workspace = new Workspace(root);
    workspaces.push(workspace);
    return workspace;
  }

  /** Everything that an app writes, by path. */
  async function synthesized(synthesize: Synthesize, root?: string): Promise<Record<string, string>> {
    const workspace = newWorkspace(root);
    await synthesize(workspace);
    return readTree(workspace.output);
  }

  afterAll(() => {
    for (const workspace of workspaces) {
      workspace.remove();
    }
  });

  test.each([
    ["the reference settings", reference, "stacks/platform-development-cluster/cdk.tf.json"],
    ["an example with a module of its own", example("existing-vpc"), "stacks/existing-vpc/assets/"],
  ])("is the same from run to run and in another folder, byte by byte: %s", async (_, synthesize, part) => {
    const here = await synthesized(synthesize);
    expect(Object.keys(here).some((path) => path.startsWith(part))).toBe(true);
    expect(await synthesized(synthesize)).toEqual(here);
    const elsewhere = join(newWorkspace().folder, "another/folder");
    await copyProject(elsewhere);
    expect(await synthesized(synthesize, elsewhere)).toEqual(here);
    expect(await synthesized(synthesize, elsewhere)).toEqual(here);
  });

  test.each([
    ["the reference settings", reference],
    ["the production settings", production],
    ...EXAMPLES.map((name): [string, Synthesize] => [`the ${name} example`, example(name)]),
  ])("holds no path of this machine and no unresolved token: %s", async (_, synthesize) => {
    const files = await synthesized(synthesize);
    expect(Object.keys(files).filter((path) => path.endsWith("cdk.tf.json"))).toHaveLength(1);
    for (const [path, text] of Object.entries(files)) {
      expect({ path, found: text.match(/TfToken|TOKEN\[/g) }).toEqual({ path, found: null });
      expect({ path, found: [ROOT, tmpdir()].filter((folder) => text.includes(folder)) }).toEqual({ path, found: [] });
      // Names of log groups begin with a slash, and nothing else does.
      expect({ path, found: text.match(/"\/(?!aws\/)\w[^"]*"|"[A-Z]:\\[^"]*"/g) }).toEqual({ path, found: null });
    }
  });
});
