import ipaddr from "ipaddr.js";

/** Number of addresses that AWS keeps for itself in every subnet (first four and the last). */
const AWS_RESERVED_ADDRESSES = 5;

/**
 * An IPv4 network in CIDR notation, such as `10.0.0.0/16`. Immutable.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export class Cidr {
  private constructor(
    /** First address as an unsigned 32-bit integer. */
    private readonly first: number,
    /** Number of leading network bits, 0 to 32. */
    readonly prefix: number,
  ) {}

  /**
   * @param text IPv4 network in CIDR notation, with no host bits set
   * @throws RangeError with the nearest valid network when there is one
   */
  static parse(text: string): Cidr {
    const problem = Cidr.problemOf(text);
    if (problem !== undefined) {
      throw new RangeError(problem);
    }
    const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
    return new Cidr(toInteger(address.octets), prefix);
  }

  /** Why `text` is not an IPv4 network, or `undefined` when it is one. */
  static problemOf(text: string): string | undefined {
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
      return `"${text}" is not an IPv4 network; write it as four decimals and a prefix length, like "10.0.0.0/16"`;
    }
    const network = ipaddr.IPv4.networkAddressFromCIDR(text).toString();
    const prefix = Number(text.slice(text.indexOf("/") + 1));
    return text === `${network}/${prefix}`
      ? undefined
      : `"${text}" is not how this network is written, with its first address; write it "${network}/${prefix}"`;
  }

  /** How many addresses the network spans. */
  get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /** How many of them AWS leaves usable when the network is a subnet. */
  get usableInSubnet(): number {
    return Math.max(0, this.size - AWS_RESERVED_ADDRESSES);
  }

  contains(other: Cidr): boolean {
    return other.first >= this.first && other.first + other.size <= this.first + this.size;
  }

  overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  /**
   * The `index`-th of the equal parts that `newBits` more network bits make, as Terraform's `cidrsubnet` counts them.
   *
   * @param newBits bits to add to the prefix, 0 or more
   * @param index part to take, from 0
   * @throws RangeError when there is no such part
   */
  subnet(newBits: number, index: number): Cidr {
    const prefix = this.prefix + newBits;
    const isPart = newBits >= 0 && prefix <= 32 && Number.isInteger(index) && index >= 0 && index < 2 ** newBits;
    if (!isPart) {
      throw new RangeError(`${this} has no part ${index} of ${2 ** newBits}`);
    }
    return new Cidr(this.first + index * 2 ** (32 - prefix), prefix);
  }

  toString(): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(this.first / 2 ** shift) % 256);
    return `${octets.join(".")}/${this.prefix}`;
  }
}

function toInteger(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
