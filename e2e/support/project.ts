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

  /** Synthesizes the reference settings. Returns the folder of the stack. */
  async synthesizeReference(): Promise<string> {
    return this.synthesize("main.ts", { SETTINGS_FILE: "" });
  }

  /** Synthesizes an example, by its name. Returns the folder of its stack. */
  async synthesizeExample(name: string): Promise<string> {
    return this.synthesize(`examples/${name}/main.ts`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async synthesize(app: string, environment: Record<string, string> = {}): Promise<string> {
    const summary = await runToSuccess("node", ["--require", "tsx/cjs", app], {
      cwd: this.root,
      environment: { ...environment, CDKTF_OUTDIR: this.output },
    });
    const stack = /stacks\/([^/]+)\/cdk\.tf\.json/.exec(summary)?.[1];
    if (stack === undefined) {
      throw new Error(`no stack was synthesized: ${summary}`);
    }
    return join(this.output, "stacks", stack);
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
