import { type Problem, problemAt, quote } from "./problem";

/**
 * Why a value is no whole number from the first to the last, or `undefined`.
 *
 * @param value `undefined` where it is left out, which is never wrong
 * @param of whose property it is, like "of the queue"; nothing where the place in the settings tells
 */
export function wholeProblem(
  property: string,
  value: number | undefined,
  [first, last]: readonly [number, number],
  of = "",
): string | undefined {
  return value === undefined || (Number.isInteger(value) && value >= first && value <= last)
    ? undefined
    : `'${property}'${of === "" ? "" : ` ${of}`} must be a whole number from ${first} to ${last}, got ${quote(value)}`;
}

/** The same, at the property. */
export function wholeProblems(...given: Parameters<typeof wholeProblem>): Problem[] {
  return problemAt([given[0]], wholeProblem(...given));
}
