import fc from "fast-check";
import { grid, hanging, painter, wrap } from "../../src/report/terminal";

const plain = painter(false);

describe("lines", () => {
  test("are never longer than the width, and lose no letter", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "/", "-", ".", "=") });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (input, width) => {
        const lines = wrap(input, width);
        expect(lines.filter(({ length }) => length > width)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(input.replaceAll(" ", ""));
      }),
    );
  });

  test("break at blanks, and a word that is too long behind its separators", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("deep/er/folders/of-a-path", 9)).toEqual(["deep/er/", "folders/", "of-a-path"]);
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  });

  test("below the first stand behind an indent", () => {
    expect(hanging("one two three four five six seven eight nine", 40, "- ", "    ")).toBe(
      "- one two three four five six seven\n    eight nine",
    );
  });
});

describe("a grid", () => {
  const columns = [
    { head: "NAME", share: 1 },
    { head: "N", align: "right" as const },
  ];

  test("is as wide as its cells, and has no blanks at the ends of lines", () => {
    expect(
      grid(
        columns,
        [
          [{ text: "a" }, { text: "1" }],
          [{ text: "bcdef" }, { text: "234" }],
        ],
        80,
        plain,
      ),
    ).toBe(["NAME     N", "a        1", "bcdef  234"].join("\n"));
  });

  test("breaks the columns that share what is left, and text over all columns", () => {
    const text = "a name that is too long to stand on one line of forty";
    const lines = grid(columns, [[{ text }, { text: "1" }], { across: text, indent: 2 }], 40, plain).split("\n");
    expect(lines.filter(({ length }) => length > 40)).toEqual([]);
    expect(
      lines
        .join(" ")
        .split(/\s+/)
        .filter((word) => word === "forty"),
    ).toHaveLength(2);
  });
});

test("text has colours only when they are asked for", () => {
  expect([painter(true)("red", "x"), painter(false)("red", "x")]).toEqual(["\u001b[31mx\u001b[0m", "x"]);
});
