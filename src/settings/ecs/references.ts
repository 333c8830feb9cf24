import { quote, quoteAll } from "../../model/problem";

/** Why a key is none of a feature's, which stands beside it below 'ecs', or `undefined`. */
export function missingProblem(
  what: string,
  feature: string,
  there: Readonly<Record<string, unknown>> | undefined,
  key: string,
): string | undefined {
  const keys = Object.keys(there ?? {});
  return keys.includes(key)
    ? undefined
    : `${what} must name one of 'ecs.${feature}' (${keys.length === 0 ? "there are none" : quoteAll(keys)}), got ${quote(key)}`;
}
