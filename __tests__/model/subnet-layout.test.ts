import fc from "fast-check";
import { planSubnets, type SubnetTier, subnetProblems, vpcCidrProblems } from "../../src/model/subnet-layout";
import { Cidr } from "../../src/units/cidr";

fc.configureGlobal({ seed: 20261121, numRuns: 150 });

const BOTH: readonly SubnetTier[] = ["private", "public"];
const ZONES = ["eu-west-1a", "eu-west-1b"];
const ALL_ZONES = [..."abcdefgh"].map((letter) => `eu-west-1${letter}`);

const tiers = fc.constantFrom<readonly SubnetTier[]>(BOTH, ["private"]);
const zones = fc.oneof(fc.shuffledSubarray(ALL_ZONES), fc.shuffledSubarray(["1", "2", "3", "4", "5", "6", "7", "8"]));
const vpc = fc.tuple(fc.integer({ min: 16, max: 22 }), fc.nat({ max: 2 ** 32 - 1 })).map(([prefix, value]) => {
  const first = value - (value % 2 ** (32 - prefix));
  return Cidr.parse(`${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${prefix}`);
});
const plan = (cidr: Cidr, names: readonly string[], of: readonly SubnetTier[]) =>
  planSubnets(cidr, names, of).map(({ zone, tier, cidr: part }) => `${zone} ${tier} ${part}`);

describe("planSubnets", () => {
  test("a /16 gives private subnets of /20 in its lower half and public ones of /21 after it", () => {
    expect(plan(Cidr.parse("10.0.0.0/16"), ["eu-west-1a", "eu-west-1h"], BOTH)).toEqual([
      "eu-west-1a private 10.0.0.0/20",
      "eu-west-1a public 10.0.128.0/21",
      "eu-west-1h private 10.0.112.0/20",
      "eu-west-1h public 10.0.184.0/21",
    ]);
  });

  test("a looked-up zone has the place of the letter with its number", () => {
    const cidrs = (zone: string) => planSubnets(Cidr.parse("10.0.0.0/16"), [zone], BOTH).map(({ cidr }) => `${cidr}`);
    expect(cidrs("3")).toEqual(cidrs("eu-west-1c"));
  });

  test("there is one subnet for each zone and tier", () => {
    fc.assert(
      fc.property(vpc, zones, tiers, (cidr, names, of) => {
        const got = planSubnets(cidr, names, of).map(({ zone, tier }) => `${zone} ${tier}`);
        expect(got.sort()).toEqual(names.flatMap((zone) => of.map((tier) => `${zone} ${tier}`)).sort());
      }),
    );
  });

  test("subnets lie inside the VPC and do not overlap", () => {
    fc.assert(
      fc.property(vpc, zones, tiers, (cidr, names, of) => {
        const parts = planSubnets(cidr, names, of).map((subnet) => subnet.cidr);
        expect(parts.every((part) => cidr.contains(part))).toBe(true);
        expect(parts.some((part, index) => parts.slice(0, index).some((other) => other.overlaps(part)))).toBe(false);
      }),
    );
  });

  test("the last quarter of the VPC stays free", () => {
    fc.assert(
      fc.property(vpc, zones, (cidr, names) => {
        const free = cidr.subnet(2, 3);
        expect(planSubnets(cidr, names, BOTH).some((subnet) => subnet.cidr.overlaps(free))).toBe(false);
      }),
    );
  });

  test("the order of the zones does not matter", () => {
    fc.assert(
      fc.property(vpc, zones, (cidr, names) => {
        expect(plan(cidr, [...names].reverse(), BOTH)).toEqual(plan(cidr, names, BOTH));
      }),
    );
  });

  test("a zone that is added or removed moves no other", () => {
    fc.assert(
      fc.property(vpc, zones, fc.nat(7), tiers, (cidr, names, index, of) => {
        const fewer = names.filter((_, place) => place !== index);
        const before = plan(cidr, names, of);
        expect(before).toEqual(expect.arrayContaining(plan(cidr, fewer, of)));
      }),
    );
  });

  test("a tier that is added moves no subnet of the other", () => {
    fc.assert(
      fc.property(vpc, zones, (cidr, names) => {
        expect(plan(cidr, names, BOTH)).toEqual(expect.arrayContaining(plan(cidr, names, ["private"])));
      }),
    );
  });

  test("every VPC that is not refused can be split, and its subnets take a load balancer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 28 }), tiers, (prefix, of) => {
        const cidr = `10.0.0.0/${prefix}`;
        if (vpcCidrProblems(cidr, of, false).length === 0) {
          expect(subnetProblems(cidr, ALL_ZONES, of)).toEqual([]);
          expect(planSubnets(Cidr.parse(cidr), ALL_ZONES, of).every((subnet) => subnet.cidr.prefix <= 27)).toBe(true);
        }
      }),
    );
  });

  test("a network of one's own replaces the derived one of its zone and tier", () => {
    const own = { "eu-west-1a": { public: "10.0.255.0/24" } };
    expect(planSubnets(Cidr.parse("10.0.0.0/16"), ["eu-west-1a"], BOTH, own).map(({ cidr }) => `${cidr}`)).toEqual([
      "10.0.0.0/20",
      "10.0.255.0/24",
    ]);
  });
});

describe("vpcCidrProblems", () => {
  const messages = (cidr: string, of = BOTH, planned = false) =>
    vpcCidrProblems(cidr, of, planned).map(({ message }) => message);

  test("a /16 is the largest VPC and a /22 the smallest that is split into both tiers", () => {
    expect(messages("10.0.0.0/16")).toEqual([]);
    expect(messages("10.0.0.0/22")).toEqual([]);
  });

  test("a /23 can be split into private subnets only", () => {
    expect(messages("10.0.0.0/23", ["private"])).toEqual([]);
    expect(messages("10.0.0.0/23")).toEqual([
      `'cidr' "10.0.0.0/23" is too small to be split: its smallest subnets would be /28, and load balancers need /27; use /22 or larger, or give every zone its 'subnetCidrs'`,
    ]);
  });

  test("a VPC whose zones have networks of their own may be as small as AWS allows", () => {
    expect(messages("10.0.0.0/28", BOTH, true)).toEqual([]);
  });

  test.each(["10.0.0.0/15", "10.0.0.0/29"])("%s, which AWS does not allow, is refused", (cidr) => {
    expect(vpcCidrProblems(cidr, BOTH, true)).toEqual([
      { at: ["cidr"], message: `'cidr' must be a network from /16 to /28, as AWS has it for a VPC, got "${cidr}"` },
    ]);
  });

  test("what is not a network is refused", () => {
    expect(messages("10.0.0.1/16")).toEqual([`'cidr' ${Cidr.problemOf("10.0.0.1/16")}`]);
  });
});

describe("subnetProblems", () => {
  const messages = (...args: Parameters<typeof subnetProblems>) =>
    subnetProblems(...args).map(({ message }) => message);

  test("the letters a to h have a place", () => {
    expect(subnetProblems("10.0.0.0/16", ALL_ZONES, BOTH)).toEqual([]);
  });

  test("another letter has none and is refused, unless it has networks of its own", () => {
    const zone = "us-east-1i";
    expect(subnetProblems("10.0.0.0/16", [zone], BOTH)).toEqual([
      {
        at: ["zones"],
        message: `zone "us-east-1i" has no place in the derived addressing plan, which knows the letters a to h; give it 'subnetCidrs'`,
      },
    ]);
    const own = { [zone]: { private: "10.0.0.0/20", public: "10.0.16.0/20" } };
    expect(subnetProblems("10.0.0.0/16", [zone], BOTH, own)).toEqual([]);
    expect(subnetProblems("10.0.0.0/16", [zone], BOTH, { [zone]: { private: "10.0.0.0/20" } })).toHaveLength(1);
  });

  test("networks for a zone that is not there are refused", () => {
    expect(messages("10.0.0.0/16", ZONES, BOTH, { "eu-west-1c": { private: "10.0.0.0/20" } })).toEqual([
      `'subnetCidrs' names zone "eu-west-1c", which is not in 'zones'; add it there or remove it here`,
    ]);
  });

  test("a public network is refused where there are no public subnets, instead of being passed over", () => {
    const own = { "eu-west-1a": { private: "10.0.0.0/20", public: "10.0.128.0/24" } };
    expect(subnetProblems("10.0.0.0/16", ZONES, ["private"], own)).toEqual([
      {
        at: ["subnetCidrs", "eu-west-1a", "public"],
        message: `'subnetCidrs' names a public network for zone "eu-west-1a", and 'publicSubnets' is false; remove one of the two`,
      },
    ]);
  });

  test("what is not a network is refused at its place", () => {
    expect(subnetProblems("10.0.0.0/16", ZONES, BOTH, { "eu-west-1b": { public: "10.0" } })).toEqual([
      { at: ["subnetCidrs", "eu-west-1b", "public"], message: `'subnetCidrs' ${Cidr.problemOf("10.0")}` },
    ]);
  });

  test("a /28 is the smallest subnet", () => {
    const own = (cidr: string) => ({ "eu-west-1a": { public: cidr } });
    expect(subnetProblems("10.0.0.0/16", ZONES, BOTH, own("10.0.255.0/28"))).toEqual([]);
    expect(messages("10.0.0.0/16", ZONES, BOTH, own("10.0.255.0/29"))).toEqual([
      `'subnetCidrs' must hold networks of /28 or larger, as AWS has it for a subnet, got "10.0.255.0/29"`,
    ]);
  });

  test("a network outside the VPC is refused", () => {
    expect(subnetProblems("10.0.0.0/16", ZONES, BOTH, { "eu-west-1a": { private: "10.1.0.0/20" } })).toEqual([
      {
        at: ["subnetCidrs", "eu-west-1a", "private"],
        message: `private subnet "10.1.0.0/20" of zone "eu-west-1a" lies outside the VPC's 'cidr' "10.0.0.0/16"; choose a part of it`,
      },
    ]);
  });

  test("a network that overlaps another subnet is refused with both named", () => {
    expect(messages("10.0.0.0/16", ZONES, BOTH, { "eu-west-1b": { public: "10.0.15.0/24" } })).toEqual([
      `public subnet "10.0.15.0/24" of zone "eu-west-1b" overlaps private subnet "10.0.0.0/20" of zone "eu-west-1a"; give one of them another 'subnetCidrs'`,
    ]);
  });

  test("in a VPC too small to be split, every zone without a network of its own is refused", () => {
    const own = { "eu-west-1a": { private: "10.0.0.0/28" }, "eu-west-1b": { private: "10.0.0.16/28" } };
    expect(subnetProblems("10.0.0.0/26", ZONES, ["private"], own)).toEqual([]);
    expect(subnetProblems("10.0.0.0/26", ZONES, ["private"], { "eu-west-1a": { private: "10.0.0.0/28" } })).toEqual([
      {
        at: ["subnetCidrs"],
        message: `'cidr' "10.0.0.0/26" is too small to derive the private subnet of zone "eu-west-1b", which would be /30, and load balancers need /27; give it in 'subnetCidrs'`,
      },
    ]);
  });
});
