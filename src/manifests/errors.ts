import { quote } from "../model/problem";
import type { Source } from "../model/workload";

/** What is said of files and documents that cannot be read; what is wrong with an object is said where it is found. */

export function emptyStdin(): string {
  return 'standard input is empty; pipe manifests into it, such as from "helm template" or "kubectl get -o yaml"';
}

export function noObject(file: string): string {
  return `${quote(file)} holds no Kubernetes object, which has 'apiVersion' and 'kind'; name a file that holds manifests`;
}

export function missingPath(path: string): string {
  return `there is nothing at ${quote(path)}; name a file or folder that exists, or - for standard input`;
}

export function unreadablePath(path: string, reason: string): string {
  return `${quote(path)} cannot be read (${reason}); check the path and its permissions`;
}

export function neitherFileNorFolder(path: string): string {
  return `${quote(path)} is neither a file nor a folder; use - to read from standard input`;
}

export function wrongEncoding(encoding: string): string {
  return `the text is ${encoding}; save it as UTF-8`;
}

export function binary(): string {
  return "this is a binary file (it holds the byte 0); name files of YAML or JSON in UTF-8";
}

export function invalidUtf8(): string {
  return "the text is not UTF-8; save it as UTF-8";
}

export function textTooLarge(bytes: number): string {
  return `${bytes} bytes are more than can be read at once; split the file`;
}

export function controlCharacter(code: number): string {
  return `the text holds the control character U+${code.toString(16).toUpperCase().padStart(4, "0")}, which YAML does not allow; remove it, or write it as an escape in double quotes`;
}

export function yamlTooLarge(megabytes: string, limit: number): string {
  return `the YAML document has ${megabytes} MB, the most that is read is ${limit} MB (Kubernetes stores objects of up to 1.5 MB); render the objects apart with "---" between them, or use JSON ("kubectl get -o json"), which is read in any size`;
}

export function expandsTooMuch(limit: number): string {
  return `its aliases ("*name") make more than ${limit} values out of it; write the values out`;
}

export function mergeOfNoMapping(): string {
  return 'the merge key "<<" must name a mapping, or a list of mappings; write its keys out';
}

export function nestedTooDeep(): string {
  return "lists and mappings are nested too deep to be a Kubernetes object; remove the nesting";
}

export function helmTemplate(): string {
  return 'this is a Helm template; render it first with "helm template"';
}

/** @param found the placeholder, quoted */
export function placeholder(found: string): string {
  return `${found} is a placeholder of a template that is not filled in; fill it in first`;
}

export function kustomization(): string {
  return 'this is a kustomization, which holds no object itself; build it first with "kustomize build"';
}

export function notAnObject(shown: string): string {
  return `the document must be a Kubernetes object, a mapping with 'apiVersion' and 'kind', got ${shown}; remove it or write it as "name: value"`;
}

/** @param missing keys, in single quotes */
export function missingIdentity(missing: readonly string[]): string {
  return missing.length === 1
    ? `${missing[0]} is missing, without which this is no Kubernetes object; add it`
    : `${missing.join(" and ")} are missing, without which this is no Kubernetes object; add them`;
}

export function notJson(reason: string): string {
  return `this is not JSON: ${reason}`;
}

/** @param reason as the YAML library tells it */
export function notYaml(reason: string): string {
  const words = `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
  return `this is not YAML: ${words}; look at the indentation, quotes and brackets here and above`;
}

export function moreProblems(count: number): string {
  return `${count} more ${count === 1 ? "problem is" : "problems are"} in this document; correct those above, then look again`;
}

/** @param kustomized whether there are kustomizations, whose bases and overlays hold the same objects on purpose */
export function repeatedObject({ file, document, line }: Source, kustomized: boolean): string {
  const fix = kustomized ? 'keep one, or read what "kustomize build" prints instead' : "keep one";
  return `the same object is there before, in ${quote(file)}, document ${document}, line ${line}, and only that one counts; ${fix}`;
}
