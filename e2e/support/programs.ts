import { spawnSync } from "node:child_process";

interface Need {
  readonly what: string;
  /** Ends with exit code 0 where the need is met. */
  readonly command: readonly [string, ...string[]];
  readonly fix: string;
}

/** In this order: what comes later needs what comes before it. */
const NEEDS: readonly Need[] = [
  {
    what: "terraform, which is not on PATH",
    command: ["terraform", "version"],
    fix: "install Terraform 1.5.7 or newer",
  },
  { what: "git, which is not on PATH", command: ["git", "--version"], fix: "install it" },
  {
    what: "python3, which is not on PATH",
    command: ["python3", "--version"],
    fix: "install Python 3.11 or newer",
  },
  {
    what: "Python 3.11 or newer, and python3 is older",
    command: ["python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
    fix: "put a newer one first on PATH",
  },
  {
    what: "moto, the AWS emulator, which python3 cannot import",
    command: ["python3", "-c", "import moto.server, boto3"],
    fix: "pip install -r e2e/requirements.txt",
  },
];

export function onPath(program: string): boolean {
  return spawnSync(program, ["version"], { stdio: "ignore" }).error === undefined;
}

/** @throws Error that names the first program that is missing on this machine, and what to do */
export default function checkPrograms(): void {
  for (const { what, command, fix } of NEEDS) {
    const [program, ...args] = command;
    if (spawnSync(program, args, { stdio: "ignore" }).status !== 0) {
      throw new Error(`the end-to-end tests need ${what}: ${fix}`);
    }
  }
}
