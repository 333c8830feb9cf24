import { splitDocuments } from "../../src/manifests/documents";
import { DEPLOYMENT, edited, GOOD, names, read, readOne, stream, told } from "./reading";

const split = (text: string) =>
  splitDocuments("a.yaml", text).map(({ document, line, text: piece }) => [document, line, piece]);

describe("a stream is split", () => {
  test("where a line begins with three hyphens", () => {
    expect(split("a: 1\n---\nb: 2\n--- # c\nc: 3")).toEqual([
      [1, 1, "a: 1\n"],
      [2, 2, "---\nb: 2\n"],
      [3, 4, "--- # c\nc: 3"],
    ]);
  });

  test("where a line begins with three points, which end a document", () => {
    expect(split("a: 1\n...\nb: 2\n...\n")).toEqual([
      [1, 1, "a: 1\n"],
      [2, 3, "b: 2\n"],
    ]);
  });

  test("also within quotes and block scalars, as YAML has it", () => {
    expect(split('a: "x\n---\nb: |\n  text\n---\nc: 3')).toEqual([
      [1, 1, 'a: "x\n'],
      [2, 2, "---\nb: |\n  text\n"],
      [3, 5, "---\nc: 3"],
    ]);
  });

  test("not where hyphens are indented, or have more behind them", () => {
    expect(split("a: |\n  ---\n  b\n----\n---c\n").length).toBe(1);
  });

  test("so that documents without content count as documents, and are left out", () => {
    expect(split("---\n# Source: a\n---\n---\na: 1\n---\n\n---\nb: 2\n")).toEqual([
      [3, 4, "---\na: 1\n"],
      [5, 8, "---\nb: 2\n"],
    ]);
  });

  test("so that comments and directives before a marker belong to its document", () => {
    expect(split("# c\n%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n")).toEqual([
      [1, 1, "# c\n%YAML 1.2\n---\na: 1\n"],
      [2, 6, "%YAML 1.2\n---\nb: 2\n"],
    ]);
  });

  test("with lines that end in carriage returns", () => {
    expect(split("a: 1\r\n---\r\nb: 2\r\n").map(([document, line]) => [document, line])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test("into nothing when there is nothing", () => {
    expect(["", "\n \n", "# a\n", "---\n", "---", "...\n---\n# a\n"].flatMap(split)).toEqual([]);
  });

  test("in time that grows with its length", () => {
    expect(split("---\n".repeat(200_000))).toEqual([]);
    expect(split(`${"# a\n".repeat(200_000)}a: 1`).length).toBe(1);
  });
});

describe("what tools print is read", () => {
  test("with a byte order mark, as text and as bytes", () => {
    expect(readOne(`\ufeff${DEPLOYMENT}`).name).toBe("api");
    expect(names(read(Buffer.from(`\ufeff${DEPLOYMENT}`)))).toEqual(["Deployment web/api"]);
    expect(readOne(`\ufeff# a comment\n---\n${DEPLOYMENT}`).source).toMatchObject({ document: 1, line: 3 });
  });

  test("with carriage returns", () => {
    const workload = readOne(stream(GOOD.replaceAll("\n", "\r\n")));
    expect([workload.name, workload.source.lineOf(["spec", "template", "spec"])]).toEqual(["good", 8]);
  });

  test("with directives, tags and document ends", () => {
    expect(readOne(`%YAML 1.1\n---\n${edited("name: api", "name: !!str api")}...\n`).name).toBe("api");
  });

  test("with anchors, aliases and merge keys", () => {
    const text = edited(
      "{requests: {cpu: 250m, memory: 512Mi}}",
      "{requests: &size {cpu: 250m}, limits: {<<: *size, memory: 1Gi}}",
    );
    const { requests, limits } = readOne(text).pod.containers[0]?.resources ?? {};
    expect([requests?.cpu?.millis, limits?.cpu?.millis, limits?.memory?.gib, requests?.memory?.gib]).toEqual([
      250, 250, 1, 1,
    ]);
  });

  test("with yes, no, on and off for true and false, as Kubernetes takes them without quotes", () => {
    const pod = (words: string) => readOne(edited("containers:", `${words}\n      containers:`)).pod;
    const { hostNetwork, hostPID, hostIPC } = pod("hostNetwork: yes\n      hostPID: Off\n      hostIPC: ON");
    expect([hostNetwork, hostPID, hostIPC]).toEqual([true, false, true]);
    expect(pod(`nodeSelector: {on: "yes", y: n, no: 'off'}`).nodeSelector).toEqual({ on: "yes", y: "n", no: "off" });
    expect(told(edited("{app: api}", "{app: yes}"))).toEqual([
      expect.stringContaining("'app' must be text, got true; put it in quotes"),
    ]);
  });

  test("with null for what is not there", () => {
    const text = edited("image: app", "image: null\n          ports: ~\n          env:").replace(
      "{app: api}",
      "{app: null, tier: a}",
    );
    const { pod, podLabels } = readOne(text);
    expect([
      pod.containers[0]?.ports,
      pod.containers[0]?.env,
      pod.containers[0] && "image" in pod.containers[0],
    ]).toEqual([[], [], false]);
    expect(podLabels).toEqual({ app: "", tier: "a" });
  });

  test("with fields that no version of Kubernetes has had yet", () => {
    expect(readOne(edited("image: app", "image: app\n          hologram: {mode: 3d}")).name).toBe("api");
  });

  test.each(["__proto__", "constructor", "prototype"])("with %s as a key, which changes nothing", (key) => {
    const text = edited("{app: api}", `{app: api, ${key}: b}`).replace(
      "image: app",
      `image: app\n          ${key}: {polluted: true}`,
    );
    expect(readOne(text).podLabels.app).toBe("api");
    const pod = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","${key}":{"polluted":true}},"${key}":{"polluted":true},"spec":{"containers":[{"name":"a"}]}}`;
    expect(readOne(pod).name).toBe("a");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("counts", () => {
  test("are of files, of documents that hold anything, and of objects, those of Lists each", () => {
    const list = `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret}, {apiVersion: v1, kind: ConfigMap}]\n`;
    expect(read(stream(GOOD, "# nothing\n", "null\n", "a: [\n", list)).counts).toEqual({
      files: 1,
      documents: 3,
      objects: 3,
    });
  });

  test("progress is told after each document", () => {
    const calls: number[][] = [];
    read(stream(GOOD, "a: [\n", "# empty\n", "{}\n"), { onProgress: (done, total) => calls.push([done, total]) });
    expect(calls).toEqual([1, 2, 3].map((done) => [done, 3]));
  });
});

describe("lines", () => {
  const text = stream("# first\n\n", `# a comment\n\n${DEPLOYMENT}`, GOOD);

  test("are those of the whole file", () => {
    const [good, api] = read(text).workloads;
    expect([good?.source.line, good?.source.document]).toEqual([21, 2]);
    expect([api?.source.line, api?.source.document]).toEqual([6, 1]);
    expect(api?.source.lineOf(["spec", "template", "spec", "containers", 0, "resources", "requests", "cpu"])).toBe(19);
  });

  test("are of the nearest value around one that is not there", () => {
    const [, api] = read(text).workloads;
    expect(api?.source.lineOf(["spec", "template", "spec", "containers", 0, "ports", 3, "hostPort"])).toBe(17);
    expect(api?.source.lineOf(["nothing"])).toBe(6);
    expect(api?.source.lineOf([])).toBe(6);
  });

  test("of several objects may be asked in any order", () => {
    const [good, api] = read(text).workloads;
    const at = ["metadata", "name"];
    expect([good, api, good, api].map((each) => each?.source.lineOf(at))).toEqual([24, 9, 24, 9]);
  });
});

test("of a mistake that the library stumbles over again and again, the first is told", () => {
  expect(told("a: b: c: d\ne: 1\n")).toEqual([expect.stringMatching(/^1, 1: this is not YAML: nested mappings/)]);
});
