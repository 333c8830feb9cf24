import { quote } from "../../model/problem";
import { regionProblem } from "../../model/regions";
import { type PriceTable, priceTableJson } from "../../pricing/price-table";
import { PRICE_LIST_URL, type RefreshProgress, refreshPrices } from "../../pricing/refresh";
import { SPOT_PRICES_URL } from "../../pricing/spot-prices";
import { defaultPriceFile } from "../answer";
import type { Arguments } from "../arguments";
import { UsageError } from "../errors";
import { EXIT } from "../exit";
import type { Io } from "../io";
import { emit } from "../output";
import { Progress } from "../progress";
import { textOf } from "../values";

const BYTES_PER_MB = 1_000_000;

/** Reads AWS's public price list of a Region and writes it as a table, which the other commands then take. */
export async function pricesRefresh(args: Arguments, io: Io): Promise<number> {
  const region = textOf(args, "region");
  if (region === undefined || args.paths.length > 0) {
    throw new UsageError(
      region === undefined
        ? "prices refresh needs a Region; write: prices refresh --region eu-west-1"
        : `prices refresh reads AWS's price list, not files; remove ${args.paths.join(" ")}`,
    );
  }
  const problem = regionProblem(region);
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  const copy = priceListOf(args);
  const progress = new Progress(io);
  try {
    const table = await refreshPrices({
      region,
      baseUrl: copy ?? PRICE_LIST_URL,
      // Whoever reads a copy of the list has a reason not to ask AWS.
      ...(copy === undefined ? { spotUrl: SPOT_PRICES_URL } : {}),
      today: io.today,
      onProgress: (each) => progress.show(describe(each)),
    });
    progress.end();
    emit(args, io, priceTableJson(table), defaultPriceFile(region));
    io.stderr(summary(table));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

function priceListOf(args: Arguments): string | undefined {
  const url = textOf(args, "price-list");
  if (url !== undefined && !(/^https?:/.test(url) && URL.canParse(url))) {
    throw new UsageError(`--price-list must be a URL like ${PRICE_LIST_URL}, got ${quote(url)}`);
  }
  return url;
}

function describe({ offer, bytes, total }: RefreshProgress): string {
  const megabytes = (count: number) => `${(count / BYTES_PER_MB).toFixed(1)} MB`;
  return `${offer}: ${megabytes(bytes)}${total === undefined ? "" : ` of ${megabytes(total)}`}`;
}

function summary({ region, groups, missing }: PriceTable): string {
  const found = groups.reduce((sum, { prices }) => sum + Object.keys(prices).length, 0);
  const reasons = Object.entries(missing).map(([key, reason]) => `  ${key}: ${reason}\n`);
  return `${found} prices of ${region}; ${reasons.length === 0 ? "none is missing" : `${reasons.length} are missing:`}\n${reasons.join("")}`;
}
