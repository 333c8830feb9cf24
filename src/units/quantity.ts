/**
 * Kubernetes quantities in all spellings: `250m`, `1.5`, `2Gi`, `100M`, `1e3`, `12E6`, `.5`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const QUANTITY = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d+))?$/;

const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_EXPONENTS: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** More digits or a larger exponent than any quantity needs; beyond it a value is as good as endless, or as nothing. */
const MAX_EXPONENT = 40;

/** A longer text is no quantity that anybody wrote. */
const MAX_LENGTH = 64;

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The quantity in units of 10^-`decimals`, rounded up to a whole one as Kubernetes does; `undefined` when the text is
 * no quantity or below zero. What is larger than 2^53 - 1 is that number.
 *
 * @param decimals 3 counts CPU in millis, 0 counts memory in bytes
 */
export function parseQuantity(text: string, decimals: 0 | 3): number | undefined {
  const [, sign, digits = "", suffix, exponent = "0"] = (text.length <= MAX_LENGTH && QUANTITY.exec(text)) || [];
  if (sign === undefined || (sign === "-" && /[1-9]/.test(digits))) {
    return undefined;
  }
  const [whole = "", fraction = ""] = digits.split(".");
  const binary = BINARY_EXPONENTS[suffix ?? ""];
  const power = decimals - fraction.length + (DECIMAL_EXPONENTS[suffix ?? ""] ?? Number(exponent));
  const value = BigInt(whole + fraction) << BigInt(binary ?? 0);
  return value === 0n ? 0 : scaled(value, power);
}

/** `value` times 10^`power`, rounded up, at most the largest safe integer. */
function scaled(value: bigint, power: number): number {
  if (power >= 0) {
    const result = power > MAX_EXPONENT ? LARGEST : value * 10n ** BigInt(power);
    return Number(result > LARGEST ? LARGEST : result);
  }
  // A divisor beyond the number of digits rounds any value up to 1: it need not be written out.
  const divisor = 10n ** BigInt(Math.min(-power, value.toString().length));
  const result = (value + divisor - 1n) / divisor;
  return Number(result > LARGEST ? LARGEST : result);
}
