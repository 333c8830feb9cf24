import type { Problem } from "../../../model/problem";
import type { LocatedContainer } from "./containers";

/** Something written in a container's command, arguments or environment. */
export interface WrittenText {
  readonly at: Problem["at"];
  readonly text: string;
}

/** The words of a container's command and arguments of which `holds` is true, given the word behind each. */
export function wordsWhere(
  { container, at }: LocatedContainer,
  holds: (word: string, next: string | undefined) => boolean,
): WrittenText[] {
  return (["command", "args"] as const).flatMap((list) =>
    container[list].flatMap((text, index, words) =>
      holds(text, words[index + 1]) ? [{ at: [...at, list, index], text }] : [],
    ),
  );
}

/** The names of a container's environment variables of which `holds` is true. */
export function variablesWhere(
  { container, at }: LocatedContainer,
  holds: (name: string, value: string) => boolean,
): WrittenText[] {
  return container.env.flatMap(({ name, value = "" }, index) =>
    holds(name, value) ? [{ at: [...at, "env", index], text: name }] : [],
  );
}
