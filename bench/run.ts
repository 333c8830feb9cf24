/**
 * Measures what the project promises about speed and prints each figure with its ratio to the floor of the same run.
 * Every figure is the median of several runs, taken in turns. A promise that is not kept is said and fails nothing:
 * machines are noisy.
 *
 * Terraform's figures need terraform and python3 (with moto) on PATH; what is missing is said, and they are left out.
 */
import { execFileSync } from "node:child_process";
import { arch, cpus, platform } from "node:os";
import { type Comparison, compare, median, renderTable } from "./figures";
import { measurePlans } from "./plans";

const RUNS = 7;
const FIT = ["dist/src/cli/main.js", "fit", "examples/shop/manifests"];
const nodeArguments = {
  floor: ["-e", 'require("cdktf")'],
  app: ["dist/main.js"],
};

function milliseconds(command: string, args: readonly string[], environment: Record<string, string> = {}): number {
  const start = performance.now();
  execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...environment } });
  return performance.now() - start;
}

/** Medians of several commands, run in turns so that a slow moment hits all of them. */
function inTurns<K extends string>(runs: number, commands: Record<K, () => number>): Record<K, number> {
  const names = Object.keys(commands) as K[];
  const rounds = Array.from({ length: runs }, () => names.map((name) => commands[name]()));
  return Object.fromEntries(
    names.map((name, index) => [name, median(rounds.map((round) => round[index] ?? Number.NaN))]),
  ) as Record<K, number>;
}

interface ClusterRun {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

function clusters(count: number): ClusterRun {
  const run = () =>
    JSON.parse(execFileSync("node", ["dist/bench/clusters.js", String(count)], { encoding: "utf8" })) as ClusterRun;
  const runs = Array.from({ length: 3 }, run);
  return {
    milliseconds: median(runs.map((each) => each.milliseconds)),
    peakMegabytes: median(runs.map((each) => each.peakMegabytes)),
  };
}

interface FitRun {
  readonly reading: number;
  readonly placing: number;
  readonly comparing: number;
  readonly peakMegabytes: number;
}

/** 100,000 pods placed, priced and compared, and the command line on a small folder. */
function answers(): Comparison[] {
  const runs = Array.from(
    { length: 3 },
    () => JSON.parse(execFileSync("node", ["dist/bench/fit.js"], { encoding: "utf8" })) as FitRun,
  );
  const middle = (of: (run: FitRun) => number) => median(runs.map(of));
  const small = inTurns(RUNS, {
    floor: () => milliseconds("node", ["-e", "0"]),
    command: () => milliseconds("node", [...FIT, "--selector", "web-*", "--region", "eu-west-1"]),
  });
  const placing = middle((run) => run.placing);
  const peak = middle((run) => run.peakMegabytes);
  return [
    { name: "floor: node -e 0", value: small.floor, unit: "ms" },
    { name: "fit on a small folder", value: small.command, unit: "ms", limit: 250, kept: small.command <= 250 },
    { name: "5,000 workloads, YAML read", value: middle((run) => run.reading), unit: "ms" },
    { name: "100,000 pods placed and priced", value: placing, unit: "ms", limit: 1500, kept: placing <= 1500 },
    { name: "100,000 pods packed on nodes, compared", value: middle((run) => run.comparing), unit: "ms" },
    { name: "100,000 pods, peak memory with YAML", value: peak, unit: "MB", limit: 400, kept: peak < 400 },
  ];
}

function startUp(): Comparison[] {
  const times = inTurns(RUNS, {
    floor: () => milliseconds("node", nodeArguments.floor),
    compiled: () => milliseconds("node", nodeArguments.app),
    everything: () => milliseconds("node", nodeArguments.app, { SETTINGS_FILE: "settings/everything.yaml" }),
    script: () => milliseconds("npm", ["run", "--silent", "synth"]),
    typecheck: () => milliseconds("node_modules/.bin/tsc", ["--noEmit"]),
  });
  return [
    { name: "floor: node -e 'require(\"cdktf\")'", value: times.floor, unit: "ms" },
    compare("reference app, compiled JavaScript", times.compiled, times.floor, 2),
    compare("settings with everything on, compiled", times.everything, times.floor, 2.5),
    compare("npm run synth, TypeScript", times.script, times.floor, 6),
    { name: "tsc --noEmit", value: times.typecheck, unit: "ms", limit: 1000, kept: times.typecheck <= 1000 },
  ];
}

function growth(): Comparison[] {
  const [one, ten, hundred, thousand] = [clusters(1), clusters(10), clusters(100), clusters(1000)];
  const more = hundred.milliseconds - one.milliseconds;
  const perCluster = (run: ClusterRun, count: number) => (run.milliseconds - one.milliseconds) / (count - 1);
  return [
    { name: "1 cluster, synth", value: one.milliseconds, unit: "ms" },
    { name: "10 clusters, synth", value: ten.milliseconds, unit: "ms" },
    { name: "100 clusters, more than one", value: more, unit: "ms", limit: 1500, kept: more <= 1500 },
    {
      name: "100 clusters, peak memory",
      value: hundred.peakMegabytes,
      unit: "MB",
      limit: 200,
      kept: hundred.peakMegabytes < 200,
    },
    { name: "1000 clusters, synth", value: thousand.milliseconds, unit: "ms" },
    { name: "1000 clusters, peak memory", value: thousand.peakMegabytes, unit: "MB" },
    compare("time per cluster, 1000 against 100", perCluster(thousand, 1000), perCluster(hundred, 100), 1.5),
  ];
}

async function main(): Promise<void> {
  const figures = [...startUp(), ...answers(), ...growth(), ...(await measurePlans())];
  process.stdout.write(
    `node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores\n\n${renderTable(figures)}`,
  );
}

void main();
