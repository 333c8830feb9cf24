import { existsSync } from "node:fs";
import { version } from "../../package.json";
import type { Discounts } from "../cost/cost";
import { fargateCost } from "../cost/fargate-cost";
import { findManifests } from "../manifests/find-files";
import { readManifests } from "../manifests/read-manifests";
import type { Inventory } from "../model/inventory";
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
  const cluster = findCluster(args);
  const prices = findPrices(args, cluster);
  const inventory = readInventory(args, io);
  const target = { profiles: cluster.profiles, nodes: isSet(args, "nodes"), from: cluster.from };
  const placements = place(inventory, target);
  const cost = fargateCost(placements, prices, discountsOf(args, cluster));
  return {
    cluster,
    prices,
    report: { inventory, target, placements, cost, extraFindings: [], generator: `cdktf-eks-fargate ${version}` },
  };
}

function readInventory(args: Arguments, io: Io): Inventory {
  if (args.paths.length === 0) {
    throw new UsageError(`${args.command} needs manifests; name files or folders, or - for standard input`);
  }
  const progress = new Progress(io);
  try {
    const namespace = textOf(args, "namespace");
    const secondsPerRun = secondsOf(args, "run-time");
    const { texts, problems } = findManifests(args.paths, io.readStdin);
    const inventory = readManifests(texts, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(secondsPerRun === undefined ? {} : { secondsPerRun }),
      onProgress: (done, total) => progress.show(`read ${done} of ${total} files`),
    });
    return { ...inventory, problems: [...problems, ...inventory.problems] };
  } finally {
    progress.end();
  }
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
  const discounts = { fargate: 0, ec2: 0 };
  for (const part of text.split(",")) {
    const [what = "", percent = ""] = part.split("=");
    if (what !== "fargate" && what !== "ec2") {
      throw new UsageError(`--savings-plan must be PERCENT or fargate=PERCENT,ec2=PERCENT, got ${quote(text)}`);
    }
    discounts[what] = toNumber(percent, `--savings-plan ${what}`, PERCENT);
  }
  return discounts;
}
