import { Money } from "../units/money";
import type { Price, PriceKey } from "./price";
import type { PriceGroup, PriceTable } from "./price-table";
import builtIn from "./prices.json";

/** Where the prices of a book are from, and how old they are. */
export interface Provenance {
  readonly kind: "built-in" | "file";
  /** Name of the file, where it is from one. */
  readonly file?: string;
  /** The oldest and the newest date of its prices, ISO 8601; `undefined` when it has none. */
  readonly oldest?: string;
  readonly newest?: string;
}

/** The built-in data: sources and caveats stand once and are named by the groups. */
interface BuiltIn {
  readonly sources: Readonly<Record<string, string>>;
  readonly caveats: Readonly<Record<string, string>>;
  readonly regions: Readonly<Record<string, readonly PriceGroup[]>>;
}

const BUILT_IN = builtIn as BuiltIn;

const EC2 = "ec2/";

/**
 * The known prices of one Region. What is not in it is missing: nothing stands in for it, neither 0 nor the price of
 * another Region.
 *
 * @see docs/prices.md
 */
export class PriceBook {
  private readonly prices: ReadonlyMap<string, Price>;

  readonly provenance: Provenance;

  private constructor(
    readonly region: string,
    groups: readonly PriceGroup[],
    from: Pick<Provenance, "kind" | "file">,
  ) {
    this.prices = new Map(groups.flatMap((group) => pricesOf(region, group)));
    const dates = [...this.prices.values()].map(({ date }) => date).sort();
    const [oldest] = dates;
    const newest = dates.at(-1);
    this.provenance = oldest === undefined || newest === undefined ? from : { ...from, oldest, newest };
  }

  /** The prices that come with the package. A Region of which none is known gives a book in which all are missing. */
  static builtIn(region: string): PriceBook {
    return new PriceBook(region, builtInGroups(region), { kind: "built-in" });
  }

  /**
   * The prices of a table, and no others.
   *
   * @param file name that reports show
   */
  static fromTable(table: PriceTable, file: string): PriceBook {
    return new PriceBook(table.region, table.groups, { kind: "file", file });
  }

  /** The Regions with built-in prices, by name. */
  static regions(): string[] {
    return Object.keys(BUILT_IN.regions).sort();
  }

  /** The price, or `undefined` when it is missing. */
  find(key: PriceKey): Price | undefined {
    return this.prices.get(key);
  }

  /** The instance types whose price is known, by name. */
  instanceTypes(): string[] {
    return [...this.prices.keys()]
      .filter((key) => key.startsWith(EC2))
      .map((key) => key.slice(EC2.length))
      .sort();
  }
}

function builtInGroups(region: string): PriceGroup[] {
  const groups = Object.hasOwn(BUILT_IN.regions, region) ? (BUILT_IN.regions[region] ?? []) : [];
  return groups.map(({ source, date, caveat, prices }) => ({
    source: BUILT_IN.sources[source] ?? source,
    date,
    ...(caveat === undefined ? {} : { caveat: BUILT_IN.caveats[caveat] ?? caveat }),
    prices,
  }));
}

function pricesOf(region: string, { source, date, caveat, prices }: PriceGroup): [string, Price][] {
  const provenance = { source, date, ...(caveat === undefined ? {} : { caveat }) };
  return (Object.entries(prices) as [PriceKey, string][]).map(([key, usd]) => [
    key,
    { key, region, usd: Money.usd(usd), ...provenance },
  ]);
}
