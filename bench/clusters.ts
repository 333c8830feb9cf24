/**
 * Synthesizes one app with N clusters, each in a stack of its own, and prints as JSON how long that took and how much
 * memory the process had at its peak. Run by bench/run.ts in a process of its own.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { ClusterStack, parseSettings, withoutStackTraces } from "../src/index";

const count = Number(process.argv[2]);
const settings = parseSettings(readFileSync("settings/development.yaml", "utf8"), "settings/development.yaml");
const outdir = mkdtempSync(join(tmpdir(), "bench-clusters-"));

const start = performance.now();
withoutStackTraces(() => {
  const app = new App({ outdir });
  for (let index = 0; index < count; index++) {
    const name = `cluster-${index}`;
    new ClusterStack(app, name, { ...settings, name });
  }
  app.synth();
});
const milliseconds = performance.now() - start;
rmSync(outdir, { recursive: true });

process.stdout.write(JSON.stringify({ milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
