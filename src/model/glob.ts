/**
 * The wildcard patterns of Fargate profile selectors: `*` is any run of characters, also none, `?` is exactly one.
 * There are no escapes and no other special characters.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards
 */

const WILDCARD = /[*?]/;
const ALPHANUMERIC = /[A-Za-z0-9]/;

/** Length that Kubernetes allows a namespace, a label value or the name part of a label key. */
const NAME_MAX = 63;

/** What stands for "some character" in a string made up to show that two patterns overlap. */
const ANY_CHARACTER = "a";

export function hasWildcard(pattern: string): boolean {
  return WILDCARD.test(pattern);
}

/** Whether all of `text` matches `pattern`. */
export function globMatches(pattern: string, text: string): boolean {
  if (!hasWildcard(pattern)) {
    return pattern === text;
  }
  // Greedy with one point to return to: linear for each star, and never exponential.
  let p = 0;
  let t = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      starAt = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") {
    p++;
  }
  return p === pattern.length;
}

/**
 * A shortest Kubernetes name (a namespace, label value or label name: letters or digits at both ends, 1 to 63
 * characters) that matches both patterns, or `undefined` when none does. Where both leave a character open it is an `a`.
 */
export function globIntersection(left: string, right: string): string | undefined {
  // Breadth first over the pairs of positions: a step that writes no character (a star that stands for nothing) keeps
  // the length, one that writes a character adds one. `seen` bounds the walk to 2 x |left| x |right| states.
  const seen = new Set<string>();
  let level: State[] = [{ l: 0, r: 0, text: "" }];
  for (let length = 0; level.length > 0 && length <= NAME_MAX; length++) {
    const next: State[] = [];
    for (let state = level.pop(); state !== undefined; state = level.pop()) {
      const key = `${state.l} ${state.r} ${endsInAlphanumeric(state.text)}`;
      if (seen.has(key)) {
        continue;
      }
      seen.add(key);
      if (state.l === left.length && state.r === right.length && endsInAlphanumeric(state.text)) {
        return state.text;
      }
      level.push(...skips(left, right, state));
      next.push(...writes(left, right, state));
    }
    level = next;
  }
  return undefined;
}

/** A string that matches `pattern`, with `character` for each wildcard. */
export function globExample(pattern: string, character = ANY_CHARACTER): string {
  return pattern.replaceAll(/[*?]/g, character);
}

interface State {
  readonly l: number;
  readonly r: number;
  readonly text: string;
}

function skips(left: string, right: string, { l, r, text }: State): State[] {
  return [...(left[l] === "*" ? [{ l: l + 1, r, text }] : []), ...(right[r] === "*" ? [{ l, r: r + 1, text }] : [])];
}

function writes(left: string, right: string, { l, r, text }: State): State[] {
  const a = left[l];
  const b = right[r];
  if (a === undefined || b === undefined) {
    return [];
  }
  const character = isOpen(a) ? (isOpen(b) ? ANY_CHARACTER : b) : a;
  const agrees = isOpen(b) || b === character;
  const startsName = text !== "" || ALPHANUMERIC.test(character);
  return agrees && startsName ? [{ l: a === "*" ? l : l + 1, r: b === "*" ? r : r + 1, text: text + character }] : [];
}

function endsInAlphanumeric(text: string): boolean {
  return ALPHANUMERIC.test(text.at(-1) ?? "");
}

function isOpen(character: string): boolean {
  return character === "*" || character === "?";
}
