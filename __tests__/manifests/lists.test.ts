import { DEPLOYMENT, edited, GOOD, names, read, readOne, told } from "./reading";

const indented = (text: string, by: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line, index) => (index === 0 ? line : by + line))
    .join("\n");

describe("a List in YAML", () => {
  const text = `apiVersion: v1\nkind: List\nmetadata: {resourceVersion: ""}\nitems:\n- ${indented(DEPLOYMENT, "  ")}\n- ${indented(GOOD, "  ")}\n`;

  test("gives each of its items, on the line where it stands", () => {
    const [good, api] = read(text).workloads;
    expect([good?.name, good?.source.line, good?.source.lineOf(["metadata", "name"])]).toEqual(["good", 19, 22]);
    expect([
      api?.name,
      api?.source.line,
      api?.source.lineOf(["spec", "template", "spec", "containers", 0, "image"]),
    ]).toEqual(["api", 5, 17]);
  });

  test("gives the others when one is refused", () => {
    const broken = edited("250m", "250 millis", text);
    expect(told(broken)).toEqual([
      expect.stringMatching(
        /^1, 18: Deployment web\/api, spec\.template\.spec\.containers\.0\.resources\.requests\.cpu: /,
      ),
    ]);
    expect(names(read(broken))).toEqual(["Deployment default/good"]);
  });

  test("may be in flow style, hold aliases, and hold further Lists", () => {
    const pod = (name: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: a, env: 7}]}}`;
    const nested = `apiVersion: v1\nkind: List\nitems:\n  - &a ${pod("a")}\n  - {apiVersion: v1, kind: List, items: [\n      ${pod("b")}]}\n  - *a\n`;
    expect(told(nested).map((problem) => problem.slice(0, 12))).toEqual(
      ['1, 4: Pod "a', '1, 6: Pod "b', "1, 7: the sa"].map((start) => expect.stringContaining(start.slice(0, 5))),
    );
  });

  test("may be empty", () => {
    expect(read("apiVersion: v1\nkind: List\nitems: []\n")).toMatchObject({
      workloads: [],
      problems: [],
      counts: { objects: 0 },
    });
    expect(told("apiVersion: v1\nkind: List\nitems: null\n")).toEqual([]);
  });
});

test("items of a typed list need not say what they are", () => {
  const text =
    "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n  spec: {template: {spec: {containers: [{name: a, image: b}]}}}\n";
  expect(readOne(text)).toMatchObject({ kind: "Deployment", apiVersion: "apps/v1", name: "a" });
});

test("a kind that ends in List without items is an object", () => {
  expect(read("apiVersion: a.b/v1\nkind: AllowList\nmetadata: {name: a}\n")).toMatchObject({
    problems: [],
    counts: { objects: 1 },
  });
});

describe("JSON", () => {
  const pod = (name: string, rest = {}) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "a", ...rest }] },
  });
  const json = (value: unknown) => JSON.stringify(value, null, 2);

  test("may be an object, a List or a list, with the lines of its values", () => {
    const line = (value: unknown) => {
      const { workloads } = read(json(value));
      return workloads.map(({ name, source }) => [name, source.line, source.lineOf(["spec", "containers", 0, "name"])]);
    };
    expect(line(pod("a"))).toEqual([["a", 1, 10]]);
    expect(line({ apiVersion: "v1", kind: "List", items: [pod("a"), pod("b")] })).toEqual([
      ["a", 5, 14],
      ["b", 19, 28],
    ]);
    expect(line([pod("a"), pod("b")])).toEqual([
      ["a", 2, 11],
      ["b", 16, 25],
    ]);
  });

  test("may be several values one after the other, each a document", () => {
    const { workloads, problems } = read(
      `${json(pod("a"))}\n${json(pod("b", { env: 1 }))}${json(pod("c"))}\n---\n${json(pod("d"))}`,
    );
    expect(workloads.map(({ name, source }) => [name, source.document, source.line])).toEqual([
      ["a", 1, 1],
      ["c", 3, 29],
      ["d", 4, 44],
    ]);
    expect(problems.map(({ document, line }) => [document, line])).toEqual([[2, 25]]);
  });

  test("in a stream of YAML is read as YAML is", () => {
    expect(names(read(`# a\n---\n${json(pod("a"))}\n---\n${GOOD}`))).toEqual([
      "Pod default/a",
      "Deployment default/good",
    ]);
  });

  test("without quotes is YAML in flow style", () => {
    expect(readOne("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a,}]}}").name).toBe(
      "a",
    );
    expect(readOne('{"apiVersion": v1, "kind": Pod, metadata: {name: a}, spec: {containers: [{name: a}]}}').name).toBe(
      "a",
    );
  });

  test("is read however large it is", () => {
    const image = "x".repeat(25_000);
    const items = Array.from({ length: 200 }, (_, index) =>
      pod(`pod-${String(index).padStart(3, "0")}`, { image, ...(index === 199 ? { env: 1 } : {}) }),
    );
    const { workloads, problems } = read(json({ apiVersion: "v1", kind: "List", items }));
    expect([workloads.length, workloads[198]?.source.line]).toEqual([199, 4 + 198 * 15 + 1]);
    expect(problems).toEqual([expect.objectContaining({ line: 4 + 199 * 15 + 12 })]);
  });
});
