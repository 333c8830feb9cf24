import { Money } from "../units/money";
import type { MoneyRange } from "./cost";

const NO_MONEY: MoneyRange = { min: Money.ZERO, max: Money.ZERO };

/** An amount at the fewest and at the most of something, computed once where they are the same. */
export function rangeOf(
  count: { readonly min: number; readonly max: number },
  of: (count: number) => Money,
): MoneyRange {
  const min = of(count.min);
  return { min, max: count.max === count.min ? min : of(count.max) };
}

export function sumRanges(ranges: Iterable<MoneyRange | undefined>): MoneyRange {
  let { min, max } = NO_MONEY;
  for (const range of ranges) {
    min = range === undefined ? min : min.plus(range.min);
    max = range === undefined ? max : max.plus(range.max);
  }
  return { min, max };
}
