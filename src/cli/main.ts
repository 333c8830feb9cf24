#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { run } from "./run";

const STDIN = 0;

/** Somebody who closes the pipe early, as `head` does, has seen enough. */
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") {
    process.exit();
  }
});

void run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readStdin: () => readFileSync(STDIN),
  colors: process.stdout.isTTY === true && process.stdout.hasColors(),
  ...(process.stdout.isTTY === true ? { columns: process.stdout.columns } : {}),
  watched: process.stderr.isTTY === true,
  today: new Date().toISOString().slice(0, 10),
}).then((code) => {
  process.exitCode = code;
});
