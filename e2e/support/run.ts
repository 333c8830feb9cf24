import { spawn } from "node:child_process";

export interface Finished {
  readonly exitCode: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds after which the program is stopped. @default 600 */
  readonly limit?: number;
}

/** Runs a program to its end. @throws Error when it takes longer than the limit, with what it printed last */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { cwd, environment = {}, limit = 600 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${program} ${args.join(" ")} took longer than ${limit} s; it printed last:\n${tail(output)}`));
    }, limit * 1000);
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    });
  });
}

/** The same, for a program that has to succeed. @throws Error with what it printed when it does not */
export async function runToSuccess(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { exitCode, output } = await run(program, args, options);
  if (exitCode !== 0) {
    throw new Error(`${program} ${args.join(" ")} ended with exit code ${exitCode}:\n${tail(output)}`);
  }
  return output;
}

function tail(output: string): string {
  return output.slice(-6000);
}
