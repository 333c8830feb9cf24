import type { MoneyRange } from "../cost/cost";
import type { Replicas, Workload } from "../model/workload";
import type { Money } from "../units/money";

/** Decimals of an amount for an hour and for a month. */
const HOUR_DECIMALS = 4;
const MONTH_DECIMALS = 2;

/** What stands where an amount is not known: never 0. */
export const UNKNOWN = "-";

/** An amount for an hour: `0.0142`. */
export function hourly(amount: Money): string {
  return decimal(amount, HOUR_DECIMALS);
}

/** An amount for a month: `1,234.56`. */
export function monthly(amount: Money): string {
  return decimal(amount, MONTH_DECIMALS);
}

/** With a separator between thousands. What is more than nothing and rounds to it is `<0.01`. */
function decimal(amount: Money, decimals: number): string {
  const text = amount.toFixed(decimals);
  if (!/[1-9]/.test(text)) {
    return amount.ratioTo(amount) === undefined ? text : `<${text.slice(0, -1)}1`;
  }
  return amount.toGrouped(decimals);
}

/** An amount with its currency; `<$0.01` where it rounds to nothing. */
export function dollars(text: string): string {
  return text.startsWith("<") ? `<$${text.slice(1)}` : `$${text}`;
}

/** Both ends of a range, or the one text when they read the same. */
export function ends({ min, max }: MoneyRange, format: (amount: Money) => string): readonly string[] {
  const [from, to] = [format(min), format(max)];
  return from === to ? [from] : [from, to];
}

/** `17.10 - 85.41`, or `-` when it is not known. */
export function rangeText(range: MoneyRange | undefined, format: (amount: Money) => string): string {
  return range === undefined ? UNKNOWN : ends(range, format).join(" - ");
}

/** `$17.10 to $85.41`, or `-` when it is not known. */
export function dollarsRange(range: MoneyRange | undefined, format: (amount: Money) => string = monthly): string {
  return range === undefined ? UNKNOWN : ends(range, format).map(dollars).join(" to ");
}

/** A share as a whole percent: `24%`; `<1%` and `>99%` where the whole percent would claim nothing or everything. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) {
    return "<1%";
  }
  return share > 0.99 && share < 1 ? ">99%" : `${Math.round(share * 100)}%`;
}

/** The share of a range that another is, at its fewest replicas, or at its most where the fewest cost nothing. */
export function shareOf(part: MoneyRange, whole: MoneyRange): number | undefined {
  return part.min.ratioTo(whole.min) ?? part.max.ratioTo(whole.max);
}

/** `1`, or `2-10`. */
export function count({ min, max }: Pick<Replicas, "min" | "max">): string {
  return min === max ? String(min) : `${min}-${max}`;
}

/** `1 pod`, `2 pods`, `2 to 10 pods`. */
export function plural(number: number | Pick<Replicas, "min" | "max">, one: string, many = `${one}s`): string {
  const { min, max } = typeof number === "number" ? { min: number, max: number } : number;
  return `${min === max ? thousands(min) : `${thousands(min)} to ${thousands(max)}`} ${max === 1 ? one : many}`;
}

export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `web/api (Deployment)`. */
export function workloadLabel({ namespace, name, kind }: Workload): string {
  return `${namespace}/${name} (${kind})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1);
  return last === undefined || items.length === 1 ? (last ?? "") : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** With a capital letter at the beginning and a full stop at the end. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

/** Characters that a terminal obeys, or that change the order of what is read: from manifests, they are shown instead. */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from manifests, on one line and without power over the terminal: `\u001b` for an escape. */
export function printable(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, " ")
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
