/** Numbers remarks in the order in which they come up; the same remark has the same number. */
export class Footnotes {
  private readonly numbers = new Map<string, number>();

  /** The mark that refers to a remark: `[1]`. */
  mark(remark: string): string {
    const number = this.numbers.get(remark) ?? this.numbers.size + 1;
    this.numbers.set(remark, number);
    return `[${number}]`;
  }

  /** Every remark behind its mark. */
  get lines(): string[] {
    return [...this.numbers].map(([remark, number]) => `[${number}] ${remark}`);
  }
}
