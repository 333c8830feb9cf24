import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, Workspace } from "../support/project";
import { type Finished, run } from "../support/run";

const PRESENT = "exit 0";
const THE_USUAL = { terraform: PRESENT, git: PRESENT, tar: PRESENT };
const BUT_KUBERNETES = { ...THE_USUAL, python3: PRESENT, aws: PRESENT };

describe("what the stories stand on", () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  /** The check that comes before all stories, on a machine with nothing but these programs: shell scripts by name. */
  function check(programs: Record<string, string>): Promise<Finished> {
    const path = mkdtempSync(join(workspace.folder, "bin-"));
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const program = "require('./e2e/support/before-all.ts').default()";
    const environment = { PATH: path, KUBEBUILDER_ASSETS: "" };
    return run(process.execPath, ["--require", "tsx/cjs", "-e", program], { cwd: ROOT, environment });
  }

  test.each([
    ["no terraform", {}, "terraform, which is not on PATH: install Terraform 1.5.7 or newer"],
    ["no git", { terraform: PRESENT }, "git, which is not on PATH: install it"],
    ["no tar", { terraform: PRESENT, git: PRESENT }, "tar, which is not on PATH: install it"],
    ["no python3", THE_USUAL, "python3, which is not on PATH: install Python 3.11 or newer"],
    [
      "an old python3",
      { ...THE_USUAL, python3: 'test "$1" = --version' },
      "Python 3.11 or newer, and python3 is older: put a newer one first on PATH",
    ],
    [
      "no moto",
      { ...THE_USUAL, python3: 'case "$2" in *moto*) exit 1;; esac' },
      "moto, the AWS emulator, which python3 cannot import: pip install -r e2e/requirements.txt",
    ],
    [
      "no aws",
      { ...THE_USUAL, python3: PRESENT },
      "aws, the AWS CLI, which is not on PATH: pip install -r e2e/requirements.txt",
    ],
    [
      "no etcd",
      BUT_KUBERNETES,
      "etcd, which is neither on PATH nor in the folder KUBEBUILDER_ASSETS: install etcd 3.5 or newer",
    ],
    [
      "no kube-apiserver",
      { ...BUT_KUBERNETES, etcd: PRESENT },
      "kube-apiserver, which is neither on PATH nor in the folder KUBEBUILDER_ASSETS: " +
        "install a version of Kubernetes that EKS has, as setup-envtest does",
    ],
  ])("a machine with %s is told so in one line", async (_, programs, need) => {
    expect(await check(programs)).toEqual({ exitCode: 1, output: `the end-to-end tests need ${need}\n` });
  });

  test("a machine that has everything is told nothing", async () => {
    const everything = { ...BUT_KUBERNETES, etcd: PRESENT, "kube-apiserver": PRESENT };
    expect(await check(everything)).toEqual({ exitCode: 0, output: "" });
  });

  test("the emulator refuses what AWS refuses: every rule of its self-check holds", async () => {
    const { exitCode, output } = await run("python3", ["-m", "emulator.selfcheck"], { cwd: join(ROOT, "e2e") });
    expect(output.match(/^FAILED.*$/gm)).toBeNull();
    expect(output).toMatch(/^ok +CreateFargateProfile: 6 selectors$/m);
    expect(exitCode).toBe(0);
  });
});
