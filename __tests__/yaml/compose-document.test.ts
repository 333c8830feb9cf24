import fc from "fast-check";
import { Document, LineCounter, parseDocument } from "yaml";
import { composeDocument, MAX_LEVELS } from "../../src/yaml/compose-document";
import { YAML_OPTIONS } from "../../src/yaml/yaml-problems";

const compose = (text: string) => composeDocument(text, new LineCounter());

const NESTED: [string, (levels: number) => string][] = [
  ["lists in brackets", (levels) => `${"[".repeat(levels)}${"]".repeat(levels)}`],
  ["lists in brackets that hold closed ones as text", (levels) => `${'["]",'.repeat(levels)}1${"]".repeat(levels)}`],
  ["mappings in braces", (levels) => `${"{a: ".repeat(levels)}1${"}".repeat(levels)}`],
  ["lists on one line", (levels) => `${"- ".repeat(levels)}a`],
  ["keys on one line", (levels) => `${"? ".repeat(levels)}a`],
  [
    "mappings by indentation",
    (levels) => Array.from({ length: levels }, (_, index) => `${" ".repeat(index)}a:\n`).join(""),
  ],
];

test.each(NESTED)("%s are composed up to the limit, and not beyond", (_name, nested) => {
  expect(compose(nested(MAX_LEVELS))).toBeInstanceOf(Document);
  expect(compose(nested(MAX_LEVELS + 1))).toBeUndefined();
});

test.each(NESTED.slice(0, 5))("%s that could end the process are refused, one after the other", (_name, nested) => {
  for (const levels of [850, 1200, 2000]) {
    expect(compose(nested(levels))).toBeUndefined();
  }
  expect(compose("[".repeat(1200))).toBeUndefined();
});

test("a second document is an error where it begins", () => {
  expect(compose("a: 1\n---\nb: 2\n")?.errors).toMatchObject([{ code: "MULTIPLE_DOCS", pos: [5, 14] }]);
});

test("nothing is composed to an empty document", () => {
  expect(compose("")?.contents).toBeNull();
});

test("any text becomes what the library makes of it by itself", () => {
  const texts = fc.array(fc.constantFrom("a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", '"', "# c", "| "), {
    maxLength: 30,
  });
  const seen = (document: ReturnType<typeof compose>) => {
    const codes = document?.errors.map(({ code }) => code).filter((code) => code !== "MULTIPLE_DOCS");
    return JSON.stringify([codes, codes?.length === 0 ? document?.toString() : undefined]);
  };
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("");
      return seen(compose(text)) === seen(parseDocument(text, YAML_OPTIONS));
    }),
    { numRuns: 300 },
  );
});
