import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

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
  { what: "tar, which is not on PATH", command: ["tar", "--version"], fix: "install it" },
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
  {
    what: "aws, the AWS CLI, which is not on PATH",
    command: ["aws", "--version"],
    fix: "pip install -r e2e/requirements.txt",
  },
  {
    what: "etcd, which is neither on PATH nor in the folder KUBEBUILDER_ASSETS",
    command: [findKubernetesProgram("etcd") ?? "etcd", "--version"],
    fix: "install etcd 3.5 or newer",
  },
  {
    what: "kube-apiserver, which is neither on PATH nor in the folder KUBEBUILDER_ASSETS",
    command: [findKubernetesProgram("kube-apiserver") ?? "kube-apiserver", "--version"],
    fix: "install a version of Kubernetes that EKS has, as setup-envtest does",
  },
];

/** A program of Kubernetes: in the folder KUBEBUILDER_ASSETS, the variable that is usual for it, or on PATH. */
export function findKubernetesProgram(name: string): string | undefined {
  const folders = [process.env.KUBEBUILDER_ASSETS ?? "", ...(process.env.PATH ?? "").split(delimiter)];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isProgram);
}

/** Whether there is a program at that path. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

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
