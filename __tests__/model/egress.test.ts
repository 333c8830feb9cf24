import { natProblems, natZones } from "../../src/model/egress";

const ZONES = ["eu-west-1a", "eu-west-1b"];
const messages = (options: Parameters<typeof natProblems>[0]) =>
  natProblems(options, ZONES).map(({ message }) => message);

describe("natZones", () => {
  test("a single NAT gateway, the default, stands in the first zone", () => {
    expect([...natZones({}, ZONES)]).toEqual(["eu-west-1a"]);
  });

  test("a single NAT gateway stands in the zone that is named", () => {
    expect([...natZones({ nat: "single", natZone: "eu-west-1b" }, ZONES)]).toEqual(["eu-west-1b"]);
  });

  test("one NAT gateway in each zone", () => {
    expect([...natZones({ nat: "per-zone" }, ZONES)]).toEqual(ZONES);
  });

  test("none when none is asked for", () => {
    expect(natZones({ nat: "none" }, ZONES).size).toBe(0);
  });

  test("none without public subnets, where none could stand", () => {
    expect(natZones({ publicSubnets: false }, ZONES).size).toBe(0);
  });
});

describe("natProblems", () => {
  test.each([
    {},
    { nat: "none" },
    { nat: "per-zone" },
    { natZone: "eu-west-1b" },
    { publicSubnets: false },
    { publicSubnets: false, nat: "none" },
  ] as const)("%j is accepted", (options) => {
    expect(natProblems(options, ZONES)).toEqual([]);
  });

  test.each(["single", "per-zone"] as const)("%j without public subnets is refused", (nat) => {
    expect(natProblems({ nat, publicSubnets: false }, ZONES)).toEqual([
      {
        at: ["nat"],
        message: `'nat' must be "none" when 'publicSubnets' is false, got "${nat}": a NAT gateway stands in a public subnet; leave 'publicSubnets' out, or use 'interfaceEndpoints' instead of NAT`,
      },
    ]);
  });

  test.each(["none", "per-zone"] as const)("a zone for 'nat' %j is refused", (nat) => {
    expect(messages({ nat, natZone: "eu-west-1a" })).toEqual([
      `'natZone' is for 'nat' "single", got "${nat}"; remove it`,
    ]);
  });

  test("a zone that the VPC does not have is refused with those that it has", () => {
    expect(natProblems({ natZone: "eu-west-1c" }, ZONES)).toEqual([
      {
        at: ["natZone"],
        message: `'natZone' must be one of the VPC's zones "eu-west-1a", "eu-west-1b", got "eu-west-1c"`,
      },
    ]);
  });
});
