/** What begins an expression in Terraform's texts, and how it is written where it begins none. */
const EXPRESSIONS = /([$%])\{/g;

/**
 * The same value with its texts as they stand: settings hold no expressions of Terraform, and a shell's `${HOME}` is
 * none.
 */
export function literal<T>(value: T): T {
  if (typeof value === "string") {
    return value.replaceAll(EXPRESSIONS, "$1$1{") as T;
  }
  if (Array.isArray(value)) {
    return value.map(literal) as T;
  }
  return typeof value === "object" && value !== null
    ? (Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literal(each)])) as T)
    : value;
}
