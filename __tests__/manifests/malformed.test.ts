import { readManifests } from "../../src/manifests/read-manifests";
import { describeWorkload } from "../../src/model/workload";
import { DEPLOYMENT, edited, GOOD } from "./reading";

/** What is wrong, the text, a piece of what is said, and the line; undefined where no line is known. */
type Case = readonly [name: string, text: string | Uint8Array, message: string, line: number | undefined];

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const bomb = [..."bcdefghij"].map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]},`.repeat(9)}]`);

const doubled = Array.from({ length: 30 }, (_, index) => `x${index + 1}: &x${index + 1} [*x${index}, *x${index}]`);

const CRON = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec: {containers: [{name: a, image: b}]}
`;

const HPA = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 4
`;

const KNATIVE = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: web}
spec:
  template:
    metadata:
      annotations: {autoscaling.knative.dev/min-scale: "2", autoscaling.knative.dev/max-scale: "4"}
    spec: {containers: [{image: a}]}
`;

const json = (value: unknown) => JSON.stringify(value, null, 2);

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { containers: [{ name: "a" }] } };

const object = (kind: string, apiVersion: string, rest: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n${rest}\n`;

/** Text that is no YAML or JSON: nothing of the document can be read. */
const SYNTAX: readonly Case[] = [
  ["a flow list that is cut off", edited("[", "[", 'a: ["x", '), "this is not YAML: flow sequence", 1],
  ["a flow mapping that is cut off", DEPLOYMENT.slice(0, -4), "flow map", 14],
  ["double quotes that are cut off", `${DEPLOYMENT}  x: "abc`, 'missing closing "quote', 15],
  ["single quotes that are cut off", `${DEPLOYMENT}  x: 'abc`, "missing closing 'quote", 15],
  ["a key without a value in the middle of a mapping", edited("kind: Deployment", "kind"), "this is not YAML", 2],
  ["a tab as indentation", edited("  name: api", "\tname: api"), "tabs are not allowed as indentation; use spaces", 4],
  ["a mapping indented less than its siblings", edited("  namespace: web", " namespace: web"), "this is not YAML", 5],
  ["a value behind a mapping", edited("metadata:", "metadata: x"), "this is not YAML", 3],
  ["two values on one line", edited("name: api", "name: a: b"), "nested mappings are not allowed", 4],
  ["a list in the middle of a mapping", edited("kind: Deployment", "- x"), "this is not YAML", 2],
  ["an unknown escape", edited("name: api", 'name: "\\q"'), "invalid escape sequence", 4],
  ["a reserved character", edited("name: api", "name: @api"), "plain value cannot start with", 4],
  ["a backtick", edited("name: api", "name: `api`"), "plain value cannot start with", 4],
  ["a block scalar with a wrong header", edited("name: api", "name: |x\n    a"), "block scalar header", 4],

  ["two anchors of one value", edited("name: api", "name: &a &b api"), "at most one anchor", 4],
  ["two tags of one value", edited("name: api", "name: !a !b api"), "at most one tag", 4],
  ["a key that is there twice", `${DEPLOYMENT}kind: Job\n`, '"kind" is there twice in the same mapping; keep one', 15],
  ["an inner key that is there twice", edited("name: api", "name: api\n  name: b"), '"name" is there twice', 5],
  ["a quoted key that is there twice", `${DEPLOYMENT}"kind": Job\n`, '"kind" is there twice', 15],
  ["a key that is there twice in flow style", edited("{app: api}", "{app: a, app: b}"), '"app" is there twice', 9],
  ["a list as a key", `${DEPLOYMENT}? [a]\n: b\n`, "a key must be text, not a list or a mapping", 15],
  ["a mapping as a key", `${DEPLOYMENT}{a: b}: c\n`, "a key must be text, not a list or a mapping", 15],
  ["an alias without an anchor", edited("name: api", "name: *x"), 'the alias "*x" has no anchor "&x" before it', 4],
  ["an alias before its anchor", edited("name: api", "name: *x\n  x: &x 1"), 'the alias "*x" has no anchor', 4],
  ["an alias within its own anchor", edited("labels: {app: api}", "labels: &x {app: *x}"), "within its own anchor", 9],
  ["aliases that multiply", ["a: &a [x]", ...bomb].join("\n"), "make more than 1000000 values out of it", 1],
  ["aliases that double", ["x0: &x0 [a, b]", ...doubled].join("\n"), "make more than 1000000 values out of it", 1],
  ["aliases without number", `a: &a 1\nb: [${"*a, ".repeat(10_001)}]`, "more than 10000 aliases", 2],
  ["a merge key that names text", edited("{app: api}", "{<<: text}"), 'the merge key "<<" must name a mapping', 1],
  ["a control character", edited("name: api", "name: a\u0007pi"), "the control character U+0007", 4],
  ["an escape of a terminal", edited("name: api", "name: \u001b[31mapi"), "the control character U+001B", 4],
  ["lists within each other without end", `a: ${"[".repeat(10_000)}`, "nested too deep", 1],
  ["lists within each other that are closed", `a: ${"[".repeat(5000)}${"]".repeat(5000)}`, "nested too deep", 1],
  ["list entries within each other", `${"- ".repeat(10_000)}a`, "nested too deep", 1],
  ["a document of more than 4 MB", `${DEPLOYMENT}x: "${"y".repeat(4e6)}"\n`, "the most that is read is 4 MB", 1],
  ["a Helm template", "{{- if .Values.on }}\na: 1\n{{- end }}\n", 'render it first with "helm template"', 1],
  ["a Helm template as a value", edited("template:", "replicas: {{ .Values.n }}\n  template:"), "Helm template", 7],
  ["a Helm template as a name", edited("name: api", 'name: "{{ .Release.Name }}-api"'), "Helm template", 1],
];

const JSON_SYNTAX: readonly Case[] = [
  [
    "JSON that is cut off",
    json(POD).slice(0, -4),
    'this is not JSON: a "}" must come here; the text may be cut off',
    12,
  ],
  ["JSON cut off in a text", '{\n  "apiVersion": "v', "a text has no closing quote", 2],
  ["JSON cut off behind a name", '{\n  "apiVersion"', 'a ":" must come here', 2],
  ["JSON without a comma", '{\n"a": 1\n"b": 2}', 'a "," must come here, between two values', 3],
  ["JSON without a colon", '{\n"a" 1}', 'a ":" must come here, between a name and its value', 2],

  ["JSON with a comment", '{"x": 1,\n// y\n"a": "b" "c"}', "JSON has no comments; remove it", 2],
  ["JSON with a key twice", '{\n"kind": "a",\n"kind": "b"}', '"kind" is there twice in the same mapping; keep one', 3],
  ["JSON with a wrong escape", '{\n"a": "\\q"}', "an escape is not known", 2],

  ["JSON with a word that is no value", '{\n"a": [undefined, "]}', "this is not JSON", 2],
  ["JSON nested without end", "[".repeat(100_000), "nested too deep", 1],
  ["JSON nested too deep", `${'{"a":'.repeat(1001)}1${"}".repeat(1001)}`, "nested too deep", 1],
];

/** Bytes that are no text: nothing of the file can be read. */
const BYTES: readonly Case[] = [
  ["zero bytes", bytes("a: b\nc: ", [0, 1, 2]), "this is a binary file", 2],
  ["the beginning of an image", bytes([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), "this is a binary file", 3],
  ["a zero character in a text", "a: b\n\0", "this is a binary file", 2],
  ["bytes that are not UTF-8", bytes("a: b\nc: ", [0xff, 0xfe], "\n"), "the text is not UTF-8; save it as UTF-8", 2],
  ["Latin-1", bytes("a: b\n\nname: caf", [0xe9], "\n"), "the text is not UTF-8; save it as UTF-8", 3],
  ["a character that is cut off", bytes("a: b\nc: ", [0xe2, 0x82]), "the text is not UTF-8", 2],
  ["UTF-16", Buffer.from("\ufeffa: b", "utf16le"), "the text is UTF-16; save it as UTF-8", undefined],
  ["UTF-16 of the other order", bytes([0xfe, 0xff, 0, 0x61]), "the text is UTF-16; save it as UTF-8", undefined],
  ["UTF-16 without a mark", Buffer.from("a: b", "utf16le"), "this is a binary file", 1],
  ["UTF-32", bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "the text is UTF-32; save it as UTF-8", undefined],
];

/** Documents that are no Kubernetes objects. */
const STRANGERS: readonly Case[] = [
  ["text", "just text", "must be a Kubernetes object, a mapping with 'apiVersion' and 'kind', got \"just text\"", 1],
  ["a number", "42", "got 42", 1],
  ["a list with a text", "- a\n", 'got "a"', 1],
  ["an empty mapping", "{}", "'apiVersion' and 'kind' are missing", 1],
  ["no kind", edited("kind: Deployment\n", ""), "'kind' is missing, without which", 1],
  ["no apiVersion", edited("apiVersion: apps/v1\n", ""), "'apiVersion' is missing, without which", 1],
  ["an empty kind", edited("kind: Deployment", 'kind: ""'), "'kind' is missing", 1],
  ["a kind that is a list", edited("kind: Deployment", "kind: [a]"), "'kind' must be text, got [\"a\"]", 2],
  [
    "an apiVersion that is a number",
    edited("apiVersion: apps/v1", "apiVersion: 1"),
    "'apiVersion' must be text, got 1",
    1,
  ],
  [
    "a List whose items are a mapping",
    "apiVersion: v1\nkind: List\nitems: {a: b}\n",
    "'items' of List must be a list",
    3,
  ],
  ["a List with a text as item", "apiVersion: v1\nkind: List\nitems:\n  - text\n", 'got "text"', 4],
  ["a JSON List with a number as item", '{"apiVersion": "v1",\n"kind": "List",\n"items": [\n7]}', "got 7", 4],
  ["a kustomization", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", '"kustomize build"', 1],
];

const SPEC = "Deployment web/api, spec.template.spec";

/** Values of wrong kinds: the rest of the object cannot be used. */
const VALUES: readonly Case[] = [
  ["no name", edited("  name: api\n", ""), "Deployment, metadata.name: 'name' is missing; add it", 4],
  ["no metadata", edited("metadata:\n  name: api\n  namespace: web\n", ""), "'name' is missing; add it", 1],
  ["metadata as a list", "apiVersion: v1\nkind: Service\nmetadata: [a]\n", "'metadata' must be a mapping", 3],
  ["a name that is a number", edited("name: api", "name: 12"), "'name' must be text, got 12; put it in quotes", 4],
  ["a namespace that is a list", edited("namespace: web", "namespace: [web]"), "'namespace' must be text", 5],
  [
    "annotations that are a number",
    edited("namespace: web", "annotations: {a: 1}"),
    "'a' must be text, got 1; put it in quotes",
    5,
  ],
  [
    "owners that are a mapping",
    edited("namespace: web", "ownerReferences: {kind: a}"),
    "'ownerReferences' must be a list",
    5,
  ],
  ["no spec", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n", "'spec' is missing; add it", 1],
  ["a spec that is text", object("Deployment", "apps/v1", "spec: text"), "'spec' must be a mapping, got \"text\"", 4],
  ["a spec that is a list", object("Deployment", "apps/v1", "spec: [a]"), "'spec' must be a mapping", 4],
  ["no template", object("Deployment", "apps/v1", "spec: {replicas: 1}"), "'template' is missing; add it", 4],
  [
    "a template that is text",
    object("Deployment", "apps/v1", "spec: {template: x}"),
    "'template' must be a mapping",
    4,
  ],
  ["replicas in words", edited("spec:\n", "spec:\n  replicas: two\n"), "'replicas' must be a number, got \"two\"", 7],
  ["replicas in quotes", edited("spec:\n", 'spec:\n  replicas: "2"\n'), 'got "2"; remove the quotes', 7],
  ["replicas below 0", edited("spec:\n", "spec:\n  replicas: -1\n"), "'replicas' must be at least 0, got -1", 7],
  ["half a replica", edited("spec:\n", "spec:\n  replicas: 1.5\n"), "'replicas' must be a whole number, got 1.5", 7],
  ["labels as a list", edited("{app: api}", "[app]"), "'labels' must be a mapping, got [\"app\"]", 9],
  [
    "a label that is a number",
    edited("{app: api}", "{version: 1.0}"),
    "'version' must be text, got 1; put it in quotes",
    9,
  ],
  ["a label that is true", edited("{app: api}", "{on: true}"), "'on' must be text, got true; put it in quotes", 9],
  ["no containers", edited("containers:", "container:"), `${SPEC}.containers: 'containers' is missing; add it`, 11],
  ["no container in containers", object("Pod", "v1", "spec: {containers: []}"), "must hold at least one container", 4],
  [
    "containers that are text",
    object("Pod", "v1", "spec: {containers: app}"),
    "'containers' must be a list, got \"app\"",
    4,
  ],
  [
    "containers that are a mapping",
    object("Pod", "v1", "spec: {containers: {name: a}}"),
    "'containers' must be a list",
    4,
  ],
  [
    "a container that is text",
    object("Pod", "v1", "spec: {containers: [a]}"),
    "'containers.0' must be a mapping, got \"a\"",
    4,
  ],
  [
    "a container that is nothing",
    object("Pod", "v1", "spec: {containers: [null]}"),
    "'containers.0' must be a mapping, got null",
    4,
  ],
  [
    "a container without a name",
    edited("- name: app\n          image: app", "- image: app"),
    `${SPEC}.containers.0.name: 'name' is missing`,
    12,
  ],
  ["an image that is a number", edited("image: app", "image: 7"), "'image' must be text, got 7", 13],
  ["a command that is text", edited("image: app", "command: sleep 1"), "'command' must be a list, got \"sleep 1\"", 13],
  [
    "arguments that are numbers",
    edited("image: app", "args: [-p, 80]"),
    "'args.1' must be text, got 80; put it in quotes",
    13,
  ],
  ["env that is a mapping", edited("image: app", "env: {A: b}"), '\'env\' must be a list, got {"A":"b"}', 13],
  [
    "a variable that is a number",
    edited("image: app", "env: [{name: A, value: 8080}]"),
    "'value' must be text, got 8080; put it in quotes",
    13,
  ],
  ["a variable without a name", edited("image: app", "env: [{value: a}]"), "'name' is missing; add it", 13],
  ["ports that are a mapping", edited("image: app", "ports: {containerPort: 80}"), "'ports' must be a list", 13],
  [
    "a port that is text",
    edited("image: app", "ports: [{containerPort: http}]"),
    "'containerPort' must be a number",
    13,
  ],
  ["a port in quotes", edited("image: app", 'ports: [{hostPort: "80"}]'), "remove the quotes", 13],
  [
    "resources that are text",
    edited("{requests: {cpu: 250m, memory: 512Mi}}", "small"),
    "'resources' must be a mapping",
    14,
  ],
  ["requests that are a list", edited("{cpu: 250m, memory: 512Mi}", "[cpu]"), "'requests' must be a mapping", 14],
  ["an amount that is a list", edited("250m", "[1]"), "'cpu' must be text or a number, got [1]", 14],
  ["an amount that is true", edited("250m", "true"), "'cpu' must be text or a number, got true", 14],
  ["two points", edited("250m", "1.5.2"), "'cpu' must be a Kubernetes quantity of 0 or more", 14],
  ["CPU below 0", edited("250m", "-1"), 'such as "500m" or "1.5", got "-1"', 14],
  ["memory in mb", edited("512Mi", "512mb"), 'got "512mb"; write "512Mi"', 14],
  ["memory in GB", edited("512Mi", "2GB"), 'got "2GB"; write "2Gi"', 14],
  ["a blank before the unit", edited("512Mi", "1 Gi"), 'got "1 Gi"; write "1Gi"', 14],
  ["a unit in lower case", edited("512Mi", "512mi"), 'got "512mi"; write "512Mi"', 14],
  ["CPU in vCPU", edited("250m", "2 vCPU"), 'got "2 vCPU"; write "2"', 14],
  [
    "an amount of a GPU in words",
    edited("cpu: 250m", "nvidia.com/gpu: one"),
    "'nvidia.com/gpu' must be a Kubernetes quantity",
    14,
  ],
  ["no number", edited("250m", ".nan"), "'cpu' must be", 14],
  [
    "hostNetwork in quotes",
    edited("containers:", 'hostNetwork: "true"\n      containers:'),
    "'hostNetwork' must be true or false",
    11,
  ],
  [
    "a node selector that is text",
    edited("containers:", "nodeSelector: arm64\n      containers:"),
    "'nodeSelector' must be a mapping",
    11,
  ],
  [
    "a node selector that is true",
    edited("containers:", "nodeSelector: {gpu: true}\n      containers:"),
    "put it in quotes",
    11,
  ],
  [
    "volumes that are a mapping",
    edited("containers:", "volumes: {data: {}}\n      containers:"),
    "'volumes' must be a list",
    11,
  ],
  [
    "a volume without a name",
    edited("containers:", "volumes: [{emptyDir: {}}]\n      containers:"),
    "'name' is missing",
    11,
  ],
  [
    "a claim that is text",
    edited("containers:", "volumes: [{name: a, persistentVolumeClaim: b}]\n      containers:"),
    "'persistentVolumeClaim' must be a mapping",
    11,
  ],
  [
    "affinity that is text",
    edited("containers:", "affinity: none\n      containers:"),
    "'affinity' must be a mapping",
    11,
  ],
  [
    "a schedule of six fields",
    edited("0 3 * * *", "0 0 3 * * *", CRON),
    "Kubernetes knows no seconds: remove the first field",
    5,
  ],
  ["a schedule in words", edited("0 3 * * *", "daily", CRON), 'must have the five fields of cron, got "daily"', 5],
  ["an hour that there is not", edited("0 3 * * *", "0 24 * * *", CRON), "must have the five fields of cron", 5],
  ["no schedule", edited('  schedule: "0 3 * * *"\n', "", CRON), "'schedule' is missing; add it", 5],
  [
    "a run time in words",
    edited("{name: nightly}", "{name: a, annotations: {cdktf-eks-fargate/run-time: long}}", CRON),
    'must be a duration above 0, got "long"',
    3,
  ],
  [
    "fewer at most than at least",
    edited("maxReplicas: 4", "maxReplicas: 1", HPA),
    "'maxReplicas' must be at least 'minReplicas', 2, got 1",
    7,
  ],
  [
    "an autoscaler without a target",
    edited("  scaleTargetRef: {kind: Deployment, name: web}\n", "", HPA),
    "'scaleTargetRef' is missing",
    5,
  ],
  ["an autoscaler without a bound", edited("  maxReplicas: 4\n", "", HPA), "'maxReplicas' is missing; add it", 5],
  ["a scale in words", edited('"2"', "few", KNATIVE), 'must be a whole number in quotes, got "few"', 7],
  ["a scale that is no text", edited('"2"', "2", KNATIVE), "must be text, got 2; put it in quotes", 7],
  [
    "a Rollout without a template",
    object("Rollout", "argoproj.io/v1alpha1", "spec: {}"),
    "'template' is missing; add it, or 'workloadRef'",
    4,
  ],
  [
    "a Rollout of a Deployment that is not there",
    object("Rollout", "argoproj.io/v1alpha1", "spec: {workloadRef: {kind: Deployment, name: web}}"),
    'names the Deployment "web", which is not there',
    4,
  ],
  [
    "limits that are a mapping",
    object("LimitRange", "v1", "spec: {limits: {type: Container}}"),
    "'limits' must be a list",
    4,
  ],
  [
    "a default that is no amount",
    object("LimitRange", "v1", "spec: {limits: [{type: Container, default: {memory: 1GB}}]}"),
    'write "1Gi"',
    4,
  ],
  ["a selector that is a list", object("Service", "v1", "spec: {selector: [a]}"), "'selector' must be a mapping", 4],
  [
    "paths that are a mapping",
    object("Ingress", "networking.k8s.io/v1", "spec: {rules: [{http: {paths: {}}}]}"),
    "'paths' must be a list",
    4,
  ],
  [
    "a StorageClass without a provisioner",
    object("StorageClass", "storage.k8s.io/v1", "parameters: {}"),
    "'provisioner' is missing; add it",
    1,
  ],
  [
    "a template of an unknown kind",
    object("Widget", "a.b/v1", "spec: {template: {spec: {containers: [{name: a, image: b, ports: 80}]}}}"),
    "'ports' must be a list, got 80",
    4,
  ],
  ["__proto__ as a label", edited("{app: api}", "{__proto__: 1, app: 2}"), "'app' must be text, got 2", 9],
];

const CASES = [...SYNTAX, ...JSON_SYNTAX, ...STRANGERS, ...VALUES];

test("there are more than a hundred", () => {
  expect(CASES.length + BYTES.length).toBeGreaterThan(100);
  expect(new Set([...CASES, ...BYTES].map(([name]) => name)).size).toBe(CASES.length + BYTES.length);
});

describe("refused with file, document and line, while another document of the file is answered:", () => {
  const inFirst = readManifests([{ file: "good.yaml", text: GOOD }]);

  test.each(CASES)("%s", (_name, text, message, line) => {
    const lines = GOOD.split("\n").length;
    const { problems, workloads } = readManifests([
      { file: "bad.yaml", text: `${GOOD}---\n${text}\n---\n${GOOD.replace("good", "better")}` },
    ]);
    expect(problems).toEqual([
      { file: "bad.yaml", document: 2, line: lines + (line ?? 0), message: expect.stringContaining(message) },
    ]);
    expect(workloads.map(describeWorkload)).toEqual(["Deployment default/better", "Deployment default/good"]);
    expect(inFirst.problems).toEqual([]);
  });
});

describe("refused with file and line, while another file is answered:", () => {
  test.each([...BYTES, ...JSON_SYNTAX])("%s", (_name, text, message, line) => {
    const { problems, workloads } = readManifests([
      { file: "bad.yaml", text },
      { file: "good.yaml", text: GOOD },
    ]);
    expect(problems).toEqual([
      expect.objectContaining({ file: "bad.yaml", message: expect.stringContaining(message) }),
    ]);
    expect(problems[0]?.line).toBe(line);
    expect(workloads.map(describeWorkload)).toEqual(["Deployment default/good"]);
  });
});

test("a message never has more than a few hundred characters", () => {
  const long = "x".repeat(100_000);
  const texts = [
    `a: *${long}`,
    `${long}: 1\n${long}: 2`,
    edited("name: api", `name: [${long}]`),
    long,
    `a: !${long} b: c`,
  ];
  for (const text of texts) {
    const { problems } = readManifests([{ file: "a.yaml", text }]);
    expect(problems.length).toBeGreaterThan(0);
    expect(Math.max(...problems.map(({ message }) => message.length))).toBeLessThan(700);
  }
});

test("all that is wrong with an object is told at once", () => {
  const text = edited("spec:\n", "spec:\n  replicas: two\n")
    .replace("app: api", "app: 1")
    .replace("250m", "1 cpu")
    .replace("512Mi", "1GB");
  const first = readManifests([{ file: "a.yaml", text }]).problems;
  expect(first.map(({ line }) => line)).toEqual([7, 10]);
  const { problems } = readManifests([{ file: "a.yaml", text: text.replace("two", "2").replace("app: 1", "app: a") }]);
  expect(problems.map(({ line, message }) => [line, message.slice(-14)])).toEqual([
    [15, '"1 cpu"; write "1"'.slice(-14)],
    [15, '"1GB"; write "1Gi"'.slice(-14)],
  ]);
});
