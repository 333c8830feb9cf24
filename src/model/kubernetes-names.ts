import { type Problem, problemAt, quote } from "./problem";

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const KEY_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

const ENDS = "beginning and ending with a letter or digit";

/** Why Kubernetes would refuse the name of a namespace, a container, a volume or a Service, or `undefined`. */
export function dnsLabelProblem(property: string, name: string): string | undefined {
  return LABEL.test(name)
    ? undefined
    : `${property} must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", ${ENDS}), got ${quote(name)}`;
}

/** Why Kubernetes would refuse the name of most other objects, or `undefined`. */
export function dnsSubdomainProblem(property: string, name: string): string | undefined {
  return SUBDOMAIN.test(name)
    ? undefined
    : `${property} must be a Kubernetes name (1 to 253 lower-case letters, digits, "-" and ".", ${ENDS}), got ${quote(name)}`;
}

/** What is wrong among objects of one kind, each named by its key or by a name of its own: no two are one. */
export function sameNameProblems(
  kind: string,
  objects: Readonly<Record<string, { readonly namespace: string; readonly name?: string }>>,
): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(objects).flatMap(([key, { namespace, name = key }]) => {
    const path = `${namespace}/${name}`;
    const other = first.get(path);
    first.set(path, other ?? key);
    return problemAt(
      [key],
      other === undefined
        ? undefined
        : `${kind} ${quote(path)} is that of ${quote(other)} already, and Kubernetes has one of a name in a namespace; set another 'name'`,
    );
  });
}

/** What is wrong with the labels of an object. */
export function labelProblems(labels: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...keyProblems("label", key),
    ...valueProblems("label", key, value),
  ]);
}

/** What is wrong with the key and the value of a node's taint, which are those of a label. */
export function taintSyntaxProblems(key: string, value: string): Problem[] {
  return [...keyProblems("taint", key), ...valueProblems("taint", key, value)];
}

/** What is wrong with the annotations of an object, whose values may be anything. */
export function annotationProblems(annotations: Readonly<Record<string, string>>): Problem[] {
  return Object.keys(annotations).flatMap((key) => keyProblems("annotation", key));
}

function valueProblems(what: "label" | "taint", key: string, value: string): Problem[] {
  return LABEL_VALUE.test(value)
    ? []
    : [
        {
          at: [key],
          message: `${what} ${quote(key)} must have a value of at most 63 letters, digits, "-", "_" and ".", ${ENDS}, got ${quote(value)}`,
        },
      ];
}

function keyProblems(what: "label" | "annotation" | "taint", key: string): Problem[] {
  const slash = key.indexOf("/");
  const prefixed = slash < 0 || SUBDOMAIN.test(key.slice(0, slash));
  return prefixed && KEY_NAME.test(key.slice(slash + 1))
    ? []
    : [
        {
          at: [key],
          message: `${what} key ${quote(key)} must be a Kubernetes ${what} key, like "app" or "example.com/team": at most 63 letters, digits, "-", "_" and ".", behind a domain name and "/" or alone`,
        },
      ];
}
