import fc from "fast-check";
import { ipFamilyOf, ipNetworkProblem } from "../../src/units/ip-network";

describe("ipNetworkProblem", () => {
  test.each(["10.0.0.0/8", "192.0.2.7/32", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1/128", "::/0"])(
    "takes %j",
    (text) => {
      expect(ipNetworkProblem(text)).toBeUndefined();
    },
  );

  test.each([
    ["2001:DB8::/32", "2001:db8::/32"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["2001:db8:0:0::/64", "2001:db8::/64"],
    ["10.0.0.1/8", "10.0.0.0/8"],
  ])("tells how %j is written", (text, right) => {
    expect(ipNetworkProblem(text)).toBe(
      `"${text}" is not how this network is written, with its first address; write it "${right}"`,
    );
  });

  test("tells what is no network", () => {
    expect(ipNetworkProblem("2001:db8::")).toBe(
      `"2001:db8::" is not an IPv6 network; write it as an address and a prefix length, like "2001:db8::/32"`,
    );
    expect(ipNetworkProblem("example.com")).toMatch(/^"example.com" is not an IPv4 network; /);
  });

  test("takes what it tells to write, for every network", () => {
    const network = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(network, ([address, prefix]) => {
        const text = `${address}/${prefix}`;
        const right = /write it "(.*)"$/.exec(ipNetworkProblem(text) ?? "")?.[1] ?? text;
        expect(ipNetworkProblem(right)).toBeUndefined();
        expect(ipFamilyOf(right)).toBe(ipFamilyOf(text));
      }),
    );
  });
});
