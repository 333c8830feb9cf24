import type { Finding } from "../model/finding";
import type { Money } from "../units/money";
import { HOURS_PER_MONTH } from "../units/time";
import type { MoneyRange } from "./cost";

const HOURS_PER_DAY = 24;

/** As sentences show an amount: `$1,212.30`. */
export function usd(amount: Money): string {
  return `$${amount.toGrouped(2)}`;
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

/**
 * Why Fargate does not run a workload, each error by what was found and its rule: `it is privileged (privileged)`. What a
 * rule adds as its reason is on the rule's page.
 *
 * @param findings what Fargate says of the workload; without an error among them it is too large
 */
export function refusal(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error");
  return errors.length === 0
    ? "no size of Fargate is large enough for its requests"
    : [...new Set(errors.map(({ message, rule }) => `${message.split("; ", 1)[0]} (${rule})`))].join("; ");
}

/** Names that a sentence lists before the rest is counted. */
const MOST_NAMES = 3;

/** `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`. */
export function listed(names: readonly string[]): string {
  const shown =
    names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names;
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter((part) => part !== "").join(" and ");
}
