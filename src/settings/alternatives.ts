import * as v from "valibot";
import type { Problem } from "../model/problem";
import { nearestKey } from "../yaml/nearest-key";

/** The parts of a schema of valibot that say how mappings and lists nest. */
export interface SchemaNode {
  readonly type?: string;
  /** Of a mapping with known keys. */
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  /** Of a mapping with keys of the user's choice. */
  readonly value?: SchemaNode;
  /** Of a list. */
  readonly item?: SchemaNode;
  /** Of an optional value. */
  readonly wrapped?: SchemaNode;
  /** Of a part that is loaded when there is something in it. */
  readonly getter?: (value: unknown) => SchemaNode;
  /** Of alternatives; `key` is the one by whose value a variant is chosen. */
  readonly options?: readonly SchemaNode[];
  readonly key?: unknown;
  readonly literal?: unknown;
}

type Mapping = Readonly<Record<string, unknown>>;
type Issue = v.BaseIssue<unknown>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether one of its values chooses the alternative, and not its keys. */
export function isVariant({ type, wrapped }: SchemaNode): boolean {
  return wrapped === undefined ? type === "variant" : isVariant(wrapped);
}

/** The schemas that a value may follow; of a variant, the one that the value names when it names one. */
export function alternativesOf(node: SchemaNode, value: unknown): SchemaNode[] {
  if (node.wrapped !== undefined) {
    return alternativesOf(node.wrapped, value);
  }
  if (node.getter !== undefined) {
    return alternativesOf(node.getter(value), value);
  }
  const options = node.options ?? [];
  switch (node.type) {
    case "union":
      return options.flatMap((option) => alternativesOf(option, value));
    case "variant": {
      const named = isMapping(value) ? value[String(node.key)] : undefined;
      const chosen = options.filter(({ entries }) => entries?.[String(node.key)]?.literal === named);
      return [...(chosen.length === 0 ? options : chosen)];
    }
    default:
      return [node];
  }
}

/**
 * Of alternatives for a mapping, the one that was meant: with most of its keys, then with the fewest missing. Nothing
 * where there are several, and none has any of its keys.
 */
export function meantAlternative(nodes: readonly SchemaNode[], mapping: Mapping): SchemaNode | undefined {
  const ranked = nodes
    .filter(({ entries }) => entries !== undefined)
    .map((node) => ({ node, ...likeness(node.entries ?? {}, Object.keys(mapping)) }))
    .sort((a, b) => b.common - a.common || a.missing - b.missing);
  const [best] = ranked;
  return best !== undefined && (best.common > 0 || ranked.length === 1) ? best.node : undefined;
}

function likeness(entries: NonNullable<SchemaNode["entries"]>, keys: readonly string[]) {
  const known = Object.keys(entries);
  return {
    common: keys.filter((key) => Object.hasOwn(entries, key) || nearestKey(key, known) !== undefined).length,
    missing: known.filter((key) => entries[key]?.type !== "exact_optional" && !keys.includes(key)).length,
  };
}

/** What valibot finds wrong; of alternatives, what is wrong with the one that was meant. */
export function issuesOf(schema: v.GenericSchema, value: unknown): Issue[] {
  const { issues = [] } = v.safeParse(schema, value);
  return issues.flatMap((issue) => (issue.type === "union" ? chosenIssues(schema, value, issue) : [issue]));
}

function chosenIssues(schema: v.GenericSchema, value: unknown, issue: Issue): Issue[] {
  const { input, path = [] } = issue;
  const node = nodeAt(
    schema as SchemaNode,
    value,
    path.map(({ key }) => key as string | number),
  );
  const nodes = node === undefined ? [] : alternativesOf(node, input);
  const meant = Array.isArray(input)
    ? nodes.find(({ item }) => item !== undefined)
    : isMapping(input)
      ? (meantAlternative(nodes, input) ?? nodes.find((each) => each.value !== undefined))
      : undefined;
  if (meant !== undefined) {
    return issuesOf(meant as v.GenericSchema, input).map(
      (nested) => ({ ...nested, path: [...path, ...(nested.path ?? [])] }) as Issue,
    );
  }
  // Keys that no alternative has are told by themselves.
  const told = isMapping(input) && Object.keys(input).length > 0 && nodes.some(({ entries }) => entries !== undefined);
  return told ? [] : [{ ...issue, issues: undefined } as Issue];
}

/** The schema of the value at a path. */
function nodeAt(schema: SchemaNode, value: unknown, path: Problem["at"]): SchemaNode | undefined {
  const [key, ...rest] = path;
  if (key === undefined) {
    return schema;
  }
  const nodes = alternativesOf(schema, value);
  const meant = isMapping(value) ? meantAlternative(nodes, value) : undefined;
  const child =
    typeof key === "number"
      ? nodes.find(({ item }) => item !== undefined)?.item
      : (meant?.entries?.[key] ?? nodes.find((node) => node.value !== undefined)?.value);
  return child === undefined ? undefined : nodeAt(child, (value as Mapping)[key as string], rest);
}
