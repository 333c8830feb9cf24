import * as v from "valibot";
import { issueProblems, quoteKey, shown } from "../../src/yaml/schema-issues";

const problems = (schema: v.GenericSchema, value: unknown) => issueProblems(v.safeParse(schema, value).issues ?? []);

test("a problem has the path of the value, the rule, the value and the fix", () => {
  expect(problems(v.object({ a: v.array(v.string()) }), { a: ["x", 1] })).toEqual([
    { at: ["a", 1], message: "'a.1' must be text, got 1; put it in quotes" },
  ]);
});

test("a key that is missing is told as missing", () => {
  expect(problems(v.object({ a: v.string() }), {})).toEqual([{ at: ["a"], message: "'a' is missing; add it" }]);
});

test("a schema of one's own says what it expects in its message", () => {
  const even = v.custom<number>((value) => Number(value) % 2 === 0, "an even number");
  expect(problems(v.object({ a: even }), { a: 3 })).toEqual([
    { at: ["a"], message: "'a' must be an even number, got 3" },
  ]);
});

test("of alternatives all are named", () => {
  expect(problems(v.object({ a: v.union([v.string(), v.number()]) }), { a: true })[0]?.message).toBe(
    "'a' must be text or a number, got true",
  );
});

test("a long value is shown by its beginning", () => {
  expect(shown("x".repeat(100))).toBe(`"${"x".repeat(59)}…`);
});

test("the whole is called the file", () => {
  expect([quoteKey([]), quoteKey(["a", 0])]).toEqual(["the file", "'a.0'"]);
});
