import type { Inventory, ManifestProblem } from "../model/inventory";
import { shown } from "../yaml/schema-issues";
import type { LineProblem } from "../yaml/yaml-problems";
import { lineAt, type RawDocument, splitDocuments } from "./documents";
import { helmTemplate, kustomization, noObject, placeholder } from "./errors";
import { beginsLikeJson, parseJson, splitJsonValues } from "./json-document";
import { decode, type ManifestText } from "./manifest-text";
import { objectsOf, type RawObject } from "./objects";
import type { Parsed } from "./parsed";
import { isMapping } from "./schema";
import { LineFinder } from "./text-piece";
import { parseYaml } from "./yaml-document";

/** All objects that files hold, and what could not be read as one. */
export interface ReadFiles {
  readonly objects: readonly RawObject[];
  readonly problems: readonly ManifestProblem[];
  /** Whether there is a kustomization among them, so that other files may be pieces of what it builds. */
  readonly kustomized: boolean;
  readonly counts: Inventory["counts"];
}

/** What there is of one file. */
interface FileContent {
  readonly input: ManifestText;
  readonly documents: readonly RawDocument[];
  /** Why it has no documents. */
  readonly unreadable: readonly ManifestProblem[];
}

/** @param onProgress told how many of all documents are parsed, after each */
export function readFiles(
  inputs: readonly ManifestText[],
  onProgress: (done: number, total: number) => void,
): ReadFiles {
  const contents = inputs.map(split);
  const total = contents.reduce((sum, { documents }) => sum + documents.length, 0);
  const finder = new LineFinder();
  let done = 0;
  const files = contents.map((content) =>
    readFile(content, finder, () => {
      done += 1;
      onProgress(done, total);
    }),
  );
  const counted = files.filter(({ counts }) => counts);
  return {
    objects: counted.flatMap(({ objects }) => objects),
    problems: counted.flatMap(({ problems }) => problems),
    kustomized: files.some(({ kustomized }) => kustomized),
    counts: {
      files: counted.length,
      documents: counted.reduce((sum, { documents }) => sum + documents, 0),
      objects: counted.reduce((sum, { objects }) => sum + objects.length, 0),
    },
  };
}

function split(input: ManifestText): FileContent {
  const { file } = input;
  const decoded = decode(input.text);
  if ("problem" in decoded) {
    const { problem: message, line } = decoded;
    return { input, documents: [], unreadable: [{ file, message, ...(line === undefined ? {} : { line }) }] };
  }
  return { input, documents: splitJsonValues(splitDocuments(file, decoded.text)), unreadable: [] };
}

interface FileObjects {
  readonly objects: readonly RawObject[];
  readonly problems: readonly ManifestProblem[];
  /** How many documents hold anything. */
  readonly documents: number;
  /** Whether it holds a kustomization. */
  readonly kustomized: boolean;
  /** Whether it counts as a file of manifests, which one that was found in a folder need not be. */
  readonly counts: boolean;
}

/** What a file holds. */
function readFile(
  { input, documents, unreadable }: FileContent,
  finder: LineFinder,
  onDocument: () => void,
): FileObjects {
  const read = documents.map((raw) => {
    const document = readDocument(raw, finder);
    onDocument();
    return document;
  });
  const all = read.flatMap(({ objects }) => objects);
  const objects = all.filter((object) => !isKustomization(object));
  const template = read.flatMap(({ template: helm }) => helm ?? []).slice(0, 1);
  // What else is no YAML in a template becomes YAML when it is rendered.
  const malformed = template.length > 0 ? template : read.flatMap((document) => document.malformed);
  const problems = [...unreadable, ...read.flatMap((document) => document.problems), ...malformed];
  const strangers = read.flatMap((document) => document.strangers);
  const filled = read.filter((document) => document.filled).length;
  const kustomized = all.length > objects.length;
  if (input.found && objects.length === 0) {
    // A manifest that cannot be read still shows that it is one.
    const isManifest = unreadable.length > 0 || documents.some(({ text }) => text.includes("apiVersion"));
    return { objects, problems, documents: filled, kustomized, counts: isManifest && problems.length > 0 };
  }
  const unbuilt = input.found ? [] : all.filter(isKustomization).map((object) => whole(object, kustomization()));
  const found = [...problems, ...strangers, ...unbuilt];
  // A List without items is empty on purpose.
  const empty = filled === 0 && found.length === 0 ? [{ file: input.file, message: noObject(input.file) }] : [];
  return { objects, problems: [...found, ...empty], documents: filled, kustomized, counts: true };
}

function isKustomization({ group }: RawObject): boolean {
  return group === "kustomize.config.k8s.io";
}

function whole({ source: { file, document, line } }: RawObject, message: string): ManifestProblem {
  return { file, document, line, message };
}

interface ReadDocument {
  readonly objects: readonly RawObject[];
  readonly problems: readonly ManifestProblem[];
  /** Why the document is no YAML or JSON. */
  readonly malformed: readonly ManifestProblem[];
  readonly strangers: readonly ManifestProblem[];
  /** That the document is a Helm template, which is said once for a file. */
  readonly template?: ManifestProblem;
  readonly filled: boolean;
}

/** Actions of Helm that are not rendered; other templates stand in values of objects that are complete. */
const HELM_ACTION =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:block|default|define|else|end|fail|if|include|printf|range|required|template|toYaml|tpl|with)\b|\$|\/\*)/;

function readDocument(raw: RawDocument, finder: LineFinder): ReadDocument {
  const parsed = parse(raw);
  if ("problems" in parsed) {
    const malformed = malformedProblems(raw, parsed.problems);
    const [first] = malformed;
    const empty = { objects: [], problems: [], strangers: [], filled: true };
    return first !== undefined && HELM_ACTION.test(raw.text)
      ? { ...empty, malformed: [], template: { ...first, message: helmTemplate() } }
      : { ...empty, malformed };
  }
  const { objects, problems, strangers } = objectsOf(raw, parsed, finder);
  const templates = objects.filter(isHelmTemplate);
  const [first] = templates;
  return {
    objects: objects.filter((object) => !templates.includes(object)),
    problems,
    malformed: [],
    strangers,
    filled: parsed.value !== null && parsed.value !== undefined,
    ...(first === undefined ? {} : { template: whole(first, helmTemplate()) }),
  };
}

/** A placeholder of a template that is not filled in: `{{cluster_name}}`, `{{ .Tag }}`. */
const PLACEHOLDER = /\{\{.*?\}\}/;

function malformedProblems(raw: RawDocument, problems: readonly LineProblem[]): ManifestProblem[] {
  const { file, document } = raw;
  // What is missing at the end of a text that is cut off is missing on its last line, not behind the blank ones.
  const last = lineAt(raw, raw.text.trimEnd().length);
  const lines = raw.text.includes("{{") ? raw.text.split("\n") : [];
  return problems.map(({ line, message }) => {
    const [found] = PLACEHOLDER.exec(lines[line - raw.line] ?? "") ?? [];
    return {
      file,
      document,
      line: Math.min(line, last),
      message: found === undefined ? message : placeholder(shown(found)),
    };
  });
}

function isHelmTemplate({ value: { metadata } }: RawObject): boolean {
  return isMapping(metadata) && [metadata.name, metadata.namespace].some((each) => HELM_ACTION.test(String(each)));
}

/** Text that begins like JSON may be YAML in flow style, whose keys need no quotes. */
function parse(raw: RawDocument): Parsed {
  if (!beginsLikeJson(raw)) {
    return parseYaml(raw);
  }
  const json = parseJson(raw);
  if (json.yaml === undefined) {
    return json;
  }
  const yaml = parseYaml(raw);
  return "problems" in yaml && json.yaml === "possible" ? json : yaml;
}
