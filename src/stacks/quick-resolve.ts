import { Token, Tokenization } from "cdktf";
import { Construct } from "constructs";

type Resolve = typeof Tokenization.resolve;
type Options = Parameters<Resolve>[1];

/** What a text has that cdktf looks into: an expression or a token, or what may be a number's token. */
const SPECIAL = /\$\{|TfToken\[|[-|\d.+]e[-|\d.eE+]/;

/** Numbers that stand for tokens are among the largest that there are. */
const LARGEST_PLAIN_NUMBER = 1e100;

const MAP_MARKERS: ReadonlySet<unknown> = new Set([
  Token.STRING_MAP_TOKEN_VALUE,
  Token.ANY_MAP_TOKEN_VALUE,
  Token.NUMBER_MAP_TOKEN_VALUE,
]);

/**
 * Runs `run` with a quicker way to resolve values: cdktf makes a context for each text, number and list on its way to
 * the tokens, and goes that way three times. Here plain values are passed by; whatever may hold a token is left to cdktf,
 * so that the result is the same.
 */
export function withQuickResolve<T>(run: () => T): T {
  const original = Tokenization.resolve;
  Tokenization.resolve = (value: unknown, options: Options) => resolveQuickly(value, options, original);
  try {
    return run();
  } finally {
    Tokenization.resolve = original;
  }
}

function resolveQuickly(value: unknown, options: Options, original: Resolve): unknown {
  if (isPlain(value) || (options.preparing === true && staysInStack(value, options.scope))) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.some(isTokenOfList)
      ? original(value, options)
      : value.map((each) => resolveQuickly(each, options, original)).filter((each) => each !== undefined);
  }
  return isMapping(value) ? resolveMapping(value, options, original) : original(value, options);
}

function resolveMapping(mapping: object, options: Options, original: Resolve): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(mapping)) {
    if (!isPlain(key)) {
      return original(mapping, options);
    }
    const resolved = resolveQuickly(value, options, original);
    if (resolved !== undefined) {
      result[key] = resolved;
    }
  }
  return result;
}

function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !SPECIAL.test(value) && !MAP_MARKERS.has(value);
    case "number":
      return Math.abs(value) < LARGEST_PLAIN_NUMBER && !MAP_MARKERS.has(value);
    case "object":
      return value === null;
    default:
      return typeof value === "boolean" || value === undefined;
  }
}

/**
 * Whether all tokens in it are attributes of something in the same stack. When a stack is prepared, only what leads to
 * another one matters, and nobody looks at the result.
 */
function staysInStack(value: unknown, stack: unknown): boolean {
  return (
    Token.isUnresolved(value) &&
    Tokenization.reverse(value).every(
      (token) => "originStack" in token && (token.originStack === undefined || token.originStack === stack),
    )
  );
}

/** Whether a whole list may stand behind it. */
function isTokenOfList(value: unknown): boolean {
  return typeof value === "number" ? !isPlain(value) : typeof value === "string" && value.includes("TfToken[");
}

function isMapping(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Date) &&
    !Tokenization.isResolvable(value) &&
    !Construct.isConstruct(value)
  );
}
