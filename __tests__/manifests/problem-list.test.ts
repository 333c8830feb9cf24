import { readManifests } from "../../src/manifests/read-manifests";
import { edited, told } from "./reading";

/** A Deployment in which so many variables are no text. */
const wrong = (count: number, name = "api") =>
  edited("name: api", `name: ${name}`).replace(
    "image: app",
    `image: app\n          env: [${"{name: A, value: 1}, ".repeat(count)}]`,
  );

test("of a document with very many problems the first fifty are told, and how many more there are", () => {
  const problems = told(wrong(1000));
  expect(problems).toHaveLength(51);
  expect(problems.slice(0, 50).every((problem) => problem.includes("'value' must be text, got 1"))).toBe(true);
  expect(problems[50]).toBe("1, 14: 950 more problems are in this document; correct those above, then look again");
});

test("fifty are all told, and of fifty-one the last is counted", () => {
  expect(told(wrong(50)).filter((problem) => problem.includes("more"))).toEqual([]);
  expect(told(wrong(51))[50]).toContain("1 more problem is in this document");
});

test("each document, and each file, has its own", () => {
  const inputs = ["a.yaml", "b.yaml"].map((file) => ({
    file,
    text: `${wrong(60, `1.${file}`)}---\n${wrong(20, `2.${file}`)}`,
  }));
  const { problems } = readManifests(inputs);
  expect(problems.map(({ file, document }) => `${file} ${document}`)).toEqual(
    ["a.yaml", "b.yaml"].flatMap((file) => [...Array(51).fill(`${file} 1`), ...Array(20).fill(`${file} 2`)]),
  );
});

test("values that are no objects are counted too", () => {
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: Array.from({ length: 70 }, () => ({ a: 1 })) });
  expect(told(text)).toHaveLength(51);
});
