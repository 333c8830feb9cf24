import { ipNetworkProblem } from "../units/ip-network";
import { PRIORITY, plannedConditions, type RuleConditions } from "./listener-rules";
import { type Problem, problemAt, quote, under } from "./problem";

/**
 * Limits of a rule's conditions.
 *
 * Sources: Elastic Load Balancing, "Condition types for listener rules" and "Quotas for your Application Load
 * Balancers" ("Condition values per rule", which AWS does not raise), 2026.
 */
const MAX_VALUES = 5;
const MAX_VALUE_LENGTH = 128;
const MAX_NAME_LENGTH = 40;

const HOST = /^[A-Za-z0-9*?.-]+$/;
const PATH = /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$/;
const METHOD = /^[A-Z_-]+$/;
const HEADER = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** What is wrong with the conditions of a rule. */
export function conditionProblems(conditions: RuleConditions): Problem[] {
  const { hosts, paths, methods, headers, queryStrings, sourceIps } = conditions;
  const planned = plannedConditions(conditions);
  const count = planned.reduce((sum, { values }) => sum + values.length, 0);
  return [
    ...values("hosts", hosts, hostProblem),
    ...values("paths", paths, pathProblem),
    ...values("methods", methods, methodProblem),
    ...values("sourceIps", sourceIps, (cidr) => {
      const problem = ipNetworkProblem(cidr);
      return problem === undefined ? undefined : `'sourceIps': ${problem}`;
    }),
    ...named("headers", headers, headerProblem),
    ...named("queryStrings", queryStrings, keyProblem),
    ...problemAt(
      [],
      count <= MAX_VALUES
        ? undefined
        : `'conditions' must hold at most ${MAX_VALUES} values in all, which is what a rule takes, got ${count}; use wildcards, or split them into two targets`,
    ),
  ];
}

/** Why there is no such place for a rule, or `undefined`. */
export function priorityProblem(priority: number): string | undefined {
  return Number.isInteger(priority) && priority >= PRIORITY.min && priority <= PRIORITY.max
    ? undefined
    : `'priority' must be a whole number from ${PRIORITY.min} to ${PRIORITY.max}, got ${quote(priority)}`;
}

function values(
  property: string,
  given: readonly string[] | undefined,
  check: (value: string) => string | undefined,
): Problem[] {
  return given?.length === 0
    ? problemAt([property], `'${property}' must hold at least one value, got none; leave it out for any`)
    : (given?.flatMap((value, index) => problemAt([property, index], check(value))) ?? []);
}

function named(
  property: string,
  given: Readonly<Record<string, readonly string[]>> = {},
  checkName: (name: string) => string | undefined,
): Problem[] {
  return Object.entries(given).flatMap(([name, list]) =>
    under(
      [property, name],
      [
        ...problemAt([], checkName(name)),
        ...problemAt(
          [],
          list.length > 0
            ? undefined
            : `'${property}' must hold at least one value for ${quote(name)}, got none; leave it out for any`,
        ),
        ...list.flatMap((value, index) => problemAt([index], lengthProblem(property, value))),
      ],
    ),
  );
}

function lengthProblem(property: string, value: string): string | undefined {
  return value.length >= 1 && value.length <= MAX_VALUE_LENGTH
    ? undefined
    : `'${property}' must hold values of 1 to ${MAX_VALUE_LENGTH} characters, got ${quote(value)} (${value.length})`;
}

function hostProblem(host: string): string | undefined {
  return HOST.test(host) && (host.includes(".") || host === "*") && host.length <= MAX_VALUE_LENGTH
    ? undefined
    : `'hosts' must hold host names of at most ${MAX_VALUE_LENGTH} characters with a dot, like "api.example.com" or "*.example.com", got ${quote(host)}`;
}

function pathProblem(path: string): string | undefined {
  return PATH.test(path) && path.length <= MAX_VALUE_LENGTH
    ? undefined
    : `'paths' must hold paths of at most ${MAX_VALUE_LENGTH} characters that begin with "/", like "/api/*", without query string and spaces, got ${quote(path)}`;
}

function methodProblem(method: string): string | undefined {
  return METHOD.test(method) && method.length <= MAX_NAME_LENGTH
    ? undefined
    : `'methods' must hold HTTP methods in capitals, like "GET", without wildcards, got ${quote(method)}`;
}

function headerProblem(name: string): string | undefined {
  if (name.toLowerCase() === "host") {
    return `'headers' must not hold ${quote(name)}, which rules know as a condition of its own; use 'hosts'`;
  }
  return HEADER.test(name) && !name.includes("*") && name.length <= MAX_NAME_LENGTH
    ? undefined
    : `'headers' must have names of headers of at most ${MAX_NAME_LENGTH} characters, without wildcards, got ${quote(name)}`;
}

function keyProblem(key: string): string | undefined {
  return key.length <= MAX_VALUE_LENGTH
    ? undefined
    : `'queryStrings' must have keys of at most ${MAX_VALUE_LENGTH} characters, got ${quote(key)} (${key.length})`;
}
