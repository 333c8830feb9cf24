import type { Discounts } from "../cost/cost";
import type { Price } from "../pricing/price";
import { groupBy } from "./findings";
import { plural } from "./format";
import type { ReportTarget } from "./report";

/** Prices of one source and one day. */
export interface PriceGroup {
  readonly date: string;
  readonly source: string;
  readonly prices: readonly Price[];
  /** Each once, with the number of prices that it is about. */
  readonly caveats: readonly { readonly text: string; readonly prices: number }[];
}

/** The prices by source and day, in the order in which the sources come up. */
function priceGroups(prices: readonly Price[]): PriceGroup[] {
  return [...groupBy(prices, ({ date, source }) => JSON.stringify([date, source])).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ date: first.date, source: first.source, prices: group, caveats: caveatsOf(group) }];
  });
}

function caveatsOf(prices: readonly Price[]): PriceGroup["caveats"] {
  const withCaveat = prices.flatMap(({ caveat }) => (caveat === undefined ? [] : [caveat]));
  return [...groupBy(withCaveat, (text) => text)].map(([text, same]) => ({ text, prices: same.length }));
}

/** Where prices are from, a line each: `2026-09-29, AWS Price List: 4 prices`. */
export function priceLines(prices: readonly Price[]): string[] {
  return priceGroups(prices).flatMap(({ date, source, prices: group, caveats }) => [
    `${date}, ${source}: ${plural(group.length, "price")}`,
    ...caveats.map((caveat) => `caveat of ${plural(caveat.prices, "price")}: ${caveat.text}`),
  ]);
}

/** `none`, or `Compute Savings Plans: 20% off Fargate, 27% off EC2`. */
export function discountText({ fargate, ec2 }: Discounts): string {
  const parts = [...(fargate > 0 ? [`${fargate}% off Fargate`] : []), ...(ec2 > 0 ? [`${ec2}% off EC2`] : [])];
  return parts.length === 0 ? "none, On-Demand prices" : `Compute Savings Plans, ${parts.join(", ")}`;
}

/** `default, web, from settings/development.yaml; the cluster has nodes as well`. */
export function targetText({ profiles, nodes, from }: ReportTarget): string {
  const keys = profiles.length === 0 ? "none" : profiles.map(({ key }) => key).join(", ");
  return `${keys}, from ${from}; the cluster has ${nodes ? "nodes as well" : "no nodes"}`;
}
