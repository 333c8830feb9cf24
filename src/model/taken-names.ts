import { type Problem, quote } from "./problem";

/** Something that has a name in AWS. */
export interface Named {
  /** Where a problem with the name is shown. */
  readonly at: Problem["at"];
  /** How messages call it, such as `'services.web'`. */
  readonly called: string;
  readonly name: string;
  /** The property that gives it another name. */
  readonly property: string;
}

/**
 * What is wrong with names of one kind, of which AWS has each once: whatever comes later finds the name taken, or puts
 * itself in the place of the first.
 *
 * @param what is called so, such as "ECS service"
 * @param same what AWS compares; the name as it stands, unless AWS takes capital letters for small ones
 */
export function takenNameProblems(
  what: string,
  named: readonly Named[],
  same: (name: string) => string = (name) => name,
): Problem[] {
  const first = new Map<string, Named>();
  return named.flatMap((each) => {
    const other = first.get(same(each.name));
    if (other === undefined) {
      first.set(same(each.name), each);
      return [];
    }
    return [
      {
        at: each.at,
        message: `${other.called} and ${each.called} would both be the ${what} ${quote(each.name)}; give one of them another '${each.property}'`,
      },
    ];
  });
}
