import fc from "fast-check";
import { PriceError } from "../../src/pricing/errors";
import { PRICE_KEYS, type PriceKey } from "../../src/pricing/price";
import {
  isPriceAmount,
  isPriceKey,
  type PriceTable,
  parsePriceTable,
  priceTableJson,
} from "../../src/pricing/price-table";

const TABLE: PriceTable = {
  format: 1,
  region: "eu-west-1",
  groups: [
    {
      source: "AWS Price List, AmazonECS version 20261117211403",
      date: "2026-11-17",
      prices: { "fargate/x86/vcpu-hour": "0.04048", "fargate/x86/gib-hour": "0.004445" },
    },
  ],
  missing: { "fargate/spot/vcpu-hour": "not in the list" },
};

/** The text of the table with another value at a path. */
function withValue(path: readonly (string | number)[], value: unknown): string {
  const copy = structuredClone(TABLE) as unknown as Record<string | number, unknown>;
  let holder = copy;
  for (const key of path.slice(0, -1)) {
    holder = holder[key] as Record<string | number, unknown>;
  }
  holder[path.at(-1) ?? ""] = value;
  return JSON.stringify(copy);
}

function refusal(text: string): string {
  try {
    parsePriceTable(text, "prices.json");
  } catch (error) {
    expect(error).toBeInstanceOf(PriceError);
    return (error as Error).message;
  }
  throw new Error("not refused");
}

const one = (problem: string) => `1 problem in the price table "prices.json":\n  ${problem}`;

describe("parsePriceTable", () => {
  test("reads what priceTableJson writes", () => {
    expect(parsePriceTable(priceTableJson(TABLE), "prices.json")).toEqual(TABLE);
  });

  test("a table by hand needs no list of what is missing", () => {
    expect(parsePriceTable(withValue(["missing"], undefined), "prices.json").missing).toEqual({});
  });

  test("a table without prices is one", () => {
    expect(parsePriceTable('{"format":1,"region":"eu-west-1","groups":[]}', "prices.json").groups).toEqual([]);
  });

  test("a byte order mark does no harm", () => {
    expect(parsePriceTable(`\uFEFF${priceTableJson(TABLE)}`, "prices.json")).toEqual(TABLE);
  });

  test.each<[string, (string | number)[], unknown, string]>([
    [
      "the format of a later release",
      ["format"],
      2,
      "format: must be 1; use the release that wrote the file, or refresh it, got 2",
    ],
    ["no Region", ["region"], undefined, "region: is missing; add it"],
    ["a Region that is none", ["region"], "Ireland", 'region: must be an AWS Region like "eu-west-1", got "Ireland"'],
    ["groups that are no list", ["groups"], {}, "groups: must be a list, got {}"],
    ["a group that is none", ["groups", 0], null, "groups.0: must be a mapping, got null"],
    ["no source", ["groups", 0, "source"], undefined, "groups.0.source: is missing; add it"],
    [
      "an empty source",
      ["groups", 0, "source"],
      " ",
      "groups.0.source: must not be empty; write what it should say, or remove it",
    ],
    [
      "a date in words",
      ["groups", 0, "date"],
      "May",
      'groups.0.date: must be a day, month or year like "2026-09-29", got "May"',
    ],
    [
      "a month that is none",
      ["groups", 0, "date"],
      "2026-13",
      'groups.0.date: must be a day, month or year like "2026-09-29", got "2026-13"',
    ],
    ["a key too many", ["groups", 0, "note"], "x", "groups.0.note: is not known; remove it"],
    ["a reason that is none", ["missing", "alb/hour"], 3, "missing.alb/hour: must be text, got 3"],
    [
      "an amount that is a number",
      ["groups", 0, "prices", "alb/hour"],
      0.0252,
      'groups.0.prices.alb/hour: must be US dollars as text in quotes, like "0.04048", got 0.0252',
    ],
  ])("%s is refused with its path, the value and the rule", (_, path, value, problem) => {
    expect(refusal(withValue(path, value))).toBe(one(problem));
  });

  test.each(["0", "0.000", "-1", "1e-5", "free", "", "1,5", "$1", "0x1", "1234567890"])(
    "the amount %j is refused",
    (amount) => {
      expect(refusal(withValue(["groups", 0, "prices", "alb/hour"], amount))).toBe(
        one(
          `groups.0.prices.alb/hour: must be US dollars above 0 as decimal text, like "0.04048"; remove what is not known, got "${amount}"`,
        ),
      );
    },
  );

  test.each(["fargate/x86/vcpu", "ec2/", "ec2/large", "EC2/m6i.large", "ec2/M6i.large"])(
    "the price %j is refused",
    (key) => {
      expect(refusal(withValue(["groups", 0, "prices", key], "1"))).toContain(
        `groups.0.prices.${key}: ${JSON.stringify(key)} is no price; the names are "fargate/x86/vcpu-hour", `,
      );
    },
  );

  test("all problems are told at once", () => {
    const message = refusal('{"format":1,"region":1,"groups":[{"source":2,"date":"3","prices":{"alb/hour":4}}]}');
    expect(message.split("\n")).toHaveLength(5);
    expect(message).toContain('4 problems in the price table "prices.json":');
  });

  test("a price in two groups is refused", () => {
    const text = withValue(["groups", 1], { source: "other", date: "2026", prices: { "fargate/x86/gib-hour": "1" } });
    expect(refusal(text)).toBe(one("groups.1.prices.fargate/x86/gib-hour: stands in groups.0 too; keep one of them"));
  });

  test("a price that is missing too is refused", () => {
    expect(refusal(withValue(["missing", "fargate/x86/gib-hour"], "not found"))).toBe(
      one("groups.0.prices.fargate/x86/gib-hour: stands in missing too; keep one of them"),
    );
  });

  test.each(["", "{", "fargate: 1", '{"format":1'])("%j is not JSON", (text) => {
    expect(refusal(text)).toMatch(
      /^the price table "prices.json" is not JSON: .+; write it anew with "prices refresh" or correct it$/,
    );
  });

  test.each(["null", "[]", "1"])("%s is no table", (text) => {
    expect(refusal(text)).toMatch(/^\d problems? in the price table/);
  });

  test("any JSON is a table or is refused", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parsePriceTable(text, "prices.json")).toThrow(PriceError);
      }),
      { numRuns: 200 },
    );
  });
});

describe("priceTableJson", () => {
  const amount = fc.tuple(fc.nat(999), fc.nat(999_999)).map(([whole, rest]) => `${whole}.${rest}1`);
  const key = fc.constantFrom<PriceKey>(...PRICE_KEYS, "ec2/m6i.large", "ec2/t4g.medium", "ec2/u-6tb1.metal");
  const tables = fc
    .uniqueArray(fc.tuple(key, amount, fc.constantFrom("a", "b", "c"), fc.boolean()), { selector: ([name]) => name })
    .map((entries): PriceTable => {
      const found = entries.filter(([, , , isFound]) => isFound);
      return {
        format: 1,
        region: "eu-west-1",
        groups: [...new Set(found.map(([, , source]) => source))].map((source) => ({
          source,
          date: "2026",
          ...(source === "a" ? { caveat: "old" } : {}),
          prices: Object.fromEntries(found.filter((entry) => entry[2] === source)),
        })),
        missing: Object.fromEntries(entries.filter(([, , , found]) => !found).map(([name]) => [name, "why"])),
      };
    });

  test("is read back with the same prices", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const read = parsePriceTable(priceTableJson(table), "prices.json");
        expect(new Set(read.groups)).toEqual(new Set(table.groups));
        expect(read.missing).toEqual(table.missing);
      }),
      { numRuns: 50 },
    );
  });

  test("is the same whatever the order", () => {
    const reversed = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).reverse());
    fc.assert(
      fc.property(tables, (table) => {
        const groups = table.groups.map((group) => ({ ...group, prices: reversed(group.prices) })).reverse();
        expect(priceTableJson({ ...table, groups, missing: reversed(table.missing) })).toBe(priceTableJson(table));
      }),
      { numRuns: 50 },
    );
  });

  test("ends with a line end and names the prices in order", () => {
    const text = priceTableJson(TABLE);
    expect(text.endsWith("}\n")).toBe(true);
    expect(text.indexOf("fargate/x86/gib-hour")).toBeLessThan(text.indexOf("fargate/x86/vcpu-hour"));
  });
});

test("every known price, and every instance type, is the name of a price", () => {
  expect(PRICE_KEYS.filter((key) => !isPriceKey(key))).toEqual([]);
  expect(["ec2/m6i.large", "ec2/u-6tb1.metal", "ec2/c7gn.16xlarge"].filter((key) => !isPriceKey(key))).toEqual([]);
});

test("an amount is decimal and above nothing", () => {
  expect(["0.04048", "1", "12.50", "0.000000001"].filter((text) => !isPriceAmount(text))).toEqual([]);
  expect(["0", "0.0", "-1", ".5", "1."].filter(isPriceAmount)).toEqual([]);
});
