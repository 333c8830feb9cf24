import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type Node, parseDocument, visit } from "yaml";
import { SettingsError } from "../../src/settings/errors";
import { parseEcsSettings, parseSettings } from "../../src/settings/load";

const EVERYTHING: readonly [file: string, parse: (text: string, file: string) => unknown][] = [
  ["everything", parseSettings],
  ["ecs-everything", parseEcsSettings],
];

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
function countNodes(text: string): number {
  let count = 0;
  visit(parseDocument(text), {
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
function mutated(text: string, number: number, change: { value: unknown } | "remove"): string {
  const document = parseDocument(text);
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

test.each(EVERYTHING)("whatever a value of %s is replaced with, it is accepted or refused in words", (file, parse) => {
  const text = readFileSync(`settings/${file}.yaml`, "utf8");
  const anyNumber = fc.nat(countNodes(text) - 1);
  const anyChange = fc.oneof(
    fc.constant("remove" as const),
    fc.constantFrom(...STRANGE).map((value) => ({ value })),
  );
  fc.assert(
    fc.property(anyNumber, anyChange, (number, change) => {
      try {
        parse(mutated(text, number, change), "mutated.yaml");
      } catch (error) {
        expect(error).toBeInstanceOf(SettingsError);
        expect((error as Error).message).not.toMatch(/undefined|\[object Object\]|NaN/);
      }
    }),
    { numRuns: 200 },
  );
});
