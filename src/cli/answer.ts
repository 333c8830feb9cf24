import { existsSync } from "node:fs";
import { version } from "../../package.json";
import type { Discounts } from "../cost/cost";
import { fargateCost } from "../cost/fargate-cost";
import { findManifests } from "../manifests/find-files";
import { readManifests } from "../manifests/read-manifests";
import { describeManifestProblem, type Inventory } from "../model/inventory";
import { quote } from "../model/problem";
import { regionProblem } from "../model/regions";
import { place } from "../placement/place";
import { PriceBook } from "../pricing/price-book";
import { parsePriceTable } from "../pricing/price-table";
import type { FitReport } from "../report/report";
import type { Arguments } from "./arguments";
import { type Cluster, findCluster } from "./cluster";
import { UsageError } from "./errors";
import { readNamed } from "./files";
import type { Io } from "./io";
import { Progress } from "./progress";
import { isSet, secondsOf, textOf, toNumber } from "./values";

/** The answer of `fit`, and what the other commands go on with. */
export interface Answer {
  readonly cluster: Cluster;
  readonly prices: PriceBook;
  readonly report: FitReport;
}

/**
 * Reads the manifests, places their pods and prices them.
 *
 * @throws UsageError, SettingsError, PriceError
 */
export function answer(args: Arguments, io: Io): Answer {
  if (args.paths.length === 0) {
    throw new UsageError(`${args.command} needs manifests; name files or folders, or - for standard input`);
  }
  const cluster = findCluster(args);
  const prices = findPrices(args, cluster);
  const inventory = readInventory(args, io);
  const target = {
    profiles: cluster.profiles,
    nodes: isSet(args, "nodes") || cluster.nodes === true,
    from: cluster.from,
  };
  const placements = place(inventory, target);
  const cost = fargateCost(placements, prices, discountsOf(args, cluster));
  return {
    cluster,
    prices,
    report: { inventory, target, placements, cost, extraFindings: [], generator: `cdktf-eks-fargate ${version}` },
  };
}

function readInventory(args: Arguments, io: Io): Inventory {
  const progress = new Progress(io);
  try {
    const namespace = namespaceOf(args);
    const secondsPerRun = secondsOf(args, "run-time");
    const { texts, problems } = findManifests(args.paths, io.readStdin);
    const inventory = readManifests(texts, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(secondsPerRun === undefined ? {} : { secondsPerRun }),
      onProgress: (done, total) => progress.show(`read ${done} of ${total} documents`),
    });
    return checkInventory(args, { ...inventory, problems: [...problems, ...inventory.problems] });
  } finally {
    progress.end();
  }
}

/** A gate that read nothing must not pass, and there is nothing to say of the cost of nothing. */
function checkInventory({ command, paths }: Arguments, inventory: Inventory): Inventory {
  const { counts, problems, workloads } = inventory;
  const where = paths.map(quote).join(", ");
  if (counts.files === 0 && problems.length === 0) {
    throw new UsageError(`there is no .yaml, .yml or .json file in ${where}; name the folder of the manifests`);
  }
  if (command !== "fit" && workloads.length === 0) {
    const reasons = problems.map((problem) => `\n  ${describeManifestProblem(problem)}`).join("");
    throw new UsageError(
      `there is no workload in ${where}, and ${command} needs some; name manifests that hold pods${reasons}`,
    );
  }
  return inventory;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function namespaceOf(args: Arguments): string | undefined {
  const namespace = textOf(args, "namespace");
  if (namespace !== undefined && !NAMESPACE.test(namespace)) {
    throw new UsageError(
      `--namespace must be the name of one Kubernetes namespace (1 to 63 of a-z, 0-9 and "-"), got ${quote(namespace)}`,
    );
  }
  return namespace;
}

/** The prices of the Region: of the file that is named, of the one that `prices refresh` writes, or the built-in ones. */
function findPrices(args: Arguments, cluster: Cluster): PriceBook {
  const region = regionOf(args, cluster);
  const named = textOf(args, "prices");
  const file = named ?? defaultPriceFile(region);
  if (named === undefined && !existsSync(file)) {
    return PriceBook.builtIn(region);
  }
  const table = parsePriceTable(readNamed(file, "--prices"), file);
  if (table.region !== region) {
    throw new UsageError(
      `the prices in ${quote(file)} are those of ${quote(table.region)}, and the Region is ${quote(region)}; refresh them (prices refresh --region ${region}), or give --region ${table.region}`,
    );
  }
  return PriceBook.fromTable(table, file);
}

/** Where `prices refresh` writes a table, and where the other commands look for it. */
export function defaultPriceFile(region: string): string {
  return `prices/${region}.json`;
}

function regionOf(args: Arguments, cluster: Cluster): string {
  const region = textOf(args, "region") ?? cluster.region;
  if (region === undefined) {
    throw new UsageError(
      `${quote(cluster.from)} names no Region, whose prices are needed; give --region, such as --region eu-west-1`,
    );
  }
  const problem = regionProblem(region);
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  return region;
}

const PERCENT = { min: 0, max: 99, whole: false };

/** `20` for both, or `fargate=20,ec2=30`. */
export function discountsOf(args: Arguments, cluster: Pick<Cluster, "discounts">): Discounts {
  const text = textOf(args, "savings-plan");
  if (text === undefined) {
    return { fargate: 0, ec2: 0, ...cluster.discounts };
  }
  if (!text.includes("=")) {
    const percent = toNumber(text, "--savings-plan", PERCENT);
    return { fargate: percent, ec2: percent };
  }
  const discounts: { fargate?: number; ec2?: number } = {};
  for (const part of text.split(",")) {
    const [what = "", percent = ""] = part.split("=");
    if ((what !== "fargate" && what !== "ec2") || discounts[what] !== undefined) {
      throw new UsageError(`--savings-plan must be PERCENT or fargate=PERCENT,ec2=PERCENT, got ${quote(text)}`);
    }
    discounts[what] = toNumber(percent, `--savings-plan ${what}`, PERCENT);
  }
  return { fargate: 0, ec2: 0, ...discounts };
}
