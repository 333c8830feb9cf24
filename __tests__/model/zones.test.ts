import { zoneChoiceProblems, zoneKeys, zonesProblems } from "../../src/model/zones";

describe("zoneKeys", () => {
  test("zones by name are sorted, and the list that is given keeps its order", () => {
    const given = ["eu-west-1b", "eu-west-1a"];
    expect(zoneKeys(given)).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(given).toEqual(["eu-west-1b", "eu-west-1a"]);
  });

  test("zones that are looked up are numbered from 1", () => {
    expect(zoneKeys({ count: 3 })).toEqual(["1", "2", "3"]);
  });

  test.each([9, 5_000_000_000, Number.POSITIVE_INFINITY])(
    "a refused count of %d makes no more than 8 keys",
    (count) => {
      expect(zoneKeys({ count })).toHaveLength(8);
    },
  );
});

describe("zonesProblems", () => {
  test.each([2, 8])("%d zones can be looked up", (count) => {
    expect(zonesProblems("eu-west-1", { count })).toEqual([]);
  });

  test.each([0, 1, 9, 2.5, -1, Number.NaN])("%d zones cannot be looked up", (count) => {
    expect(zonesProblems("eu-west-1", { count })).toEqual([
      { at: ["zones", "count"], message: `'count' of 'zones' must be 2 to 8, got ${count}` },
    ]);
  });

  test("two zones by name are enough, in any order", () => {
    expect(zonesProblems("eu-west-1", ["eu-west-1b", "eu-west-1a"])).toEqual([]);
  });

  test("one zone is refused", () => {
    expect(zonesProblems("eu-west-1", ["eu-west-1a"])).toEqual([
      {
        at: ["zones"],
        message: `'zones' must hold at least 2 zones, as EKS wants it, got ["eu-west-1a"]; add one`,
      },
    ]);
  });

  test("no zone is refused", () => {
    expect(zonesProblems("eu-west-1", []).map(({ message }) => message)).toEqual([
      "'zones' must hold at least 2 zones, as EKS wants it, got []; add one",
    ]);
  });

  test("a zone that is there twice is refused at its second place", () => {
    expect(zonesProblems("eu-west-1", ["eu-west-1a", "eu-west-1b", "eu-west-1a"])).toEqual([
      { at: ["zones", 2], message: `'zones' holds "eu-west-1a" twice; name each zone once` },
    ]);
  });

  test("every zone of another region is refused at its place", () => {
    expect(zonesProblems("eu-west-1", ["eu-west-2a", "eu-west-1b", "eu-west-3a"]).map(({ at }) => at)).toEqual([
      ["zones", 0],
      ["zones", 2],
    ]);
  });
});

describe("zoneChoiceProblems", () => {
  const KNOWN = ["eu-west-1a", "eu-west-1b"];

  test("as many zones as are needed are accepted", () => {
    expect(zoneChoiceProblems(["eu-west-1b"], 1, KNOWN)).toEqual([]);
    expect(zoneChoiceProblems(KNOWN, 2, KNOWN)).toEqual([]);
  });

  test("too few zones are refused with those that there are", () => {
    expect(zoneChoiceProblems([], 1, KNOWN)).toEqual([
      {
        at: ["zones"],
        message: `'zones' must name at least 1 of the VPC's zones "eu-west-1a", "eu-west-1b", got []; leave it out for all of them`,
      },
    ]);
  });

  test("a zone without a private subnet is refused with those that have one", () => {
    expect(zoneChoiceProblems(["eu-west-1a", "eu-west-1c"], 2, KNOWN)).toEqual([
      {
        at: ["zones"],
        message: `'zones' names "eu-west-1c", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b"`,
      },
    ]);
  });
});
