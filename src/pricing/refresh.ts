import * as v from "valibot";
import { partitionOf } from "../model/regions";
import { Collector } from "./collector";
import { download, downloadJson, type Transport, withRetries } from "./download";
import { chinaRefused, noInstanceType, nothingFound, unknownRegion, wrongShape } from "./errors";
import { INSTANCE_TYPES } from "./instance-types";
import { type Offer, offers, SPOT_KEYS } from "./offers";
import type { PriceKey } from "./price";
import { readPriceList } from "./price-list";
import { isPriceKey, type PriceGroup, type PriceTable } from "./price-table";
import { readSpotPrices } from "./spot-prices";

/** AWS's public Price List: bulk files, read without credentials. */
export const PRICE_LIST_URL = "https://pricing.us-east-1.amazonaws.com";

export interface RefreshOptions {
  readonly region: string;
  /** Where the price lists are: AWS, or a mirror of it. @default {@link PRICE_LIST_URL} */
  readonly baseUrl?: string;
  /** EC2 instance types to read the price of. @default all of {@link INSTANCE_TYPES} */
  readonly instanceTypes?: readonly string[];
  /** Feed of Fargate Spot prices, such as `SPOT_PRICES_URL`. @default none is read, and Spot prices are missing */
  readonly spotUrl?: string;
  /** Called for each piece that arrives. A download that is tried again starts from 0. */
  readonly onProgress?: (progress: RefreshProgress) => void;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** Seconds without a byte after which a download is given up. @default 30 */
  readonly idleSeconds?: number;
  /** How often a download is tried again after the network or the server failed. @default 3 */
  readonly retries?: number;
  /** Waits so many milliseconds. @default a timer */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** The day of reading, ISO 8601. @default today */
  readonly today?: string;
}

export interface RefreshProgress {
  /** The service whose list is read, such as `AmazonEC2`. */
  readonly offer: string;
  readonly bytes: number;
  /** Bytes in all, where the server says so; it does not when it compresses. */
  readonly total?: number;
}

/** What the list of one service gave. */
interface OfferPrices {
  /** Whether AWS has a list of it for the Region. */
  readonly listed: boolean;
  readonly group?: PriceGroup;
  readonly missing: Readonly<Partial<Record<PriceKey, string>>>;
}

interface Job {
  readonly region: string;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly onProgress: (progress: RefreshProgress) => void;
}

const indexSchema = v.object({ regions: v.record(v.string(), v.object({ currentVersionUrl: v.string() })) });

/** What the index must be, from the outside in. */
const INDEX_RULES = ["an object", "an object with a value for each Region", "an object", "text"];

/** A path on the same host: the index has no say in where else is read. */
const VERSION_PATH = /^\/\w[\w./-]*\/index\.json$/;

/**
 * Reads the prices of a Region from AWS's public Price List. What the lists do not have is told in `missing`.
 *
 * @throws PriceError when a list cannot be read or is not what it should be, or when none of the prices is there
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html
 */
export async function refreshPrices(options: RefreshOptions): Promise<PriceTable> {
  const { region, instanceTypes = INSTANCE_TYPES.map(({ name }) => name) } = options;
  check(region, instanceTypes);
  const job: Job = {
    region,
    baseUrl: (options.baseUrl ?? PRICE_LIST_URL).replace(/\/+$/, ""),
    transport: {
      fetch: options.fetch ?? fetch,
      idleSeconds: options.idleSeconds ?? 30,
      retries: options.retries ?? 3,
      wait: options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    },
    onProgress: options.onProgress ?? (() => undefined),
  };
  const results: OfferPrices[] = [];
  for (const offer of offers([...new Set(instanceTypes)])) {
    results.push(await readOffer(offer, job));
  }
  if (results.every(({ group }) => group === undefined)) {
    throw results.some(({ listed }) => listed) ? nothingFound(job.baseUrl, region) : unknownRegion(job.baseUrl, region);
  }
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const spot = await readSpotPrices(options.spotUrl, region, job.transport, today);
  const spotMissing = "missing" in spot ? missingAll(SPOT_KEYS, spot.missing) : {};
  return {
    format: 1,
    region,
    groups: [...results.flatMap(({ group }) => group ?? []), ...("group" in spot ? [spot.group] : [])],
    missing: Object.assign({}, ...results.map(({ missing }) => missing), spotMissing),
  };
}

function check(region: string, instanceTypes: readonly string[]): void {
  if (partitionOf(region).name === "aws-cn") {
    throw chinaRefused(region);
  }
  const wrong = instanceTypes.find((type) => !isPriceKey(`ec2/${type}`));
  if (wrong !== undefined) {
    throw noInstanceType(wrong);
  }
}

async function readOffer(offer: Offer, job: Job): Promise<OfferPrices> {
  const { baseUrl, region, transport } = job;
  const indexUrl = `${baseUrl}/offers/v1.0/aws/${offer.code}/current/region_index.json`;
  const path = versionPath(indexUrl, await withRetries(() => downloadJson(indexUrl, transport), transport), region);
  if (path === undefined) {
    const keys = offer.wanted.map(({ key }) => key);
    return { listed: false, missing: missingAll(keys, `AWS has no list of ${offer.code} for ${region}`) };
  }
  // The same list in JSON is several times as long, and cannot be read piece by piece.
  const url = `${baseUrl}${path.replace(/\.json$/, ".csv")}`;
  return await withRetries(() => readList(url, offer, job), transport);
}

/** The path of the Region's current list, or `undefined` when the service has none there. */
function versionPath(indexUrl: string, index: unknown, region: string): string | undefined {
  const { output, issues } = v.safeParse(indexSchema, index);
  if (issues !== undefined) {
    const [{ path, input }] = issues;
    const keys = path?.map(({ key }) => String(key)) ?? [];
    throw wrongShape(indexUrl, keys.join("."), INDEX_RULES[keys.length] ?? "valid", input);
  }
  const { regions } = output as v.InferOutput<typeof indexSchema>;
  const path = Object.hasOwn(regions, region) ? regions[region]?.currentVersionUrl : undefined;
  if (path !== undefined && !VERSION_PATH.test(path)) {
    throw wrongShape(indexUrl, `regions.${region}.currentVersionUrl`, 'a path like "/offers/…/index.json"', path);
  }
  return path;
}

async function readList(
  url: string,
  offer: Offer,
  { baseUrl, region, transport, onProgress }: Job,
): Promise<OfferPrices> {
  const collector = new Collector(url, offer, region);
  const chunks = download(url, transport, (bytes, total) =>
    onProgress({ offer: offer.code, bytes, ...(total === undefined ? {} : { total }) }),
  );
  const file = { url, offerCode: offer.code, columns: Collector.columns(offer, region) };
  const { published, version } = await readPriceList(file, chunks, (row, line) => collector.take(row, line));
  const prices = collector.prices();
  const mirror = baseUrl === PRICE_LIST_URL ? "" : ` at ${baseUrl}`;
  const group = { source: `AWS Price List${mirror}, ${offer.code} version ${version}`, date: published, prices };
  return { listed: true, ...(Object.keys(prices).length === 0 ? {} : { group }), missing: collector.missing() };
}

function missingAll(keys: readonly PriceKey[], reason: string): Partial<Record<PriceKey, string>> {
  return Object.fromEntries(keys.map((key) => [key, reason]));
}
