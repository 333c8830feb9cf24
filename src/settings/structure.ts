import { type Problem, quote, quoteAll } from "../model/problem";
import { nearestKey } from "../yaml/nearest-key";
import { quoteKey } from "../yaml/schema-issues";
import { alternativesOf, isMapping, isVariant, meantAlternative, type SchemaNode } from "./alternatives";

type Path = Problem["at"];

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
  return isMapping(value) ? mappingProblems(value, nodes, at, !isVariant(schema)) : [];
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

/** @param chosen whether the keys choose among the schemas, as of a union, and not the value of one of them */
function mappingProblems(
  mapping: Readonly<Record<string, unknown>>,
  nodes: readonly SchemaNode[],
  at: Path,
  chosen: boolean,
): Problem[] {
  const ofAnyName = nodes.find((node) => node.value !== undefined)?.value;
  const all = [...new Set(nodes.flatMap(({ entries }) => Object.keys(entries ?? {})))];
  if (ofAnyName === undefined && all.length === 0) {
    return [];
  }
  const meant = chosen ? meantAlternative(nodes, mapping) : undefined;
  const known = meant === undefined ? all : Object.keys(meant.entries ?? {});
  return Object.entries(mapping).flatMap(([key, value]) => {
    const here = [...at, key];
    const holder = [meant ?? {}, ...nodes].find(({ entries = {} }) => Object.hasOwn(entries, key));
    const schema = ofAnyName ?? holder?.entries?.[key];
    if (schema === undefined) {
      return [{ at: here, message: `${quoteKey(here)} is not a setting${nearest(key, known)}` }];
    }
    if (ofAnyName === undefined && meant !== undefined && holder !== meant) {
      const others = otherKeys(mapping, key, nodes).map((other) => `'${other}'`);
      return [
        { at: here, message: `${quoteKey(here)} does not go with ${others.join(", ")}; remove one or the other` },
      ];
    }
    return ofAnyName !== undefined && UNCHECKED_KEYS.has(key)
      ? [{ at: here, message: `${quoteKey(here)} cannot be a name here; choose another` }]
      : structureProblems(value, schema, here);
  });
}

function nearest(unknown: string, known: readonly string[]): string {
  const best = nearestKey(unknown, known);
  return best === undefined ? `; the settings here are ${quoteAll(known)}` : `; did you mean ${quote(best)}?`;
}

/** Keys of the mapping that another alternative does not have, beside the one that it has. */
function otherKeys(mapping: Readonly<Record<string, unknown>>, strange: string, nodes: readonly SchemaNode[]) {
  const theirs = nodes.filter(({ entries = {} }) => Object.hasOwn(entries, strange));
  return Object.keys(mapping).filter((key) => theirs.every(({ entries = {} }) => !Object.hasOwn(entries, key)));
}
