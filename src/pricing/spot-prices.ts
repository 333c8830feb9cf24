import * as v from "valibot";
import { Money } from "../units/money";
import { downloadJson, type Transport, withRetries } from "./download";
import { PriceError } from "./errors";
import { SPOT_KEYS } from "./offers";
import type { PriceKey } from "./price";
import type { PriceGroup } from "./price-table";

/**
 * Prices of Fargate Spot, which the Price List does not have: the feed behind AWS's pricing page. AWS does not document
 * it, so whatever is not as expected leaves the prices missing and ends nothing.
 */
export const SPOT_PRICES_URL = "https://dftu77xade0tc.cloudfront.net/fargate-spot-prices.json";

/** Units of the feed for Linux on x86; those for Arm begin with "ARM-". */
const UNITS: Readonly<Record<string, (typeof SPOT_KEYS)[number]>> = {
  "vCPU-Hours": "fargate/spot/vcpu-hour",
  "GB-Hours": "fargate/spot/gib-hour",
};

const feedSchema = v.object({
  prices: v.array(
    v.object({
      unit: v.string(),
      price: v.object({ USD: v.optional(v.string()) }),
      attributes: v.object({ "aws:region": v.optional(v.string()) }),
    }),
  ),
});

/** The prices, or why there are none. */
export type SpotPrices = { readonly group: PriceGroup } | { readonly missing: string };

/**
 * @param url of the feed; `undefined` reads none
 * @param today day of reading, ISO 8601
 */
export async function readSpotPrices(
  url: string | undefined,
  region: string,
  transport: Transport,
  today: string,
): Promise<SpotPrices> {
  if (url === undefined) {
    return { missing: "the Price List has no Spot prices, and no feed of them was named" };
  }
  try {
    const { output, issues } = v.safeParse(
      feedSchema,
      await withRetries(() => downloadJson(url, transport), transport),
    );
    return issues === undefined
      ? pricesOf(output as v.InferOutput<typeof feedSchema>, region, today)
      : { missing: "the feed of Spot prices, which AWS does not document, has another form than expected" };
  } catch (error) {
    if (error instanceof PriceError) {
      return { missing: error.message };
    }
    throw error;
  }
}

function pricesOf({ prices }: v.InferOutput<typeof feedSchema>, region: string, today: string): SpotPrices {
  const found = new Map<PriceKey, string>();
  for (const { unit, price, attributes } of prices) {
    const key = UNITS[unit];
    const usd = attributes["aws:region"] === region && key !== undefined ? amountOf(price.USD) : undefined;
    if (key !== undefined && usd !== undefined) {
      if ((found.get(key) ?? usd) !== usd) {
        return { missing: "the feed of Spot prices has two prices for the same" };
      }
      found.set(key, usd);
    }
  }
  if (found.size < SPOT_KEYS.length) {
    return { missing: "the feed of Spot prices has none for the Region" };
  }
  return {
    group: {
      source: "feed of AWS's pricing page for Fargate Spot",
      date: today,
      caveat: "Spot prices change over time; AWS does not document the feed",
      prices: Object.fromEntries(found),
    },
  };
}

function amountOf(text: string | undefined): string | undefined {
  try {
    const amount = Money.usd(text ?? "");
    return amount.compareTo(Money.ZERO) > 0 ? amount.toString() : undefined;
  } catch {
    return undefined;
  }
}
