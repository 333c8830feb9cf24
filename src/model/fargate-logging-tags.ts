/**
 * The tags by which Fluent Bit brings a line to the outputs: patterns that `Match` has, and those that tags follow.
 */

/** One certain character, or a run of characters: of any, or of those that names in Kubernetes have. Runs may be empty. */
type Piece = { readonly character: string } | { readonly run: "any" | "name" };

export type TagPattern = readonly Piece[];

const ANY: Piece = { run: "any" };
const NAME: Piece = { run: "name" };

/** What no name of a pod, a namespace or a container has, so that it keeps them apart in a tag. */
const SEPARATOR = "_";

/** What stands for "some character" where every pattern leaves it open. */
const SOME = "a";

/**
 * Tags of lines as they come from the containers: `kube.var.log.containers.<pod>_<namespace>_<container>-<id>.log`.
 *
 * Source: the input of the log router in the Amazon EKS User Guide, "Start AWS Fargate logging for your cluster", and
 * the names of the files in /var/log/containers.
 */
export const CONTAINER_TAGS: TagPattern = [
  ...literal("kube.var.log.containers."),
  NAME,
  ...literal(SEPARATOR),
  NAME,
  ...literal(SEPARATOR),
  NAME,
  ...literal(".log"),
];

/** Every tag. */
export const ALL_TAGS: TagPattern = [ANY];

/** The tags that a `Match` takes, in which `*` is any run of characters and nothing else is special. */
export function matchPattern(match: string): TagPattern {
  return [...match].map((character) => (character === "*" ? ANY : { character }));
}

/** A part of a new tag: the old tag or a part of it, a group of the regular expression, or a key of the line. */
const VARIABLE = /\$(?:TAG(?:\[\d+\])?|\d|\w+(?:\['[^']*'\])*)/;

/**
 * The tags that the third part of a `rewrite_tag` rule makes.
 *
 * @param variables what stands for a key of the line, whose value is known only when there is a line
 */
export function rewrittenPattern(template: string, variables: "any" | "none" = "any"): TagPattern {
  const pieces: Piece[] = [];
  let rest = template;
  for (let found = VARIABLE.exec(rest); found !== null; found = VARIABLE.exec(rest)) {
    const [variable] = found;
    pieces.push(...literal(rest.slice(0, found.index)));
    if (variable === "$TAG" || variables === "any") {
      pieces.push(ANY);
    }
    rest = rest.slice(found.index + variable.length);
  }
  return [...pieces, ...literal(rest)];
}

function literal(text: string): Piece[] {
  return [...text].map((character) => ({ character }));
}

/** Whether there is a tag that follows all of the patterns. */
export function haveCommonTag(...patterns: readonly TagPattern[]): boolean {
  const seen = new Set<string>();
  const open = [patterns.map(() => 0)];
  for (let positions = open.pop(); positions !== undefined; positions = open.pop()) {
    const key = positions.join();
    if (seen.has(key)) {
      continue;
    }
    seen.add(key);
    if (positions.every((position, index) => position === patterns[index]?.length)) {
      return true;
    }
    open.push(...skips(patterns, positions), ...writes(patterns, positions));
  }
  return false;
}

/** One of the runs ends. */
function skips(patterns: readonly TagPattern[], positions: readonly number[]): number[][] {
  return positions.flatMap((position, index) => {
    const piece = patterns[index]?.[position];
    return piece !== undefined && "run" in piece ? [positions.with(index, position + 1)] : [];
  });
}

/** All write the next character. */
function writes(patterns: readonly TagPattern[], positions: readonly number[]): number[][] {
  const pieces = positions.map((position, index) => patterns[index]?.[position]);
  const certain = pieces.find((piece) => piece !== undefined && "character" in piece);
  const character = certain !== undefined && "character" in certain ? certain.character : SOME;
  return pieces.every((piece) => piece !== undefined && takes(piece, character))
    ? [positions.map((position, index) => ("run" in (pieces[index] ?? ANY) ? position : position + 1))]
    : [];
}

function takes(piece: Piece, character: string): boolean {
  if ("character" in piece) {
    return piece.character === character;
  }
  return piece.run === "any" || character !== SEPARATOR;
}
