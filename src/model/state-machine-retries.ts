import { type Problem, problemAt, quote, quoteAll } from "./problem";
import { wholeProblem } from "./whole-number";

/** Tries after a step has failed, each later than the one before. */
export interface RetryRule {
  /** Names of errors. @default - `States.TaskFailed`: all but a timeout */
  readonly errors?: readonly string[];
  /** How many tries after the first, 0 to 99999999. @default 3 */
  readonly attempts?: number;
  /** Seconds before the first of them, 1 to 99999999. @default 10 */
  readonly intervalInSeconds?: number;
  /** By what the time before each is multiplied for the next, at least 1. @default 2 */
  readonly backoffRate?: number;
  /** Seconds that the time between two tries is at most, more than the interval. @default - no limit */
  readonly maxDelayInSeconds?: number;
  /** Whether AWS chooses a moment between none and the whole delay, so that tries of many do not come at once. @default true */
  readonly jitter?: boolean;
}

/** What to do when a step has failed and is not tried again. */
export interface CatchRule {
  /** Names of errors. @default - `States.ALL`: all */
  readonly errors?: readonly string[];
  /** Name of the step that follows, in the same list of steps. */
  readonly next: string;
}

export const DEFAULT_RETRY = {
  errors: ["States.TaskFailed"],
  attempts: 3,
  intervalInSeconds: 10,
  backoffRate: 2,
  jitter: true,
} as const satisfies RetryRule;

export const ALL_ERRORS = "States.ALL";

/** What stands in front of the names of Step Functions' own errors, and of no others. */
const RESERVED = "States.";

/**
 * Errors that Step Functions itself reports.
 *
 * As of 2026-11-22. Sources: Step Functions Developer Guide, "Handling errors in Step Functions workflows", "Error names";
 * Amazon States Language specification, "Errors".
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
const ERRORS: readonly string[] = [
  "ALL",
  "BranchFailed",
  "DataLimitExceeded",
  "ExceedToleratedFailureThreshold",
  "HeartbeatTimeout",
  "Http.Socket",
  "IntrinsicFailure",
  "ItemReaderFailed",
  "NoChoiceMatched",
  "ParameterPathFailure",
  "Permissions",
  "QueryEvaluationError",
  "ResultPathMatchFailure",
  "ResultWriterFailed",
  "Runtime",
  "TaskFailed",
  "Timeout",
].map((name) => `${RESERVED}${name}`);

/** Source: Amazon States Language specification, "Retrying after error", and Step Functions Developer Guide, 2026-11. */
const WHOLE = {
  attempts: [0, 99_999_999],
  intervalInSeconds: [1, 99_999_999],
  maxDelayInSeconds: [1, 31_622_399],
} as const;

/** How long an execution may take. Source: Step Functions Developer Guide, "Quotas", 2026-11. */
const SECONDS_PER_YEAR = 31_536_000;

/** Seconds that all tries wait together, without jitter and without what the step itself takes. */
export function longestWait(rule: RetryRule): number {
  const { attempts, intervalInSeconds, backoffRate, maxDelayInSeconds = Infinity } = { ...DEFAULT_RETRY, ...rule };
  if (backoffRate === 1) {
    return attempts * Math.min(intervalInSeconds, maxDelayInSeconds);
  }
  // Tries before the limit is reached, whose delays are a geometric series; all others wait as long as the limit.
  const growing = Math.max(
    0,
    Math.min(attempts, Math.ceil(Math.log(maxDelayInSeconds / intervalInSeconds) / Math.log(backoffRate))),
  );
  const limited = attempts - growing;
  return (
    (intervalInSeconds * (backoffRate ** growing - 1)) / (backoffRate - 1) +
    (limited > 0 ? limited * maxDelayInSeconds : 0)
  );
}

/** What is wrong with the retries of a step, seen from the step. */
export function retryProblems(called: string, rules: readonly RetryRule[]): Problem[] {
  return [
    ...rules.flatMap((rule, index) => ruleProblems(called, rule).map((problem) => at(["retry", index], problem))),
    ...errorProblems(
      called,
      "retry",
      rules.map(({ errors = DEFAULT_RETRY.errors }) => errors),
    ),
  ];
}

function at(prefix: Problem["at"], { at: rest, message }: Problem): Problem {
  return { at: [...prefix, ...rest], message };
}

function ruleProblems(called: string, rule: RetryRule): Problem[] {
  const { intervalInSeconds = DEFAULT_RETRY.intervalInSeconds, backoffRate, maxDelayInSeconds } = rule;
  const malformed = [
    ...(["attempts", "intervalInSeconds", "maxDelayInSeconds"] as const).flatMap((property) =>
      problemAt([property], inRetry(called, wholeProblem(property, rule[property], WHOLE[property]))),
    ),
    ...problemAt(
      ["backoffRate"],
      backoffRate === undefined || (Number.isFinite(backoffRate) && backoffRate >= 1)
        ? undefined
        : inRetry(called, `'backoffRate' must be a number of at least 1, got ${quote(backoffRate)}`),
    ),
  ];
  if (malformed.length > 0) {
    return malformed;
  }
  const wait = longestWait(rule);
  return [
    ...problemAt(
      ["maxDelayInSeconds"],
      maxDelayInSeconds === undefined || maxDelayInSeconds > intervalInSeconds
        ? undefined
        : inRetry(
            called,
            `'maxDelayInSeconds' must be more than 'intervalInSeconds' ${intervalInSeconds}, got ${maxDelayInSeconds}`,
          ),
    ),
    ...problemAt(
      [],
      wait <= SECONDS_PER_YEAR
        ? undefined
        : inRetry(
            called,
            `the tries must be over within a year, which is as long as an execution lasts, and would wait ${wait.toPrecision(3)} seconds; give 'maxDelayInSeconds', or fewer 'attempts'`,
          ),
    ),
  ];
}

function inRetry(called: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `'retry' of ${called}: ${problem}`;
}

/**
 * What is wrong with the errors of rules, of which the first that fits is taken: `States.ALL` stands alone and last.
 *
 * @see https://states-language.net/spec.html#errors
 */
export function errorProblems(
  called: string,
  property: "retry" | "catch",
  rules: readonly (readonly string[])[],
): Problem[] {
  return rules.flatMap((errors, index) => {
    const earlier = rules.slice(0, index).flat();
    const twice = errors.find((error) => earlier.includes(error));
    const all = errors.includes(ALL_ERRORS);
    const unknown = errors.find((error) => error.startsWith(RESERVED) && !ERRORS.includes(error));
    return problemAt(
      [property, index],
      errors.length === 0
        ? `'${property}' of ${called} must name at least one error in each rule, got []; leave 'errors' out`
        : twice !== undefined
          ? `'${property}' of ${called} names the error ${quote(twice)} in two rules, of which only the first counts; keep one`
          : unknown !== undefined
            ? `'${property}' of ${called} names the error ${quote(unknown)}, and of those with "${RESERVED}" in front there are ${quoteAll(ERRORS)} alone; write one of them`
            : all && (errors.length > 1 || index < rules.length - 1)
              ? `'${property}' of ${called} must have "${ALL_ERRORS}" alone, and in the last rule; it stands for every error`
              : undefined,
    );
  });
}
