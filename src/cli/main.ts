#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { version } from "../../package.json";
import { EXIT } from "./exit";
import { run } from "./run";

const STDIN = 0;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Somebody who closes the pipe early, as `head` does, has seen enough.
  if (error.code !== "EPIPE") {
    process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    process.exitCode = EXIT.unusable;
  }
  process.exit();
});

run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readStdin: () => readFileSync(STDIN),
  colors: process.stdout.isTTY === true && process.stdout.hasColors(),
  ...(process.stdout.isTTY === true ? { columns: process.stdout.columns } : {}),
  watched: process.stderr.isTTY === true,
  today: new Date().toISOString().slice(0, 10),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`error: this is a fault of cdktf-eks-fargate ${version}, please report it\n`);
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.fault;
  },
);
