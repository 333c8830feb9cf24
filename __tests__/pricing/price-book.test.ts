import { regionProblem } from "../../src/model/regions";
import { INSTANCE_TYPES, instanceType } from "../../src/pricing/instance-types";
import { PRICE_KEYS, type PriceKey } from "../../src/pricing/price";
import { PriceBook } from "../../src/pricing/price-book";
import { isPriceAmount, isPriceKey, type PriceTable } from "../../src/pricing/price-table";
import data from "../../src/pricing/prices.json";

/** Plainer than what TypeScript makes of the file, a type for each of its objects. */
interface Group {
  readonly source: string;
  readonly caveat?: string;
  readonly prices: Readonly<Record<string, string>>;
}
const GROUPS: Readonly<Record<string, readonly Group[]>> = data.regions;

function usd(region: string, key: PriceKey): string | undefined {
  return PriceBook.builtIn(region).find(key)?.usd.toString();
}

describe("the built-in prices", () => {
  test.each<[string, PriceKey, string]>([
    ["eu-west-1", "fargate/x86/vcpu-hour", "0.04048"],
    ["eu-west-1", "fargate/x86/gib-hour", "0.004445"],
    ["eu-west-1", "fargate/arm/vcpu-hour", "0.03238"],
    ["eu-west-1", "fargate/spot/vcpu-hour", "0.01225536"],
    ["eu-west-1", "nat-gateway/hour", "0.048"],
    ["eu-west-1", "nat-gateway/gb", "0.048"],
    ["eu-west-1", "interface-endpoint/zone-hour", "0.011"],
    ["eu-west-1", "ec2/m6i.large", "0.107"],
    ["eu-west-1", "ec2/c6i.2xlarge", "0.3648"],
    ["us-east-1", "fargate/ephemeral-storage/gib-hour", "0.000111"],
    ["us-east-1", "eks/cluster-hour", "0.1"],
    ["us-east-1", "eks/extended-support-hour", "0.5"],
    ["us-east-1", "ebs/gp3/gib-month", "0.08"],
    ["us-east-1", "ec2/m7i.xlarge", "0.2016"],
    ["ap-south-1", "fargate/arm/vcpu-hour", "0.02383"],
    ["ap-south-1", "fargate/arm/gib-hour", "0.00261"],
    ["ap-south-1", "ec2/c6g.large", "0.0426"],
    ["sa-east-1", "nat-gateway/hour", "0.093"],
    ["sa-east-1", "alb/lcu-hour", "0.011"],
    ["sa-east-1", "interface-endpoint/zone-hour", "0.021"],
    ["eu-west-2", "alb/hour", "0.02646"],
    ["us-gov-west-1", "fargate/x86/vcpu-hour", "0.0486"],
    ["us-gov-west-1", "ec2/m7g.large", "0.1028"],
    ["af-south-1", "alb/hour", "0.029988"],
    ["ap-northeast-3", "eks/cluster-hour", "0.1"],
    ["ap-northeast-3", "public-ipv4/hour", "0.005"],
  ])("%s: %s is $%s", (region, key, amount) => {
    expect(usd(region, key)).toBe(amount);
  });

  test("a price of 2026 stands before that of 2022", () => {
    expect(PriceBook.builtIn("ap-south-1").find("ec2/m7g.large")?.date).toBe("2026-09-09");
    expect(PriceBook.builtIn("ap-south-1").find("ec2/m6g.large")?.date).toBe("2022-09-03");
  });

  test.each<[string, PriceKey]>([
    ["ap-northeast-3", "fargate/x86/vcpu-hour"],
    ["us-east-2", "fargate/arm/vcpu-hour"],
    ["eu-west-1", "fargate/ephemeral-storage/gib-hour"],
    ["eu-west-1", "ebs/gp3/gib-month"],
    ["us-east-2", "nat-gateway/gb"],
    ["us-east-2", "alb/lcu-hour"],
    ["ap-south-1", "alb/lcu-hour"],
    ["us-east-2", "interface-endpoint/zone-hour"],
    ["me-south-1", "ec2/t4g.medium"],
  ])("%s: %s is not known, so it is missing", (region, key) => {
    expect(PriceBook.builtIn(region).find(key)).toBeUndefined();
  });

  test.each<[string, PriceKey, string]>([
    ["eu-west-1", "fargate/spot/gib-hour", "Spot prices change over time"],
    ["eu-central-1", "nat-gateway/hour", "price of 2022, not verified since"],
    ["eu-central-1", "eks/cluster-hour", "price of 2022, not verified since"],
    ["us-west-1", "alb/hour", "price of 2017, not verified since"],
    ["eu-north-1", "alb/hour", "hour of a Network Load Balancer in 2022"],
    ["eu-west-1", "ec2/m6i.large", "price of 2022; all that were compared"],
    ["eu-west-1", "public-ipv4/hour", "AWS names one price for all Regions"],
  ])("%s: %s has a caveat", (region, key, caveat) => {
    expect(PriceBook.builtIn(region).find(key)?.caveat).toContain(caveat);
  });

  test.each<[string, PriceKey]>([
    ["eu-west-1", "fargate/x86/vcpu-hour"],
    ["eu-west-1", "nat-gateway/hour"],
    ["us-east-1", "ec2/m6i.large"],
    ["us-east-1", "public-ipv4/hour"],
  ])("%s: %s was verified in 2026 and has no caveat", (region, key) => {
    const price = PriceBook.builtIn(region).find(key);
    expect(price?.date).toMatch(/^2026/);
    expect(price).not.toHaveProperty("caveat");
  });

  test.each(PriceBook.regions())(
    "%s: every price has a name, an amount, a source and a date, and stands once",
    (region) => {
      expect(regionProblem(region)).toBeUndefined();
      const groups = GROUPS[region] ?? [];
      const keys = groups.flatMap(({ prices }) => Object.keys(prices));
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => !isPriceKey(key))).toEqual([]);
      expect(groups.flatMap(({ prices }) => Object.values(prices)).filter((amount) => !isPriceAmount(amount))).toEqual(
        [],
      );
      const book = PriceBook.builtIn(region);
      const prices = (keys as PriceKey[]).map((key) => ({ key, region, found: book.find(key) }));
      const wrong = prices.filter(
        ({ key, found }) =>
          found?.key !== key ||
          found.region !== region ||
          !/^(AWS|table) .{10}/.test(found.source) ||
          !/^20(17|2[26])(-\d{2}(-\d{2})?)?$/.test(found.date) ||
          // Whatever is older than the year of the data says why it may be wrong.
          (!found.date.startsWith("2026") && found.caveat === undefined) ||
          found.date.localeCompare(data.asOf) >= 0,
      );
      expect(wrong).toEqual([]);
    },
  );

  test("every source and caveat is used, and none is named that is not there", () => {
    const groups = Object.values(GROUPS).flat();
    expect(new Set(groups.map(({ source }) => source))).toEqual(new Set(Object.keys(data.sources)));
    expect(new Set(groups.flatMap(({ caveat }) => caveat ?? []))).toEqual(new Set(Object.keys(data.caveats)));
  });

  test("the size of every instance type with a price is known, and each has a price somewhere", () => {
    const priced = new Set(PriceBook.regions().flatMap((region) => PriceBook.builtIn(region).instanceTypes()));
    expect([...priced].filter((name) => instanceType(name) === undefined)).toEqual([]);
    expect(INSTANCE_TYPES.filter(({ name }) => !priced.has(name))).toEqual([]);
  });

  test("23 Regions have prices, 22 of them for Fargate", () => {
    expect(PriceBook.regions()).toHaveLength(23);
    expect(PriceBook.regions().filter((region) => usd(region, "fargate/x86/vcpu-hour") === undefined)).toEqual([
      "ap-northeast-3",
    ]);
  });

  test("they say how old they are", () => {
    expect(PriceBook.builtIn("us-east-1").provenance).toEqual({
      kind: "built-in",
      oldest: "2026",
      newest: "2026-09-29",
    });
    expect(PriceBook.builtIn("us-west-1").provenance).toMatchObject({ oldest: "2017" });
  });

  test.each(["il-central-1", "mx-central-1", "constructor", ""])("in %j everything is missing", (region) => {
    const book = PriceBook.builtIn(region);
    expect(book.region).toBe(region);
    expect(PRICE_KEYS.filter((key) => book.find(key) !== undefined)).toEqual([]);
    expect(book.instanceTypes()).toEqual([]);
    expect(book.provenance).toEqual({ kind: "built-in" });
  });

  test("a name that every object has is no price", () => {
    expect(PriceBook.builtIn("eu-west-1").find("constructor" as PriceKey)).toBeUndefined();
  });
});

describe("a book of a table", () => {
  const table: PriceTable = {
    format: 1,
    region: "eu-west-1",
    groups: [
      { source: "our contract", date: "2026-10", caveat: "ends in 2027", prices: { "eks/cluster-hour": "0.08" } },
      { source: "AWS", date: "2025-01-31", prices: { "ec2/m6i.large": "0.1", "ec2/c6i.large": "0.09" } },
    ],
    missing: { "alb/hour": "not in the list" },
  };
  const book = PriceBook.fromTable(table, "prices.json");

  test("has its prices with their source", () => {
    const price = book.find("eks/cluster-hour");
    expect(price).toMatchObject({
      region: "eu-west-1",
      date: "2026-10",
      source: "our contract",
      caveat: "ends in 2027",
    });
    expect(price?.usd.toString()).toBe("0.08");
  });

  test("has no others: the built-in ones do not stand in", () => {
    expect(book.find("alb/hour")).toBeUndefined();
    expect(book.find("fargate/x86/vcpu-hour")).toBeUndefined();
    expect(book.instanceTypes()).toEqual(["c6i.large", "m6i.large"]);
  });

  test("names its file and how old it is", () => {
    expect(book.provenance).toEqual({ kind: "file", file: "prices.json", oldest: "2025-01-31", newest: "2026-10" });
  });
});
