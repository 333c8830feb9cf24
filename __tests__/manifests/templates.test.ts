import { readManifests } from "../../src/manifests/read-manifests";
import { GOOD, names, read, readOne } from "./reading";

const told = (text: string, file = "a.yaml") =>
  readManifests([{ file, text }]).problems.map(({ line, message }) => `${line}: ${message}`);

const HELM = 'this is a Helm template; render it first with "helm template"';

describe("a Helm template is told once for a file", () => {
  test("that begins with an action and has more of them, which are no values of JSON", () => {
    const text =
      "{{- if .Values.on }}\na: {{ .Values.a }}\n{{- with .Values.b }}\nb: {{ . | quote }}\n{{- end }}\n{{- end }}\n";
    expect(told(text)).toEqual([`1: ${HELM}`]);
  });

  test("that has documents with nothing but placeholders too", () => {
    expect(told(`{{- if .Values.on }}\na: 1\n{{- end }}\n---\na: {{ .x }}\n---\nb: [\n`)).toEqual([`1: ${HELM}`]);
  });

  test("whose other documents are read all the same", () => {
    const inventory = read(`${GOOD}---\nname: {{ .Values.name }}\n`);
    expect(names(inventory)).toEqual(["Deployment default/good"]);
    expect(inventory.problems).toHaveLength(1);
  });
});

describe("a placeholder of another template", () => {
  test("is told with its line where it keeps a document from being YAML", () => {
    expect(told(`${GOOD}---\na: 1\nb: {{cluster_name}}\n`)).toEqual([
      '13: "{{cluster_name}}" is a placeholder of a template that is not filled in; fill it in first',
    ]);
  });

  test("is not blamed for a mistake on another line", () => {
    expect(told('a: "{{ .Name }}"\nb: [\n')).toEqual([expect.stringContaining("this is not YAML")]);
  });
});

test("an object that is there twice, beside a kustomization, may be a piece of what that builds", () => {
  const kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\n";
  const repeated = (...texts: string[]) =>
    readManifests(texts.map((text, index) => ({ file: `${index}.yaml`, text, found: true }))).problems;
  expect(repeated(GOOD, GOOD, kustomization)).toEqual([
    expect.objectContaining({
      file: "1.yaml",
      message: expect.stringMatching(/; keep one, or read what "kustomize build" prints instead$/),
    }),
  ]);
  expect(repeated(GOOD, GOOD)).toEqual([expect.objectContaining({ message: expect.stringMatching(/; keep one$/) })]);
});

test.each([
  ["test", 0],
  ["test-success", 0],
  ["test, post-upgrade", 1],
  ["post-install", 1],
])("a pod that Helm starts for the hook %s counts %i times", (hook, count) => {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {helm.sh/hook: "${hook}"}}\nspec: {containers: [{name: a, image: b}]}\n`;
  expect(readOne(text).replicas).toEqual({
    min: count,
    max: count,
    from: count === 0 ? 'the annotation "helm.sh/hook"' : "a pod by itself",
  });
});

describe("the definition of a custom resource", () => {
  const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: webs.example.com
spec:
  description: 'text that is indented
  as Kubernetes takes it'
`;

  test("is an object whose text is not looked at", () => {
    const inventory = read(`${CRD}---\n${GOOD}`);
    expect([names(inventory), inventory.problems]).toEqual([["Deployment default/good"], []]);
    expect(inventory.counts).toEqual({ files: 1, documents: 2, objects: 2 });
  });

  test("is looked at where another object stands in the same document", () => {
    expect(told(`${CRD}${GOOD}`)).not.toEqual([]);
    expect(told(`${CRD.slice(0, CRD.indexOf("  description"))}${GOOD}`)).toEqual([
      '6: "apiVersion" is there twice in the same mapping; keep one',
      '7: "kind" is there twice in the same mapping; keep one',
      '8: "metadata" is there twice in the same mapping; keep one',
      '10: "spec" is there twice in the same mapping; keep one',
    ]);
  });

  test.each([
    ["that is only named in another kind", GOOD.replace("app\n", "CustomResourceDefinition\n")],
    ["that is a template", CRD.replace("webs", "{{ .Values.a }}")],
  ])("%s is read like everything else", (_, text) => {
    expect(read(text).workloads.length + read(text).problems.length).toBe(1);
  });
});
