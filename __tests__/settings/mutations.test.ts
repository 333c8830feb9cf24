import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type Node, parseDocument, visit } from "yaml";
import { SettingsError } from "../../src/settings/errors";
import { parseSettings } from "../../src/settings/load";

const EVERYTHING = readFileSync("settings/everything.yaml", "utf8");

/** Values of every kind, among them those that are wrong nearly everywhere. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e9,
  "",
  " ",
  "a b",
  "*",
  "${x}",
  [],
  [null],
  ["x"],
  {},
  { a: 1 },
];

/** How many values the settings hold, mappings and lists included. */
function countNodes(): number {
  let count = 0;
  visit(parseDocument(EVERYTHING), {
    Pair() {
      count++;
    },
    Seq(_, { items }) {
      count += items.length;
    },
  });
  return count;
}

/** The settings with one value, by its number, replaced, or taken away when there is no replacement. */
function mutated(number: number, change: { value: unknown } | "remove"): string {
  const document = parseDocument(EVERYTHING);
  let left = number;
  visit(document, {
    Pair(_, pair) {
      if (left-- === 0) {
        if (change === "remove") {
          return visit.REMOVE;
        }
        pair.value = document.createNode(change.value);
        return visit.BREAK;
      }
      return undefined;
    },
    Seq(_, { items }) {
      for (const index of items.keys()) {
        if (left-- === 0) {
          items.splice(index, 1, ...(change === "remove" ? [] : [document.createNode(change.value) as Node]));
          return visit.BREAK;
        }
      }
      return undefined;
    },
  });
  return document.toString();
}

test("whatever a value of the settings is replaced with, they are accepted or refused in words", () => {
  const anyNumber = fc.nat(countNodes() - 1);
  const anyChange = fc.oneof(
    fc.constant("remove" as const),
    fc.constantFrom(...STRANGE).map((value) => ({ value })),
  );
  fc.assert(
    fc.property(anyNumber, anyChange, (number, change) => {
      try {
        parseSettings(mutated(number, change), "mutated.yaml");
      } catch (error) {
        expect(error).toBeInstanceOf(SettingsError);
        expect((error as Error).message).not.toMatch(/undefined|\[object Object\]|NaN/);
      }
    }),
    { numRuns: 200 },
  );
});
