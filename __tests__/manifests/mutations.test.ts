import { readFileSync } from "node:fs";
import fc from "fast-check";
import { readManifests } from "../../src/manifests/read-manifests";
import { DEPLOYMENT, GOOD } from "./reading";

/** Texts that are right, of every form. */
const TEXTS = [
  DEPLOYMENT,
  JSON.stringify(
    { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { containers: [{ name: "a" }] } },
    null,
    1,
  ),
  ...["delivery.yaml", "queue.json", "cluster.yaml"].flatMap((file) =>
    readFileSync(`__tests__/fixtures/manifests/shop/${file}`, "utf8")
      .split(/^---\n/m)
      .filter((text) => text !== ""),
  ),
  `${GOOD}---\n${DEPLOYMENT}`,
];

/** Whatever the text is: no error is thrown, something is said of it, and all that is said has a place in the file. */
function answers(text: string | Uint8Array): void {
  const { problems, ...inventory } = readManifests([{ file: "a.yaml", text }]);
  const said = Object.values(inventory).reduce((sum, each) => sum + (Array.isArray(each) ? each.length : 0), 0);
  const lines = Buffer.from(text).toString().split("\n").length;
  expect(problems.filter(({ line = 1, message }) => line < 1 || line > lines || !/^\S.*\S$/s.test(message))).toEqual(
    [],
  );
  expect(said + problems.length + inventory.counts.documents).toBeGreaterThan(0);
  const places = inventory.workloads.map(
    ({ source, podPath }) => [source.line, source.lineOf(podPath), lines] as const,
  );
  expect(places.filter(([first, at, last]) => at < first || at > last)).toEqual([]);
}

const text = fc.constantFrom(...TEXTS);
const place = fc.nat({ max: 10_000 });

test("a text that is cut off anywhere is answered", () => {
  for (const whole of TEXTS.slice(0, 1)) {
    for (let length = 0; length < whole.length; length++) {
      answers(whole.slice(0, length));
    }
  }
  fc.assert(
    fc.property(text, place, (whole, at) => answers(whole.slice(0, at % whole.length))),
    { numRuns: 60 },
  );
});

test("a text with other bytes is answered", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(text, fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 4 }), (whole, changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) {
        bytes[at % bytes.length] = value;
      }
      answers(bytes);
    }),
    { numRuns: 100 },
  );
});

test("a text with characters of YAML anywhere is answered", () => {
  const piece = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    ":",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    '"',
    "'",
    "#",
    "\t",
    "\n---\n",
    "\n...\n",
    "<<: ",
    "%",
    ",",
    "null",
    "__proto__: ",
    "{{ .Values.a }}",
  );
  fc.assert(
    fc.property(text, fc.array(fc.tuple(place, piece), { minLength: 1, maxLength: 3 }), (whole, pieces) => {
      answers(
        pieces.reduce((sum, [at, value]) => sum.slice(0, at % sum.length) + value + sum.slice(at % sum.length), whole),
      );
    }),
    { numRuns: 100 },
  );
});

test("an object with other values anywhere is answered", () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("", -1, 1e308, "1Gi", { containers: [] }, [[]], { name: "a" }),
  );
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", labels: { b: "c" }, ownerReferences: [{ kind: "A", name: "b", controller: true }] },
    spec: {
      containers: [{ name: "a", env: [{ name: "A" }], resources: { limits: { cpu: "1" } } }],
      volumes: [{ name: "a" }],
      affinity: { nodeAffinity: {} },
    },
  };
  const apiVersion = fc.constantFrom(
    "v1",
    "apps/v1",
    "batch/v1",
    "autoscaling/v2",
    "keda.sh/v1alpha1",
    "networking.k8s.io/v1",
    "argoproj.io/v1alpha1",
    "serving.knative.dev/v1",
    "policy/v1",
  );
  const kind = fc.constantFrom(
    "Pod",
    "Deployment",
    "Job",
    "CronJob",
    "HorizontalPodAutoscaler",
    "ScaledObject",
    "ScaledJob",
    "Service",
    "Ingress",
    "LimitRange",
    "Rollout",
    "List",
    "PersistentVolume",
    "PodDisruptionBudget",
  );
  const deployment = { ...pod, apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: 1, template: pod } };
  fc.assert(
    fc.property(
      fc.constantFrom(pod, deployment),
      apiVersion,
      kind,
      fc.array(fc.tuple(place, values), { maxLength: 3 }),
      (base, version, name, changes) => {
        let count = 0;
        const changed = (value: unknown): unknown => {
          count += 1;
          const change = changes.find(([at]) => at % 40 === count && count > 3);
          if (change !== undefined) {
            return change[1];
          }
          if (Array.isArray(value)) {
            return value.map(changed);
          }
          return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner)]))
            : value;
        };
        answers(JSON.stringify({ ...(changed(base) as object), apiVersion: version, kind: name }, null, 1));
        answers(JSON.stringify(changed(base), null, 1));
      },
    ),
    { numRuns: 100 },
  );
});
