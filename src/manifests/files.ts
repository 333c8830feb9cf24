import type { Inventory, ManifestProblem } from "../model/inventory";
import { lineAt, type RawDocument, splitDocuments } from "./documents";
import { helmTemplate, kustomization, noObject } from "./errors";
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
  const counted = files.filter((file) => file !== undefined);
  return {
    objects: counted.flatMap(({ objects }) => objects),
    problems: counted.flatMap(({ problems }) => problems),
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
}

/** What a file holds; `undefined` when it was found in a folder and is no file of manifests. */
function readFile(
  { input, documents, unreadable }: FileContent,
  finder: LineFinder,
  onDocument: () => void,
): FileObjects | undefined {
  const read = documents.map((raw) => {
    const document = readDocument(raw, finder);
    onDocument();
    return document;
  });
  const all = read.flatMap(({ objects }) => objects);
  const objects = all.filter((object) => !isKustomization(object));
  const template = read.flatMap(({ template: helm }) => helm ?? []).slice(0, 1);
  const problems = [...unreadable, ...read.flatMap((document) => document.problems), ...template];
  const strangers = read.flatMap((document) => document.strangers);
  const filled = read.filter((document) => document.filled).length;
  if (input.found && objects.length === 0) {
    // A manifest that cannot be read still shows that it is one.
    const isManifest = unreadable.length > 0 || documents.some(({ text }) => text.includes("apiVersion"));
    return isManifest && problems.length > 0 ? { objects, problems, documents: filled } : undefined;
  }
  const unbuilt = input.found ? [] : all.filter(isKustomization).map((object) => whole(object, kustomization()));
  const found = [...problems, ...strangers, ...unbuilt];
  // A List without items is empty on purpose.
  return filled === 0 && found.length === 0
    ? { objects, problems: [{ file: input.file, message: noObject(input.file) }], documents: filled }
    : { objects, problems: found, documents: filled };
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
  readonly strangers: readonly ManifestProblem[];
  /** That the document is a Helm template, which is said once for a file. */
  readonly template?: ManifestProblem;
  readonly filled: boolean;
}

/** Actions of Helm that are not rendered; other templates stand in values of objects that are complete. */
const HELM_ACTION =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:block|default|define|else|end|fail|if|include|printf|range|required|template|toYaml|tpl|with)\b|\$|\/\*)/;

function readDocument(raw: RawDocument, finder: LineFinder): ReadDocument {
  const { file, document } = raw;
  const parsed = parse(raw);
  if ("problems" in parsed) {
    // What is missing at the end of a text that is cut off is missing on its last line, not behind the blank ones.
    const last = lineAt(raw, raw.text.trimEnd().length);
    const problems = parsed.problems.map(({ line, message }) => ({
      file,
      document,
      line: Math.min(line, last),
      message,
    }));
    const empty = { objects: [], strangers: [], filled: true };
    const [first] = problems;
    return first !== undefined && HELM_ACTION.test(raw.text)
      ? { ...empty, problems: [], template: { ...first, message: helmTemplate() } }
      : { ...empty, problems };
  }
  const { objects, problems, strangers } = objectsOf(raw, parsed, finder);
  const templates = objects.filter(isHelmTemplate);
  const [first] = templates;
  return {
    objects: objects.filter((object) => !templates.includes(object)),
    problems,
    strangers,
    filled: parsed.value !== null && parsed.value !== undefined,
    ...(first === undefined ? {} : { template: whole(first, helmTemplate()) }),
  };
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
