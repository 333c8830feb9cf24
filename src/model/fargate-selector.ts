import { globExample, globIntersection, globMatches, hasWildcard } from "./glob";
import type { FargateLimits } from "./limits";
import { type Problem, quote } from "./problem";

/**
 * Which pods a Fargate profile takes: those in a namespace that have all of the labels. Namespace, label keys and
 * label values may hold the wildcards `*` and `?`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export interface FargateSelector {
  readonly namespace: string;
  /** @default - every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What Fargate looks at when it places a pod. */
export interface PodIdentity {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

const NAMESPACE = /^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/;
const LABEL_NAME = /^[A-Za-z0-9*?]([A-Za-z0-9*?_.-]{0,61}[A-Za-z0-9*?])?$/;
const LABEL_PREFIX = /^[a-z0-9*?]([a-z0-9*?.-]{0,251}[a-z0-9*?])?$/;
const LABEL_VALUE = /^([A-Za-z0-9*?]([A-Za-z0-9*?_.-]{0,61}[A-Za-z0-9*?])?)?$/;

/** EKS takes label keys of a selector up to this length, less than Kubernetes does. Source: AWS::EKS::FargateProfile schema. */
const LABEL_KEY_MAX = 127;

export function selectorMatches(selector: FargateSelector, pod: PodIdentity): boolean {
  return (
    globMatches(selector.namespace, pod.namespace) &&
    Object.entries(selector.labels ?? {}).every(([key, value]) => hasLabel(pod, key, value))
  );
}

function hasLabel(pod: PodIdentity, key: string, value: string): boolean {
  if (!hasWildcard(key)) {
    const actual = labelValue(pod.labels, key);
    return actual !== undefined && globMatches(value, actual);
  }
  return Object.entries(pod.labels).some(([name, actual]) => globMatches(key, name) && globMatches(value, actual));
}

/** The label's own value: `labels["constructor"]` alone would find what every object inherits. */
function labelValue(labels: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/**
 * A pod that both selectors match, or `undefined` when no pod can. Two selectors exclude each other only by their
 * namespaces, or by values of the same label: a pod may always carry more labels than a selector asks for.
 */
export function selectorOverlap(left: FargateSelector, right: FargateSelector): PodIdentity | undefined {
  const namespace = globIntersection(left.namespace, right.namespace);
  if (namespace === undefined) {
    return undefined;
  }
  const labels: Record<string, string> = {};
  const all = [...Object.entries(left.labels ?? {}), ...Object.entries(right.labels ?? {})];
  for (const [key] of all.filter(([key]) => !hasWildcard(key))) {
    const value = sharedValue(labelValue(left.labels, key), labelValue(right.labels, key));
    if (value === undefined) {
      return undefined;
    }
    labels[key] = value;
  }
  for (const [key, value] of all.filter(([key]) => hasWildcard(key))) {
    labels[unusedKey(key, labels)] = globExample(value);
  }
  return { namespace, labels };
}

function sharedValue(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? globExample(left ?? right ?? "*") : globIntersection(left, right);
}

/** A key that matches `pattern` and is not taken: a pod's labels have each key once, so every wildcard needs its own. */
function unusedKey(pattern: string, taken: Readonly<Record<string, string>>): string {
  const candidates = [..."abcdefghijklmnopqrstuvwxyz0123456789"].map((character) => globExample(pattern, character));
  return candidates.find((key) => !Object.hasOwn(taken, key)) ?? globExample(pattern);
}

/** What is wrong with a selector, apart from how it relates to others. */
export function selectorProblems(selector: FargateSelector, limits: FargateLimits): Problem[] {
  const problems: Problem[] = [];
  const { namespace, labels = {} } = selector;
  if (!NAMESPACE.test(namespace)) {
    problems.push({
      at: ["namespace"],
      message: `'namespace' must be a Kubernetes namespace (1 to 63 of a-z, 0-9 and "-", the wildcards "*" and "?" allowed), got ${quote(namespace)}${namespace === "" ? '; write "*" for every namespace' : ""}`,
    });
  }
  const entries = Object.entries(labels);
  if (entries.length > limits.labelsPerSelector) {
    problems.push({
      at: ["labels"],
      message: `'labels' must hold at most ${limits.labelsPerSelector} entries, got ${entries.length}; select by fewer labels, or raise 'labelsPerSelector' when AWS has raised your quota L-23414FF3`,
    });
  }
  for (const [key, value] of entries) {
    problems.push(...labelProblems(key, value));
  }
  return problems;
}

function labelProblems(key: string, value: string): Problem[] {
  const problems: Problem[] = [];
  const slash = key.lastIndexOf("/");
  const prefixOk = slash < 0 || LABEL_PREFIX.test(key.slice(0, slash));
  if (key.length > LABEL_KEY_MAX || !prefixOk || !LABEL_NAME.test(key.slice(slash + 1))) {
    problems.push({
      at: ["labels", key],
      message: `label key ${quote(key)} must be a Kubernetes label key of 1 to ${LABEL_KEY_MAX} characters, like "app" or "example.com/team" ("*" and "?" allowed)`,
    });
  }
  if (value === "" || !LABEL_VALUE.test(value)) {
    problems.push({
      at: ["labels", key],
      message: `label ${quote(key)} must have a Kubernetes label value of 1 to 63 characters (letters, digits, "-", "_", ".", and the wildcards "*" and "?"), got ${quote(value)}`,
    });
  }
  return problems;
}

/** A selector as messages show it: `namespace "web" with labels app=api`. */
export function describeSelector({ namespace, labels = {} }: FargateSelector | PodIdentity): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return `namespace ${quote(namespace)}${pairs.length > 0 ? ` with labels ${pairs.join(",")}` : ""}`;
}
