import type { Money } from "../units/money";
import { HOURS_PER_MONTH } from "../units/time";
import type { MoneyRange } from "./cost";

const HOURS_PER_DAY = 24;

/** As sentences show an amount: `$12.30`. */
export function usd(amount: Money): string {
  return `$${amount.toFixed(2)}`;
}

/** As sentences show a range: `$12.30`, or `$12.30 to $49.20`. */
export function usdRange({ min, max }: MoneyRange): string {
  return min.compareTo(max) === 0 ? usd(min) : `${usd(min)} to ${usd(max)}`;
}

/** The part of a month's amount that is a day's. */
export function aDay(month: Money): Money {
  return month.times(HOURS_PER_DAY).dividedBy(HOURS_PER_MONTH);
}

/** `1 node`, `3 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `3 nodes`, or `3 to 12 nodes`. */
export function countedRange({ min, max }: { readonly min: number; readonly max: number }, noun: string): string {
  return min === max ? counted(min, noun) : `${min} to ${counted(max, noun)}`;
}

/** A share from 0 to 1 as a whole percentage: `41%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
