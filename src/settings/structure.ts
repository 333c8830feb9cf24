import { distance } from "fastest-levenshtein";
import { type Problem, quote, quoteAll } from "../model/problem";
import { quoteKey } from "../yaml/schema-issues";

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

type Path = Problem["at"];

/** Beyond this many edits, or half of its letters, a known key is no longer what was meant. */
const MAX_EDITS = 3;

/** Keys that valibot passes over in a mapping with keys of the user's choice, so that what they hold is not checked. */
const UNCHECKED_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Every key that the schema does not know, and every list that stands where a mapping must. Of those, valibot finds
 * only the first key of a mapping, and takes a list for a mapping with the keys 0, 1, 2.
 */
export function structureProblems(value: unknown, schema: SchemaNode, at: Path = []): Problem[] {
  const nodes = alternativesOf(schema, value);
  if (Array.isArray(value)) {
    return listProblems(value, nodes, at);
  }
  return isMapping(value) ? mappingProblems(value, nodes, at) : [];
}

function listProblems(list: readonly unknown[], nodes: readonly SchemaNode[], at: Path): Problem[] {
  const item = nodes.find((node) => node.item !== undefined)?.item;
  if (item !== undefined) {
    return list.flatMap((entry, index) => structureProblems(entry, item, [...at, index]));
  }
  return nodes.some(({ entries, value }) => (entries ?? value) !== undefined)
    ? [
        {
          at,
          message: `${quoteKey(at)} must be a mapping, got a list; write its entries as "name: value", without "-"`,
        },
      ]
    : [];
}

function mappingProblems(
  mapping: Readonly<Record<string, unknown>>,
  nodes: readonly SchemaNode[],
  at: Path,
): Problem[] {
  const ofAnyName = nodes.find((node) => node.value !== undefined)?.value;
  const known = [...new Set(nodes.flatMap(({ entries }) => Object.keys(entries ?? {})))];
  if (ofAnyName === undefined && known.length === 0) {
    return [];
  }
  return Object.entries(mapping).flatMap(([key, value]) => {
    const here = [...at, key];
    const schema = ofAnyName ?? nodes.find(({ entries = {} }) => Object.hasOwn(entries, key))?.entries?.[key];
    if (schema === undefined) {
      return [{ at: here, message: `${quoteKey(here)} is not a setting${nearest(key, known)}` }];
    }
    return ofAnyName !== undefined && UNCHECKED_KEYS.has(key)
      ? [{ at: here, message: `${quoteKey(here)} cannot be a name here; choose another` }]
      : structureProblems(value, schema, here);
  });
}

function nearest(unknown: string, known: readonly string[]): string {
  const [best] = known
    .map((key) => ({ key, edits: distance(key.toLowerCase(), unknown.toLowerCase()) }))
    .filter(({ key, edits }) => edits <= Math.min(MAX_EDITS, Math.ceil(key.length / 2)))
    .sort((a, b) => a.edits - b.edits || (a.key < b.key ? -1 : 1));
  return best === undefined ? `; the settings here are ${quoteAll(known)}` : `; did you mean ${quote(best.key)}?`;
}

/** The schemas that a value may follow; of a variant, the one that the value names when it names one. */
function alternativesOf(node: SchemaNode, value: unknown): SchemaNode[] {
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

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
