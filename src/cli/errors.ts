/** A command line that cannot be answered: what is wrong, and what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
