import { LineCounter, parseDocument } from "yaml";
import { YAML_OPTIONS, yamlProblems } from "../../src/yaml/yaml-problems";

const problems = (text: string) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: lines, merge: true });
  const words = { byCode: { MULTIPLE_DOCS: "only one" }, otherwise: (message: string) => `other: ${message}` };
  return yamlProblems(document, text, lines, words).map(({ line, message }) => `${line}: ${message}`);
};

test("nothing is said of what is right", () => {
  expect(problems("a: &x 1\nb: [*x, *x]\nc: {<<: {d: 1}, <<: {e: 2}}\n")).toEqual([]);
});

test("an error has the words of its code, or those for every other", () => {
  expect(problems("a: 1\n---\nb: 2\n")).toEqual(["2: only one"]);
  expect(problems("a: 1\nb: @x\n")).toEqual([
    expect.stringMatching(/^2: other: Plain value cannot start with reserved/),
  ]);
});

test("every key that stands twice is told, at any depth", () => {
  expect(problems('a: 1\nb: {c: 1, "c": 2}\na: 2\n')).toEqual([
    '2: "c" is there twice in the same mapping; keep one',
    '3: "a" is there twice in the same mapping; keep one',
  ]);
});

test("the same key in two mappings stands once in each", () => {
  expect(problems("a: {c: 1}\nb: {c: 1}\n")).toEqual([]);
});

test("an anchor is that of the last one of its name before the alias", () => {
  expect(problems("a: &x 1\nb: &x [*x]\n")).toEqual([
    '2: the alias "*x" stands within its own anchor "&x"; write the value out',
  ]);
  expect(problems("a: *x\nb: &x 1\n")).toEqual(['1: the alias "*x" has no anchor "&x" before it; write the value out']);
});

test("more than 10000 aliases are told once", () => {
  expect(problems(`a: &x 1\nb: [${"*x,".repeat(10_002)}]\n`)).toEqual([
    '2: there are more than 10000 aliases ("*name"); write the values out',
  ]);
});

test("a key that stands twice is found however long the mapping is", () => {
  const keys = Array.from({ length: 5000 }, (_, index) => `k${index}: 1`).join("\n");
  expect(problems(`${keys}\nk7: 2\n`)).toEqual(['5001: "k7" is there twice in the same mapping; keep one']);
});
