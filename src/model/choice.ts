import { quote, quoteAll } from "./problem";

/** Why a value that is given is none of the choices, or `undefined`. */
export function choiceProblem(what: string, choices: readonly string[], value: string | undefined): string | undefined {
  return value === undefined || choices.includes(value)
    ? undefined
    : `${what} must be one of ${quoteAll(choices)}, got ${quote(value)}`;
}
