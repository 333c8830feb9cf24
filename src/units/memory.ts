const KIB = 1024;
const MIB = KIB * KIB;
const GIB = KIB * MIB;
const TIB = KIB * GIB;

/** Kubernetes' suffixes, from the largest unit. */
const SUFFIXES = [
  ["Ti", TIB],
  ["T", 1e12],
  ["Gi", GIB],
  ["G", 1e9],
  ["Mi", MIB],
  ["M", 1e6],
  ["Ki", KIB],
  ["k", 1e3],
] as const;

/**
 * An amount of memory or storage in whole bytes. Immutable. `Gi` is 2^30 bytes; what AWS calls "GB" of Fargate memory
 * is the same.
 */
export class Memory {
  static readonly ZERO = new Memory(0);

  private constructor(
    /** A whole number of 0 or more. */
    readonly bytes: number,
  ) {}

  /** @throws RangeError when `bytes` is not a whole number of 0 or more */
  static ofBytes(bytes: number): Memory {
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new RangeError(`memory must be a whole number of bytes, 0 or more, got ${bytes}`);
    }
    return bytes === 0 ? Memory.ZERO : new Memory(bytes);
  }

  static ofMib(mib: number): Memory {
    return Memory.ofBytes(mib * MIB);
  }

  static ofGib(gib: number): Memory {
    return Memory.ofBytes(gib * GIB);
  }

  /** In MiB, with its fraction. */
  get mib(): number {
    return this.bytes / MIB;
  }

  /** In GiB, with its fraction. */
  get gib(): number {
    return this.bytes / GIB;
  }

  plus(other: Memory): Memory {
    return Memory.ofBytes(Math.min(this.bytes + other.bytes, Number.MAX_SAFE_INTEGER));
  }

  /** What is left of this when `other` is taken away; nothing when that is more. */
  minus(other: Memory): Memory {
    return Memory.ofBytes(Math.max(0, this.bytes - other.bytes));
  }

  max(other: Memory): Memory {
    return this.bytes >= other.bytes ? this : other;
  }

  /** Whether it is enough for `other`. */
  covers(other: Memory): boolean {
    return this.bytes >= other.bytes;
  }

  /** As Kubernetes writes it, in the largest unit that divides it: `512Mi`, `2Gi`, `100M`; plain bytes else. */
  toString(): string {
    const [suffix, unit] = SUFFIXES.find(([, size]) => this.bytes > 0 && this.bytes % size === 0) ?? ["", 1];
    return `${this.bytes / unit}${suffix}`;
  }
}
