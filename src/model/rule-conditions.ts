import { ipNetworkProblem } from "../units/ip-network";
import { type PlannedCondition, PRIORITY, plannedConditions, type RuleConditions } from "./listener-rules";
import { type Problem, problemAt, quote, under } from "./problem";
import { wholeProblem } from "./whole-number";

/**
 * Limits of a rule's conditions, which AWS does not raise.
 *
 * Sources, as of 2026-11-21: Elastic Load Balancing, "Quotas for your Application Load Balancers" ("Condition Values per
 * Rule", "Condition Wildcards per Rule"), and "Condition types for listener rules".
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_VALUES = 5;
const MAX_WILDCARDS = 6;
/** What "Condition types for listener rules" says, and the quotas do not. */
const SAFE = { valuesOfCondition: 3, wildcards: 5 } as const;
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
  const wildcards = wildcardsIn(planned);
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
    ...problemAt(
      [],
      wildcards <= MAX_WILDCARDS
        ? undefined
        : `'conditions' must hold at most ${MAX_WILDCARDS} wildcards ("*" and "?") in all, which is what a rule takes, got ${wildcards}; leave some out, or split them into two targets`,
    ),
  ];
}

/** Where two pages of AWS disagree about what a rule takes. */
export function conditionWarnings(conditions: RuleConditions): string[] {
  const planned = plannedConditions(conditions);
  const wildcards = wildcardsIn(planned);
  const pages = "which AWS's page of quotas allows for a rule, and its page of condition types does not";
  return [
    ...(wildcards > SAFE.wildcards
      ? [`'conditions' hold ${wildcards} wildcards, ${pages} (${SAFE.wildcards}); leave one out to be on the safe side`]
      : []),
    ...planned
      .filter(({ values }) => values.length > SAFE.valuesOfCondition)
      .map(
        ({ kind, key, values }) =>
          `'conditions' hold ${values.length} values for ${key === undefined ? kind : `${kind} ${key}`}, ${pages} (${SAFE.valuesOfCondition} for each condition); split them into two targets to be on the safe side`,
      ),
  ];
}

function wildcardsIn(planned: readonly PlannedCondition[]): number {
  return planned.reduce(
    (sum, { kind, values }) =>
      sum + values.reduce((count, value) => count + (plain(kind, value).match(/[*?]/g)?.length ?? 0), 0),
    0,
  );
}

/** In a query string a wildcard behind a backslash stands for itself. */
function plain(kind: PlannedCondition["kind"], value: string): string {
  return kind === "queryStrings" ? value.replaceAll(/\\[*?]/g, "") : value;
}

/** Why there is no such place for a rule, or `undefined`. */
export function priorityProblem(priority: number | undefined): string | undefined {
  return wholeProblem("priority", priority, [PRIORITY.min, PRIORITY.max]);
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
