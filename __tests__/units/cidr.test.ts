import fc from "fast-check";
import { Cidr } from "../../src/units/cidr";

fc.configureGlobal({ seed: 20261121, numRuns: 200 });

/** A slow, obvious second implementation: a network is the numbers from its first to its last address. */
function rangeOf(text: string): { first: bigint; last: bigint } {
  const [address = "", prefix = ""] = text.split("/");
  const bits = address.split(".").map((octet) => BigInt(octet).toString(2).padStart(8, "0"));
  const first = BigInt(`0b${bits.join("")}`);
  return { first, last: first + (1n << BigInt(32 - Number(prefix))) - 1n };
}

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const networkWith = (prefix: fc.Arbitrary<number>) =>
  fc.tuple(address, prefix).map(([value, length]) => {
    const first = value - (value % 2 ** (32 - length));
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${length}`;
  });
const network = networkWith(fc.integer({ min: 0, max: 32 }));

/** Two networks near each other, so that both answers occur often. */
const pair = fc
  .tuple(network, fc.integer({ min: 0, max: 32 }), address)
  .map(([text, length, value]): [string, string] => {
    const { first } = rangeOf(text);
    const near = Number((first + BigInt(value % 512)) % 2n ** 32n);
    const start = near - (near % 2 ** (32 - length));
    return [text, `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${length}`];
  });

describe("parse", () => {
  test("the smallest network is one address", () => {
    expect(Cidr.parse("192.0.2.1/32").size).toBe(1);
  });

  test("the largest network is every address", () => {
    expect(Cidr.parse("0.0.0.0/0").size).toBe(2 ** 32);
  });

  test("the last address is a network too", () => {
    expect(Cidr.parse("255.255.255.255/32").toString()).toBe("255.255.255.255/32");
  });

  test("a network is written as it was read", () => {
    fc.assert(fc.property(network, (text) => Cidr.parse(text).toString() === text));
  });

  test("text that is accepted is always written as it was read", () => {
    const octet = fc.constantFrom("0", "00", "10", "010", "255", "256", "0x1", "");
    const almost = fc
      .tuple(fc.array(octet, { minLength: 3, maxLength: 5 }), fc.constantFrom("0", "8", "08", "+8", "8.0", "32", "33"))
      .map(([octets, prefix]) => `${octets.join(".")}/${prefix}`);
    fc.assert(
      fc.property(almost, (text) => Cidr.problemOf(text) !== undefined || Cidr.parse(text).toString() === text),
    );
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0/16",
    "256.0.0.0/8",
    "::/0",
    " 10.0.0.0/8",
  ])("%j is not an IPv4 network", (text) => {
    expect(Cidr.problemOf(text)).toBe(
      `"${text}" is not an IPv4 network; write it as four decimals and a prefix length, like "10.0.0.0/16"`,
    );
  });

  test("an octet with a leading zero, which some programs read as octal, is refused", () => {
    expect(Cidr.problemOf("010.0.0.0/8")).toMatch(/^"010\.0\.0\.0\/8" is not an IPv4 network/);
  });

  test("host bits are refused with the network that was meant", () => {
    expect(Cidr.problemOf("10.0.0.1/16")).toBe(
      '"10.0.0.1/16" is not how this network is written, with its first address; write it "10.0.0.0/16"',
    );
  });

  test("a prefix length with a leading zero is refused", () => {
    expect(Cidr.problemOf("10.0.0.0/08")).toMatch(/write it "10\.0\.0\.0\/8"$/);
  });

  test("parse throws what problemOf says", () => {
    expect(() => Cidr.parse("10.0.0.1/16")).toThrow(new RangeError(Cidr.problemOf("10.0.0.1/16")));
  });
});

describe("size", () => {
  test("AWS keeps five addresses of a subnet for itself", () => {
    expect(Cidr.parse("10.0.0.0/28").usableInSubnet).toBe(11);
  });

  test("a network smaller than what AWS keeps has no usable address", () => {
    expect(Cidr.parse("10.0.0.0/30").usableInSubnet).toBe(0);
  });
});

describe("contains and overlaps", () => {
  test("networks side by side do not overlap", () => {
    expect(Cidr.parse("10.0.0.0/17").overlaps(Cidr.parse("10.0.128.0/17"))).toBe(false);
  });

  test("contains agrees with comparing first and last addresses", () => {
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const [a, b] = [rangeOf(left), rangeOf(right)];
        expect(Cidr.parse(left).contains(Cidr.parse(right))).toBe(a.first <= b.first && b.last <= a.last);
      }),
    );
  });

  test("overlaps is symmetric and agrees with comparing first and last addresses", () => {
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const [a, b] = [rangeOf(left), rangeOf(right)];
        const overlap = a.first <= b.last && b.first <= a.last;
        expect(Cidr.parse(left).overlaps(Cidr.parse(right))).toBe(overlap);
        expect(Cidr.parse(right).overlaps(Cidr.parse(left))).toBe(overlap);
      }),
    );
  });
});

describe("subnet", () => {
  test("parts are counted as Terraform's cidrsubnet counts them", () => {
    expect(Cidr.parse("10.0.0.0/16").subnet(4, 15).toString()).toBe("10.0.240.0/20");
  });

  test("no new bits make the network itself", () => {
    expect(Cidr.parse("10.0.0.0/16").subnet(0, 0).toString()).toBe("10.0.0.0/16");
  });

  test("the parts of a network are disjoint, lie inside it and fill it", () => {
    fc.assert(
      fc.property(networkWith(fc.integer({ min: 0, max: 29 })), fc.integer({ min: 0, max: 3 }), (text, newBits) => {
        const whole = Cidr.parse(text);
        const parts = Array.from({ length: 2 ** newBits }, (_, index) => whole.subnet(newBits, index));
        expect(parts.every((part) => whole.contains(part))).toBe(true);
        expect(parts.some((part, index) => parts.slice(0, index).some((other) => other.overlaps(part)))).toBe(false);
        expect(parts.reduce((sum, part) => sum + part.size, 0)).toBe(whole.size);
      }),
    );
  });

  test.each([
    [17, 0],
    [4, 16],
    [4, -1],
    [4, 0.5],
    [-1, 0],
  ])("a part that is not there is refused: %d new bits, index %d", (newBits, index) => {
    expect(() => Cidr.parse("10.0.0.0/16").subnet(newBits, index)).toThrow(
      new RangeError(`10.0.0.0/16 has no part ${index} of ${2 ** newBits}`),
    );
  });
});
