import { distance } from "fastest-levenshtein";

/** Beyond this many edits, or half of its letters, a known key is no longer what was meant. */
const MAX_EDITS = 3;

/** The end of a key that says in what its value counts. */
const UNIT = /In[A-Z][a-z]+$/;

/** The key that was meant by one that nobody knows, or `undefined`. */
export function nearestKey(unknown: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((key) => ({ key, edits: distance(key.toLowerCase(), unknown.toLowerCase()) }))
    .filter(({ key, edits }) => edits <= Math.min(MAX_EDITS, Math.ceil(key.length / 2)))
    .sort((a, b) => a.edits - b.edits || (a.key < b.key ? -1 : 1));
  return best?.key ?? keyWithUnit(unknown, known);
}

/** The key that is the unknown one with its unit. */
function keyWithUnit(unknown: string, known: readonly string[]): string | undefined {
  const [only, ...others] = known.filter((key) => UNIT.test(key) && key.replace(UNIT, "") === unknown);
  return others.length === 0 ? only : undefined;
}
