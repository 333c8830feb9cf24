import { shapeProblems } from "../../src/settings/issues";
import { settingsSchema } from "../../src/settings/schema";
import { edited, MINIMAL, problems } from "./refusal";

describe("files of another kind", () => {
  const EMPTY = 'the file is empty; it needs "access", "fargate", "name", "network", "region"';

  test.each(["", "\n\n", "# nothing but a comment\n", "---\n", "null"])("%j is refused as empty", (text) => {
    expect(problems(text)).toEqual([EMPTY]);
  });

  test("an empty mapping is refused with every setting that is missing", () => {
    expect(problems("{}")).toEqual(
      ["name", "region", "network", "access", "fargate"].map((key) => `${key}: '${key}' is missing; add it`),
    );
  });

  test("a list is refused", () => {
    expect(problems("- name: platform\n")).toEqual([
      'the file must be a mapping, got a list; write its entries as "name: value", without "-"',
    ]);
  });

  test.each([
    ["just text", '"just text"'],
    ["42", "42"],
    ["true", "true"],
  ])("%j is refused", (text, shown) => {
    expect(problems(text)).toEqual([`the file must be a mapping, got ${shown}`]);
  });

  test("a long text is shown by its beginning", () => {
    expect(problems("x".repeat(500))).toEqual([`the file must be a mapping, got "${"x".repeat(59)}…`]);
  });
});

describe("missing keys", () => {
  test("a required key that is missing is refused", () => {
    expect(problems(MINIMAL.replace("region: eu-west-1\n", ""))).toEqual(["region: 'region' is missing; add it"]);
  });

  test("a required key that is missing in a list is refused with its place", () => {
    expect(problems(edited("- namespace: kube-system", "- labels: {app: web}"))).toEqual([
      "line 14, fargate.profiles.default.selectors.0.namespace: 'namespace' is missing; add it",
    ]);
  });

  test("the key by which an alternative is chosen is refused with its values", () => {
    expect(problems(`${MINIMAL}backend: {bucket: state}\n`)).toEqual([
      `line 15, backend.type: 'type' is missing; add it: "local" or "s3"`,
    ]);
  });

  test("what the chosen alternative needs is refused when it is missing", () => {
    expect(problems(`${MINIMAL}backend: {type: s3}\n`)).toEqual([
      "line 15, backend.bucket: 'bucket' is missing; add it",
      "line 15, backend.region: 'region' is missing; add it",
    ]);
  });
});

describe("kinds of values", () => {
  test.each([
    ["tags: text", "tags: 'tags' must be a mapping of names to values, got \"text\""],
    ["tags: {a: [b]}", "tags.a: 'a' must be text, got [\"b\"]"],
    ["account: 111122223333", "account: 'account' must be text, got 111122223333; put it in quotes"],
    ["cluster: {version: 1.30}", "cluster.version: 'version' must be text, got 1.3; put it in quotes"],
    ["cluster: {version: null}", "cluster.version: 'version' must be text, got null; give it a value or remove it"],
    ["cluster: {version: ''}", "cluster.version: 'version' must not be empty; give it a value or remove it"],
    ["cluster: {zonalShift: 'yes'}", "cluster.zonalShift: 'zonalShift' must be true or false, got \"yes\""],
    ["cluster: {support: none}", 'cluster.support: \'support\' must be "standard" or "extended", got "none"'],
    ["cluster: {publicAccessCidrs: a}", "cluster.publicAccessCidrs: 'publicAccessCidrs' must be a list, got \"a\""],
    ["coreDns: {replicas: '3'}", "coreDns.replicas: 'replicas' must be a number, got \"3\"; remove the quotes"],
    ["coreDns: {replicas: many}", "coreDns.replicas: 'replicas' must be a number, got \"many\""],
    ["coreDns: {replicas: 1.5}", "coreDns.replicas: 'replicas' must be a whole number, got 1.5"],
    ["coreDns: {replicas: 0}", "coreDns.replicas: 'replicas' must be at least 1, got 0"],
    ["coreDns: {replicas: .nan}", "coreDns.replicas: 'replicas' must be a number, got NaN"],
    ["coreDns: 2", "coreDns: 'coreDns' must be a mapping, got 2"],
    ["backend: s3", "backend: 'backend' must be a mapping, got \"s3\""],
    ["backend: {type: gcs}", 'backend.type: \'type\' must be "local" or "s3", got "gcs"'],
    ["albController:", "albController: 'albController' must be a mapping, got null; give it a value or remove it"],
  ])("%s is refused", (line, problem) => {
    expect(problems(`${MINIMAL}${line}\n`)).toEqual([`line 15, ${problem}`]);
  });

  test("an empty name of the user's choice is refused", () => {
    expect(problems(`${MINIMAL}tags: {"": a}\n`)).toEqual(["line 15, tags.: a name in 'tags' is empty; choose one"]);
  });

  test("a long value is shown by its beginning", () => {
    expect(problems(`${MINIMAL}tags: [${"x, ".repeat(50)}]\ncoreDns: ${"y".repeat(90)}\n`)[1]).toBe(
      `line 16, coreDns: 'coreDns' must be a mapping, got "${"y".repeat(59)}…`,
    );
  });
});

describe("alternatives", () => {
  const zones = (value: string) => problems(edited("zones: [eu-west-1a, eu-west-1b]", `zones: ${value}`));
  const network = (line: string) => problems(edited("network:\n", `network:\n  ${line}\n`));

  test("a value of no alternative's kind is refused with all kinds", () => {
    expect(zones("eu-west-1a")).toEqual([
      "line 4, network.zones: 'zones' must be a list or a mapping, got \"eu-west-1a\"",
    ]);
    expect(network("flowLogs: true")).toEqual([
      "line 4, network.flowLogs: 'flowLogs' must be false or a mapping, got true",
    ]);
    expect(network("interfaceEndpoints: sts")).toEqual([
      "line 4, network.interfaceEndpoints: 'interfaceEndpoints' must be true or false or a list, got \"sts\"",
    ]);
  });

  test("a list is checked as a list only", () => {
    expect(zones("[1, eu-west-1b]")).toEqual([
      "line 4, network.zones.0: 'zones.0' must be text, got 1; put it in quotes",
    ]);
  });

  test("a mapping is checked as a mapping only", () => {
    expect(zones('{count: "2"}')).toEqual([
      "line 4, network.zones.count: 'count' must be a number, got \"2\"; remove the quotes",
    ]);
    expect(network("flowLogs: {trafficType: SOME}")).toEqual([
      'line 4, network.flowLogs.trafficType: \'trafficType\' must be "ALL" or "ACCEPT" or "REJECT", got "SOME"',
    ]);
  });

  test("an alternative within names of the user's choice is refused with its place", () => {
    const role =
      "{namespace: web, serviceAccount: a, statements: [{actions: [a], resources: [b], conditions: {c: {d: 1}}}]}";
    expect(problems(`${MINIMAL}serviceAccountRoles: {uploads: ${role}}\n`)).toEqual([
      "line 15, serviceAccountRoles.uploads.statements.0.conditions.c.d: 'd' must be text or a list, got 1",
    ]);
  });
});

test("a value that has the right shape has no problems", () => {
  const shape = { name: "a", region: "b", network: {}, access: {}, fargate: { profiles: {} } };
  expect(shapeProblems(shape, settingsSchema)).toEqual([]);
});
