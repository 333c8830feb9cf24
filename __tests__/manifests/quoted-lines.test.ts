import { edited, read, readOne, told } from "./reading";

const annotated = (value: string) => edited("name: api", `name: api\n  annotations:\n    a: ${value}`);

describe("lines in quotes may begin anywhere, as Kubernetes reads them", () => {
  test.each([
    ["'[\n      1,\n    2\n    ]'"],
    ["'[\n1,\n2\n]'"],
    ['"{\n    \\"x\\": 1\n\n  }"'],
    [`'it''s\nhere'`],
    ["'[\r\n    1\r\n    ]'"],
  ])("%j", (value) => {
    const { source, pod } = readOne(annotated(value));
    expect(pod.containers[0]?.resources.requests.cpu?.millis).toBe(250);
    const line =
      annotated(value)
        .split("\n")
        .findIndex((text) => text.includes("cpu")) + 1;
    expect(source.lineOf(["spec", "template", "spec", "containers", 0, "resources"])).toBe(line);
  });

  test("several times in a document", () => {
    const text = annotated(`'1\n2'\n    b: "1\n2"`).replace("image: app", "image: 'app\n'");
    expect(readOne(text).pod.containers[0]?.image).toBe("app ");
  });

  test("but what never ends, or is wrong for another reason, is told as it stands", () => {
    expect(told(annotated("'1\n2"))).toEqual([
      expect.stringMatching(/^1, 17: this is not YAML: missing closing 'quote/),
    ]);
    expect(told(`${annotated("'1\n2'")}a: @x\n`)).toEqual([
      expect.stringMatching(/^1, 6: this is not YAML: missing closing 'quote/),
      expect.stringMatching(/^1, 7: /),
      expect.stringMatching(/^1, 18: .*reserved character/),
    ]);
    expect(read(annotated("'1\n2'\n    b: 'x'y'")).workloads).toEqual([]);
  });
});
