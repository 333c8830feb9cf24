import { quote } from "../model/problem";
import { Money } from "../units/money";
import { conflict, rowDamaged } from "./errors";
import { isPrefixKnown, type Offer, type WantedPrice, withoutPrefix } from "./offers";
import type { PriceKey } from "./price";
import type { Column, Row } from "./price-list";

/** Columns that every price needs. */
const COLUMNS: readonly Column[] = [
  "SKU",
  "TermType",
  "StartingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "usageType",
];

interface Found {
  readonly usd: string;
  readonly sku: string;
  readonly line: number;
}

/** Picks the wanted prices of one Region from the rows of an offer's list. */
export class Collector {
  private readonly wanted: ReadonlyMap<string, WantedPrice>;
  private readonly found = new Map<PriceKey, Found>();
  private readonly rejected = new Map<PriceKey, string>();

  constructor(
    private readonly url: string,
    private readonly offer: Offer,
    private readonly region: string,
  ) {
    this.wanted = new Map(offer.wanted.map((wanted) => [wanted.usageType, wanted]));
  }

  /** Columns that the list must have. */
  static columns({ wanted }: Offer, region: string): Column[] {
    // Prefixes of Local Zones have the same form: where the Region's is not known, its code must tell them apart.
    const regionCode: Column[] = isPrefixKnown(region) ? [] : ["Region Code"];
    const particular = wanted.flatMap(({ where = {} }) => Object.keys(where) as Column[]);
    return [...new Set([...COLUMNS, ...particular, ...regionCode])];
  }

  /** @throws PriceError when the row has a wanted price that is no price, or differs from one that was found */
  take(row: Row, line: number): void {
    // Most rows are reserved terms: they are told by one cell.
    if (row("TermType") !== "OnDemand") {
      return;
    }
    const wanted = this.wanted.get(withoutPrefix(row("usageType"), this.region) ?? "");
    if (wanted === undefined || !this.applies(row, wanted)) {
      return;
    }
    const rejected = rejection(row, wanted);
    if (rejected !== undefined) {
      this.rejected.set(wanted.key, rejected);
      return;
    }
    const usd = this.amount(row, line, wanted.key);
    if (usd === "0") {
      this.rejected.set(wanted.key, "the list has it at 0 only");
      return;
    }
    this.keep(wanted.key, { usd, sku: row("SKU"), line });
  }

  /** The prices that were found, as decimal text. */
  prices(): Partial<Record<PriceKey, string>> {
    return Object.fromEntries([...this.found].map(([key, { usd }]) => [key, usd]));
  }

  /** The wanted prices that were not found, each with the reason. */
  missing(): Partial<Record<PriceKey, string>> {
    return Object.fromEntries(
      this.offer.wanted
        .filter(({ key }) => !this.found.has(key))
        .map(({ key }) => [key, this.rejected.get(key) ?? `not in the list of ${this.offer.code}`]),
    );
  }

  /** In the Region itself (not in one of its Local Zones), of the first tier, and of the wanted kind. */
  private applies(row: Row, { where = {} }: WantedPrice): boolean {
    const region = row("Region Code");
    return (
      (region === "" || region === this.region) &&
      Number(row("StartingRange")) === 0 &&
      Object.entries(where).every(([column, value]) => row(column as Column) === value)
    );
  }

  private amount(row: Row, line: number, key: PriceKey): string {
    const text = row("PricePerUnit");
    try {
      const amount = Money.usd(text);
      if (amount.compareTo(Money.ZERO) >= 0) {
        return amount.toString();
      }
    } catch {
      // Told below, with the line.
    }
    throw rowDamaged(
      this.url,
      line,
      `has ${quote(text)} as the price for ${quote(key)}, which is no amount of 0 or more`,
    );
  }

  private keep(key: PriceKey, price: Found): void {
    const before = this.found.get(key);
    if (before !== undefined && before.usd !== price.usd) {
      throw conflict(this.url, key, shown(before), shown(price));
    }
    this.found.set(key, price);
  }
}

function rejection(row: Row, { unit }: WantedPrice): string | undefined {
  if (row("Currency") !== "USD") {
    return `the list has it in ${quote(row("Currency"))}, not in "USD"`;
  }
  return unit.pattern.test(row("Unit")) ? undefined : `the list has it per ${quote(row("Unit"))}, not in ${unit.name}`;
}

function shown({ usd, sku, line }: Found): string {
  return `${usd} (line ${line}, SKU ${quote(sku)})`;
}
