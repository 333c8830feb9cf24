/** Millis of CPU that one vCPU (one Kubernetes CPU) has. */
const MILLIS_PER_VCPU = 1000;

/** An amount of CPU in whole millis: 1000 are one vCPU. Immutable. */
export class Cpu {
  static readonly ZERO = new Cpu(0);

  private constructor(
    /** Thousandths of a vCPU, a whole number of 0 or more. */
    readonly millis: number,
  ) {}

  /** @throws RangeError when `millis` is not a whole number of 0 or more */
  static ofMillis(millis: number): Cpu {
    if (!Number.isSafeInteger(millis) || millis < 0) {
      throw new RangeError(`CPU must be a whole number of millis, 0 or more, got ${millis}`);
    }
    return millis === 0 ? Cpu.ZERO : new Cpu(millis);
  }

  /** @param vcpu vCPUs in steps of a thousandth, such as 0.25 */
  static ofVcpu(vcpu: number): Cpu {
    return Cpu.ofMillis(Math.round(vcpu * MILLIS_PER_VCPU));
  }

  get vcpu(): number {
    return this.millis / MILLIS_PER_VCPU;
  }

  plus(other: Cpu): Cpu {
    return Cpu.ofMillis(Math.min(this.millis + other.millis, Number.MAX_SAFE_INTEGER));
  }

  /** What is left of this when `other` is taken away; nothing when that is more. */
  minus(other: Cpu): Cpu {
    return Cpu.ofMillis(Math.max(0, this.millis - other.millis));
  }

  max(other: Cpu): Cpu {
    return this.millis >= other.millis ? this : other;
  }

  /** Whether it is enough for `other`. */
  covers(other: Cpu): boolean {
    return this.millis >= other.millis;
  }

  /** As Kubernetes writes it: `250m`, `2`. */
  toString(): string {
    return this.millis % MILLIS_PER_VCPU === 0 ? String(this.vcpu) : `${this.millis}m`;
  }
}
