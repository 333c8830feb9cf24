import { quote, quoteAll, under } from "../../src/model/problem";

describe("under", () => {
  test("a key comes before the place of every problem", () => {
    expect(
      under("network", [
        { at: ["cidr"], message: "m" },
        { at: [], message: "n" },
      ]),
    ).toEqual([
      { at: ["network", "cidr"], message: "m" },
      { at: ["network"], message: "n" },
    ]);
  });

  test("a path comes before it as a whole", () => {
    expect(under(["selectors", 2], [{ at: ["namespace"], message: "m" }])).toEqual([
      { at: ["selectors", 2, "namespace"], message: "m" },
    ]);
  });
});

describe("quote", () => {
  test.each([
    ["web", '"web"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [["a", 1], '["a",1]'],
    [{ a: null }, '{"a":null}'],
    [null, "null"],
    [undefined, "undefined"],
    [1.5, "1.5"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("%p is shown as %s", (value, shown) => {
    expect(quote(value)).toBe(shown);
  });
});

describe("quoteAll", () => {
  test("names are listed in alphabetical order", () => {
    expect(quoteAll(new Set(["b", "a"]))).toBe('"a", "b"');
  });

  test("no names are an empty text", () => {
    expect(quoteAll([])).toBe("");
  });

  test("the list that is given keeps its order", () => {
    const given = ["b", "a"];
    quoteAll(given);
    expect(given).toEqual(["b", "a"]);
  });
});
