import type { Problem } from "../model/problem";
import type { RawObject } from "./objects";
import { type MetadataInput, metadataSchema } from "./pod-schema";
import { type Checked, check, isMapping, mapping, optional } from "./schema";

/** Namespace of objects that name none, unless it is told otherwise. */
export const DEFAULT_NAMESPACE = "default";

/** What an object is called, and what else it says of itself. */
export interface Identity {
  /** That of the object, else the one that it would be applied to. */
  readonly namespace: string;
  /** `web`, or `web-*` where Kubernetes makes up the rest. */
  readonly name: string;
  /** Whether Kubernetes makes up the name, so that two objects of the same name are two. */
  readonly generated: boolean;
  readonly metadata: MetadataInput;
}

const identifiedSchema = mapping({ metadata: optional(metadataSchema) });

export function readIdentity({ value }: RawObject, namespace: string): Checked<Identity> {
  const checked = check(identifiedSchema, value);
  if ("problems" in checked) {
    return checked;
  }
  const metadata = checked.value.metadata ?? {};
  const generated = (metadata.name ?? "") === "";
  if (generated && (metadata.generateName ?? "") === "") {
    const problem: Problem = { at: ["metadata", "name"], message: "'name' is missing; add it" };
    return { problems: [problem] };
  }
  const name = generated ? `${metadata.generateName}*` : (metadata.name ?? "");
  return { value: { namespace: metadata.namespace || namespace, name, generated, metadata } };
}

/** An object as others refer to it. */
export function objectKey(group: string, kind: string, namespace: string, name: string): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** The key of an object that is not checked yet, `undefined` when it has no name. */
export function keyOf({ group, kind, value }: RawObject, defaultNamespace: string): string | undefined {
  const { name, namespace } = isMapping(value.metadata) ? value.metadata : {};
  return typeof name === "string" && name !== ""
    ? objectKey(group, kind, typeof namespace === "string" && namespace !== "" ? namespace : defaultNamespace, name)
    : undefined;
}
