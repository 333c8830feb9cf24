import type { ContainerSpec, Known } from "./container-spec";
import { type Problem, problemAt, quote } from "./problem";

/** What plain variables are checked for. */
export interface PlainVariables extends Pick<ContainerSpec, "name" | "environment"> {
  /** Names of variables that look like secrets and are none. */
  readonly plainText?: readonly string[];
}

/** Words in the name of a variable that stand for a secret, or part of one, wherever they are. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  "APIKEY",
  "CREDENTIAL",
  "CREDENTIALS",
  "PASSPHRASE",
  "PASSWD",
  "PASSWORD",
  "SECRET",
  "SECRETS",
  "TOKEN",
  "TOKENS",
]);

/** A "key" is a secret when one of these stands before it. */
const SECRET_KEYS: ReadonlySet<string> = new Set(["ACCESS", "API", "AUTH", "ENCRYPTION", "PRIVATE", "SIGNING"]);

/** Last words of names that say something about a secret, or where it is, and not the secret itself. */
const ABOUT: ReadonlySet<string> = new Set([
  "ALGORITHM",
  "ARN",
  "AUDIENCE",
  "COUNT",
  "DIR",
  "DIRECTORY",
  "DISABLED",
  "ENABLED",
  "ENDPOINT",
  "EXPIRATION",
  "EXPIRY",
  "FIELD",
  "FILE",
  "FORMAT",
  "HEADER",
  "HOST",
  "ID",
  "ISSUER",
  "LENGTH",
  "LIMIT",
  "NAME",
  "PATH",
  "POLICY",
  "PREFIX",
  "PROVIDER",
  "REGION",
  "REQUIRED",
  "SECONDS",
  "SIZE",
  "STORE",
  "TIMEOUT",
  "TTL",
  "TYPE",
  "URI",
  "URL",
  "VERSION",
]);

/** Values that are secrets whatever the variable is called, with what the message calls them. */
const SECRET_VALUES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an access key of AWS", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY/],
  ["a JSON web token", /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]+/],
  ["a token of GitHub", /\b(gh[opsru]_[A-Za-z0-9]{36}|github_pat_\w{22})/],
  ["a token of GitLab", /\bglpat-[\w-]{20}/],
  ["a token of Slack", /\bxox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com\/services\/\w+\/\w+\/\w+/],
  ["a URL with a password in it", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
];

/**
 * Plain variables that look like secrets: whoever may see what runs reads them. Messages never repeat a value.
 *
 * @param read who reads plain variables, such as "everybody who may describe the task definition"
 */
export function plainTextProblems(container: PlainVariables, read: string, known: Known = () => true): Problem[] {
  const { environment = {}, plainText = [] } = container;
  const called = `container ${quote(container.name)}`;
  return [
    ...Object.entries(environment).flatMap(([name, value]) => {
      const why = plainText.includes(name) ? undefined : looksSecret(name, value, known);
      return problemAt(
        ["environment", name],
        why === undefined
          ? undefined
          : `variable ${quote(name)} of ${called} ${why}, and ${read} reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets', or put ${quote(name)} into 'plainText' if it is none`,
      );
    }),
    ...plainText.flatMap((name, index) =>
      problemAt(
        ["plainText", index],
        Object.hasOwn(environment, name)
          ? undefined
          : `'plainText' of ${called} must hold names of variables in 'environment', got ${quote(name)}; remove it`,
      ),
    ),
  ];
}

/** What kind of secret the text holds, as a message calls it, or `undefined`. */
export function secretIn(text: string): string | undefined {
  return SECRET_VALUES.find(([, pattern]) => pattern.test(text))?.[0];
}

function looksSecret(name: string, value: string, known: Known): string | undefined {
  const what = known(value) ? secretIn(value) : undefined;
  if (what !== undefined) {
    return `holds ${what}`;
  }
  return isCalledSecret(name) && !(known(value) && isHarmless(value)) ? "is called like a secret" : undefined;
}

/** Whether the name of a variable or option says that its value is a secret. */
export function isCalledSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/);
  return (
    !ABOUT.has(words.at(-1) ?? "") &&
    words.some((word, index) => SECRET_WORDS.has(word) || (word === "KEY" && SECRET_KEYS.has(words[index - 1] ?? "")))
  );
}

/** A switch, a small number such as of `MAX_TOKENS`, nothing, and the ARN of where the secret is. */
function isHarmless(value: string): boolean {
  return /^(|true|false|yes|no|on|off|\d{1,5}|arn:[\w-]+:[a-z].*)$/.test(value);
}
