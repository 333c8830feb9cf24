import { publicAccessProblems, publicAccessWarning, serviceCidrProblem } from "../../src/model/cluster-network";
import { Cidr } from "../../src/units/cidr";

describe("serviceCidrProblem", () => {
  test.each(["172.16.0.0/12", "10.100.0.0/16", "192.168.0.0/24", "172.31.255.0/24", "10.0.0.0/12"])(
    "%s is accepted",
    (cidr) => {
      expect(serviceCidrProblem(cidr, undefined)).toBeUndefined();
    },
  );

  test.each(["10.0.0.0/8", "10.0.0.0/11", "10.0.0.0/25", "172.32.0.0/16", "100.64.0.0/16", "8.8.8.0/24"])(
    "%s is refused",
    (cidr) => {
      expect(serviceCidrProblem(cidr, undefined)).toBe(
        `'serviceCidr' must be a network from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, got "${cidr}"`,
      );
    },
  );

  test("what is not a network is refused", () => {
    expect(serviceCidrProblem("172.20.0.1/16", undefined)).toBe(`'serviceCidr' ${Cidr.problemOf("172.20.0.1/16")}`);
  });

  test("a network beside the VPC's is accepted", () => {
    expect(serviceCidrProblem("10.1.0.0/16", "10.0.0.0/16")).toBeUndefined();
  });

  test("a network that overlaps the VPC's is refused with one that does not", () => {
    expect(serviceCidrProblem("10.0.0.0/12", "10.0.0.0/16")).toBe(
      `'serviceCidr' "10.0.0.0/12" overlaps the VPC's "10.0.0.0/16", so Services could not be reached; use another, like "172.20.0.0/16"`,
    );
    expect(serviceCidrProblem("172.20.1.0/24", "172.20.0.0/16")).toMatch(/use another, like "10\.100\.0\.0\/16"$/);
  });

  test("a VPC whose own network is malformed is not compared, as its own rule refuses it", () => {
    expect(serviceCidrProblem("172.20.0.0/16", "garbage")).toBeUndefined();
  });
});

describe("publicAccessProblems", () => {
  test.each([[[]], [["0.0.0.0/0"]], [["203.0.113.7/32", "198.51.100.0/24"]]])("%j is accepted", (cidrs) => {
    expect(publicAccessProblems(cidrs)).toEqual([]);
  });

  test("forty networks are accepted and forty-one refused", () => {
    const networks = (count: number) => Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);
    expect(publicAccessProblems(networks(40))).toEqual([]);
    expect(publicAccessProblems(networks(41))).toEqual([
      {
        at: [],
        message: "'publicAccessCidrs' must hold at most 40 entries, got 41; merge them into larger networks",
      },
    ]);
  });

  test.each([
    ["10.1.2.0/24", "10.0.0.0/8"],
    ["172.31.0.0/16", "172.16.0.0/12"],
    ["192.168.0.0/16", "192.168.0.0/16"],
    ["100.64.1.0/24", "100.64.0.0/10"],
    ["127.0.0.1/32", "127.0.0.0/8"],
    ["169.254.169.254/32", "169.254.0.0/16"],
    ["224.0.0.0/4", "224.0.0.0/4"],
  ])("%s, from which nobody comes over the internet, is refused", (cidr, reserved) => {
    expect(publicAccessProblems(["203.0.113.0/24", cidr])).toEqual([
      {
        at: [1],
        message: `'publicAccessCidrs' must hold public networks, got "${cidr}", which lies in ${reserved}; clients there reach the private endpoint, so leave it out`,
      },
    ]);
  });

  test("what is not a network is refused", () => {
    expect(publicAccessProblems(["203.0.113.7"])).toEqual([
      { at: [0], message: `'publicAccessCidrs' ${Cidr.problemOf("203.0.113.7")}` },
    ]);
  });

  test("every network that is refused is told, at its place", () => {
    const places = publicAccessProblems(["10.0.0.0/8", "203.0.113.0/24", "nowhere"]).map(({ at }) => at);
    expect(places).toEqual([[0], [2]]);
  });
});

describe("publicAccessWarning", () => {
  test("the whole internet is a warning", () => {
    expect(publicAccessWarning(["203.0.113.0/24", "0.0.0.0/0"])).toBe(
      "'publicAccessCidrs' opens the Kubernetes API to the whole internet (0.0.0.0/0); name your offices' or runners' networks instead",
    );
  });

  test.each([[[]], [["203.0.113.0/24"]]])("%j is none", (cidrs) => {
    expect(publicAccessWarning(cidrs)).toBeUndefined();
  });
});
