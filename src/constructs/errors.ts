import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { Problem } from "../model/problem";

/** Input that a construct refuses. The message begins with the path of the construct. */
export class InvalidPropsError extends Error {
  override readonly name = "InvalidPropsError";
}

/**
 * Throws when there are problems, all of them in one error.
 *
 * @param scope construct whose path the message names
 * @throws InvalidPropsError
 */
export function refuse(scope: Construct, problems: readonly (Problem | string | undefined)[]): void {
  const messages = problems
    .filter((problem) => problem !== undefined)
    .map((problem) => (typeof problem === "string" ? problem : problem.message));
  if (messages.length > 0) {
    throw new InvalidPropsError(messages.map((message) => `[${scope.node.path}] ${withoutTokens(message)}`).join("\n"));
  }
}

/** Where a value has to be known and is not, the message says so instead of showing cdktf's mark for it. */
function withoutTokens(message: string): string {
  return message.replaceAll(
    /"[^"]*\$\{TfToken\[[^"]*"/g,
    "a token, which is known to Terraform alone (give the text itself)",
  );
}

/** The problem that `check` finds with a value that is known at synth; a token is left to Terraform and AWS. */
export function ifKnown<T>(value: string, check: (known: string) => T): T | undefined {
  return isKnown(value) ? check(value) : undefined;
}

/** Whether the value is known at synth; anything else may only be compared by Terraform, at plan time. */
export function isKnown(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}
