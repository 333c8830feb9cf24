import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runToSuccess } from "./run";

/** Root of the project, where its scripts run. */
export const ROOT = resolve(".");

/** The names of the examples. */
export const EXAMPLES = readdirSync(join(ROOT, "examples"));

/** A folder of a story's own, with what it synthesizes and the state of what it applies. */
export class Workspace {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), "e2e-"));
  /** Where the app writes. */
  readonly output = join(this.folder, "cdktf.out");

  /** @param root of the project, or of a copy */
  constructor(private readonly root = ROOT) {}

  /** Synthesizes the app with these settings, as `npm run synth` does. Returns the folder of the stack. */
  async synthesizeSettings(yaml: string): Promise<string> {
    const file = join(this.folder, "settings.yaml");
    writeFileSync(file, yaml);
    return this.synthesize("main.ts", { SETTINGS_FILE: file });
  }

  /** Synthesizes the app with these settings. Returns the folders of its stacks, in the order in which they apply. */
  async synthesizeStacks(yaml: string): Promise<string[]> {
    const file = join(this.folder, "settings.yaml");
    writeFileSync(file, yaml);
    return this.synthesizeAll("main.ts", { SETTINGS_FILE: file });
  }

  /** Synthesizes the reference settings. Returns the folder of the stack. */
  async synthesizeReference(): Promise<string> {
    return this.synthesize("main.ts", { SETTINGS_FILE: "" });
  }

  /** Synthesizes an example, by its name. Returns the folder of its stack. */
  async synthesizeExample(name: string): Promise<string> {
    return this.synthesize(`examples/${name}/main.ts`);
  }

  /** Synthesizes an example of several stacks. Returns their folders, in the order in which they apply. */
  async synthesizeExampleStacks(name: string): Promise<string[]> {
    return this.synthesizeAll(`examples/${name}/main.ts`, {});
  }

  /** Synthesizes a program that only stories have, by its name. Returns the folder of its stack. */
  async synthesizeProgram(name: string, environment: Record<string, string> = {}): Promise<string> {
    return this.synthesize(`e2e/apps/${name}.ts`, environment);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async synthesize(app: string, environment: Record<string, string> = {}): Promise<string> {
    const [stack = ""] = await this.synthesizeAll(app, environment);
    return stack;
  }

  private async synthesizeAll(app: string, environment: Record<string, string>): Promise<string[]> {
    const summary = await runToSuccess("node", ["--require", "tsx/cjs", app], {
      cwd: this.root,
      environment: { ...environment, CDKTF_OUTDIR: this.output },
    });
    const stacks = [...summary.matchAll(/stacks\/([^/]+)\/cdk\.tf\.json/g)].map(([, id = ""]) => id);
    if (stacks.length === 0) {
      throw new Error(`no stack was synthesized: ${summary}`);
    }
    return stacks.map((id) => join(this.output, "stacks", id));
  }
}

/** Copies the project to another folder as a clone would have it, with the same packages. */
export async function copyProject(folder: string): Promise<void> {
  const files = await runToSuccess("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
  });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(ROOT, name)))) {
    cpSync(join(ROOT, file), join(folder, file));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
}
