import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTree } from "../support/files";
import { copyProject, EXAMPLES, ROOT, Workspace } from "../support/project";

type Synthesize = (workspace: Workspace) => Promise<unknown>;

const reference: Synthesize = (workspace) => workspace.synthesizeReference();
const production: Synthesize = (workspace) =>
  workspace.synthesizeSettings(readFileSync(join(ROOT, "settings/production.yaml"), "utf8"));
const example =
  (name: string): Synthesize =>
  (workspace) =>
    workspace.synthesizeExampleStacks(name);

/** Names of log groups and devices, files of every pod and paths of the Kubernetes API begin with a slash too. */
const ABSOLUTE_PATH = /"\/(?!aws\/|dev\/|var\/run\/secrets\/|api\/v1\/)\w[^"]*"|"[A-Z]:\\[^"]*"/g;

/** Paths in containers, on file systems of AWS and of URLs, which are none of any machine's. */
const PATHS_ELSEWHERE =
  /"(mount_path|path|alb\.ingress\.kubernetes\.io\/healthcheck-path)": "[^"]*"|\\"containerPath\\":\\"[^"]*\\"|"name": "HealthCheckPath",\s+"namespace": "[^"]*",\s+"value": "[^"]*"/g;

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
    expect(Object.keys(files).some((path) => path.endsWith("cdk.tf.json"))).toBe(true);
    for (const [path, text] of Object.entries(files)) {
      expect({ path, found: text.match(/TfToken|TOKEN\[/g) }).toEqual({ path, found: null });
      const rest = text.replaceAll(PATHS_ELSEWHERE, "");
      expect({ path, found: [ROOT, tmpdir()].filter((folder) => rest.includes(folder)) }).toEqual({ path, found: [] });
      expect({ path, found: rest.match(ABSOLUTE_PATH) }).toEqual({ path, found: null });
    }
  });
});
