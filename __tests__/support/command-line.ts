import type { Io } from "../../src/cli/io";
import { run } from "../../src/cli/run";

/** What a command line wrote, and its exit status. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command line in this process, on 2026-11-21.
 *
 * @param io what the terminal is like; without it, standard input is empty and nobody watches
 */
export async function commandLine(args: readonly string[], io: Partial<Io> & { stdin?: string } = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    readStdin: () => new TextEncoder().encode(io.stdin ?? ""),
    colors: false,
    watched: false,
    today: "2026-11-21",
    ...io,
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}
