import type { Price, PriceKey } from "../pricing/price";
import type { Money } from "../units/money";

/** What has a price where: the part of a price book that costs are computed with. */
export interface Prices {
  /** Such as `eu-west-1`; all prices are of this region. */
  readonly region: string;
  /** `undefined` when the price is not known, which is not the same as 0. */
  find(key: PriceKey): Price | undefined;
}

/** Prices of a computation, which remembers those that it asked for, so that each output can say what it rests on. */
export class UsedPrices {
  private readonly used = new Map<PriceKey, Price>();

  constructor(private readonly prices: Prices) {}

  get region(): string {
    return this.prices.region;
  }

  find(key: PriceKey): Money | undefined {
    const price = this.used.get(key) ?? this.prices.find(key);
    if (price !== undefined) {
      this.used.set(key, price);
    }
    return price?.usd;
  }

  /** Each price that was found, in the order of its key. */
  all(): Price[] {
    return [...this.used.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

/**
 * What is left of a price with `percent` off.
 *
 * @throws RangeError when `percent` is below 0, or 100 and more
 */
export function discounted(price: Money, percent: number): Money {
  if (!(percent >= 0 && percent < 100)) {
    throw new RangeError(`a discount must be 0 percent or more and less than 100, got ${percent}`);
  }
  return percent === 0 ? price : price.percent(100 - percent);
}
