import Big from "big.js";

/** An amount of US dollars, exact to the last decimal. Immutable. */
export class Money {
  static readonly ZERO = new Money(new Big(0));

  private constructor(private readonly value: Big) {}

  /**
   * @param usd amount as a decimal text, such as "0.04048", or a number that is exact as one
   * @throws RangeError when it is not a decimal number
   */
  static usd(usd: string | number): Money {
    try {
      return new Money(new Big(usd));
    } catch {
      throw new RangeError(`money must be a decimal number of US dollars, got "${usd}"`);
    }
  }

  static sum(amounts: Iterable<Money>): Money {
    let total = Money.ZERO;
    for (const amount of amounts) {
      total = total.plus(amount);
    }
    return total;
  }

  plus(other: Money): Money {
    return new Money(this.value.plus(other.value));
  }

  minus(other: Money): Money {
    return new Money(this.value.minus(other.value));
  }

  times(factor: number | Money): Money {
    return new Money(this.value.times(typeof factor === "number" ? factor : factor.value));
  }

  /** A share of the amount: `percent(20)` is a fifth. */
  percent(percent: number): Money {
    return this.times(percent).dividedBy(100);
  }

  /** @throws RangeError when `divisor` is 0 */
  dividedBy(divisor: number): Money {
    if (divisor === 0) {
      throw new RangeError("money cannot be divided by 0");
    }
    return new Money(this.value.div(divisor));
  }

  /** How many times `other` goes into this, as a plain number; `undefined` when `other` is nothing. */
  ratioTo(other: Money): number | undefined {
    return other.value.eq(0) ? undefined : Number(this.value.div(other.value));
  }

  /** Below zero when this is less than `other`, 0 when they are equal, above zero when it is more. */
  compareTo(other: Money): number {
    return this.value.cmp(other.value);
  }

  /** With exactly so many decimals, rounded half up, without a sign for the currency: `12.30`. */
  toFixed(decimals: number): string {
    return this.value.toFixed(decimals);
  }

  /** With exactly so many decimals, and a comma between thousands: `1,234.50`. */
  toGrouped(decimals: number): string {
    const [whole = "", ...fraction] = this.toFixed(decimals).split(".");
    return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
  }

  /** All decimals, without exponent: `0.000111`. */
  toString(): string {
    return this.value.toFixed();
  }

  toJSON(): string {
    return this.toString();
  }
}
