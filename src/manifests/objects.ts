import type { ManifestProblem } from "../model/inventory";
import { type Problem, quote } from "../model/problem";
import type { Source } from "../model/workload";
import { shown } from "../yaml/schema-issues";
import type { RawDocument } from "./documents";
import { missingIdentity, notAnObject } from "./errors";
import type { ParsedValue } from "./parsed";
import { isMapping, type Mapping } from "./schema";
import type { LineFinder, TextPiece } from "./text-piece";

type Path = Problem["at"];

/** A Kubernetes object of which nothing but its kind has been looked at. */
export interface RawObject {
  readonly apiVersion: string;
  /** Of the API, empty for the core group; that of today where Kubernetes has moved a kind to another. */
  readonly group: string;
  readonly kind: string;
  readonly value: Mapping;
  readonly source: Source;
}

/** The objects of a document. */
export interface DocumentObjects {
  readonly objects: RawObject[];
  readonly problems: ManifestProblem[];
  /** What is said of values that are no objects, which a file found in a folder may have instead of any object. */
  readonly strangers: ManifestProblem[];
}

/** Kinds that an `extensions` group held in Kubernetes before 1.22 are in other groups today. */
const MOVED: Readonly<Record<string, string>> = { Ingress: "networking.k8s.io" };

/** The objects of a parsed document: itself, the entries of a List, or the entries of a list. */
export function objectsOf(raw: RawDocument, parsed: ParsedValue, finder: LineFinder): DocumentObjects {
  const found: DocumentObjects = { objects: [], problems: [], strangers: [] };
  const place: Place = { raw, finder, piece: parsed.piece, at: [] };
  collect(parsed.value, place, parsed.entries, found, undefined);
  return found;
}

interface Place {
  readonly raw: RawDocument;
  readonly finder: LineFinder;
  readonly piece: TextPiece;
  /** Path in the piece. */
  readonly at: Path;
}

/** What the entries of a typed list such as a `DeploymentList` are, which they need not say themselves. */
interface EntryType {
  readonly apiVersion: unknown;
  readonly kind: string;
}

function collect(
  value: unknown,
  place: Place,
  entries: ParsedValue["entries"],
  found: DocumentObjects,
  type: EntryType | undefined,
): void {
  if (value === null || value === undefined) {
    return;
  }
  if (Array.isArray(value)) {
    collectEntries(value, place, [], entries, found, type);
    return;
  }
  if (!isMapping(value)) {
    found.strangers.push(problemAt(place, [], notAnObject(shown(value))));
    return;
  }
  const { apiVersion = type?.apiVersion, kind = type?.kind, items } = value;
  if (typeof kind === "string" && /.List$|^List$/.test(kind) && Object.hasOwn(value, "items")) {
    const entryType = kind === "List" ? undefined : { apiVersion, kind: kind.slice(0, -"List".length) };
    if (items !== null && !Array.isArray(items)) {
      found.problems.push(problemAt(place, ["items"], `'items' of ${kind} must be a list, got ${shown(items)}`));
      return;
    }
    collectEntries(items ?? [], place, ["items"], entries, found, entryType);
    return;
  }
  const wrong = identityProblem(apiVersion, kind);
  if (wrong !== undefined) {
    found.strangers.push(problemAt(place, wrong.at, wrong.message));
    return;
  }
  found.objects.push(rawObject(String(apiVersion), String(kind), value, place));
}

function collectEntries(
  values: readonly unknown[],
  place: Place,
  at: Path,
  entries: ParsedValue["entries"],
  found: DocumentObjects,
  type: EntryType | undefined,
): void {
  for (const [index, value] of values.entries()) {
    const piece = entries[index];
    const inner = piece === undefined ? { ...place, at: [...place.at, ...at, index] } : { ...place, piece, at: [] };
    collect(value, inner, [], found, type);
  }
}

function identityProblem(apiVersion: unknown, kind: unknown): Problem | undefined {
  for (const [key, value] of Object.entries({ apiVersion, kind })) {
    if (value !== undefined && value !== null && value !== "" && typeof value !== "string") {
      return { at: [key], message: `'${key}' must be text, got ${shown(value)}; put it in quotes` };
    }
  }
  const missing = Object.entries({ apiVersion, kind }).filter(([, value]) => typeof value !== "string" || value === "");
  return missing.length === 0 ? undefined : { at: [], message: missingIdentity(missing.map(([key]) => `'${key}'`)) };
}

function rawObject(apiVersion: string, kind: string, value: Mapping, place: Place): RawObject {
  const slash = apiVersion.indexOf("/");
  const written = slash < 0 ? "" : apiVersion.slice(0, slash);
  const group = written === "extensions" ? (MOVED[kind] ?? "apps") : written;
  return { apiVersion, group, kind, value, source: sourceAt(place) };
}

function sourceAt({ raw, finder, piece, at }: Place): Source {
  const { file, document } = raw;
  const lineOf = (inner: Path) => finder.lineOf(piece, [...at, ...inner]);
  return { file, document, line: at.length === 0 ? piece.contentLine : lineOf([]), lineOf };
}

function problemAt(place: Place, at: Path, message: string): ManifestProblem {
  const { file, document, lineOf } = sourceAt(place);
  return { file, document, line: lineOf(at), message };
}

/** Takes what is wrong with an object. */
export type Report = (object: RawObject, problems: readonly Problem[]) => void;

/** An object as messages call it: `Deployment shop/api`, or its kind alone while its name is not known. */
export function describeObject({ kind, value }: Pick<RawObject, "kind" | "value">): string {
  const { name, namespace } = isMapping(value.metadata) ? value.metadata : {};
  if (typeof name !== "string" || name === "") {
    return kind;
  }
  return typeof namespace === "string" ? `${kind} ${namespace}/${name}` : `${kind} ${quote(name)}`;
}

/** What is wrong with an object as a problem of its file: with its name, and the path and line of the value. */
export function objectProblem(object: RawObject, { at, message }: Problem): ManifestProblem {
  const { file, document } = object.source;
  const path = at.length === 0 ? "" : `, ${at.join(".")}`;
  return { file, document, line: object.source.lineOf(at), message: `${describeObject(object)}${path}: ${message}` };
}
