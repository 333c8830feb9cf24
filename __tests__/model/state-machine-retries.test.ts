import fc from "fast-check";
import { DEFAULT_RETRY, longestWait, type RetryRule, retryProblems } from "../../src/model/state-machine-retries";

const messages = (...rules: RetryRule[]) => retryProblems('step "Load"', rules).map(({ message }) => message);

const rules = fc
  .record({
    attempts: fc.integer({ min: 0, max: 60 }),
    intervalInSeconds: fc.integer({ min: 1, max: 1000 }),
    backoffRate: fc.oneof(
      fc.constant(1),
      fc.integer({ min: 11, max: 40 }).map((tenths) => tenths / 10),
    ),
    limit: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined }),
  })
  .map(({ limit, ...rule }): RetryRule & { attempts: number; intervalInSeconds: number } => ({
    ...rule,
    ...(limit === undefined ? {} : { maxDelayInSeconds: rule.intervalInSeconds + limit }),
  }));

/** Seconds before each try, without jitter, as Step Functions documents them. */
function retryDelays(rule: RetryRule): number[] {
  const { attempts, intervalInSeconds, backoffRate, maxDelayInSeconds = Infinity } = { ...DEFAULT_RETRY, ...rule };
  return Array.from({ length: attempts }, (_, index) =>
    Math.min(maxDelayInSeconds, intervalInSeconds * backoffRate ** index),
  );
}

test("each try waits at least as long as the one before, and no longer than the limit", () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const waits = Array.from({ length: rule.attempts + 1 }, (_, attempts) => longestWait({ ...rule, attempts }));
      const delays = waits.slice(1).map((wait, index) => wait - (waits[index] ?? 0));
      const nearly = 1e-6 * Math.max(1, ...waits);
      for (const [index, delay] of delays.entries()) {
        expect(delay).toBeGreaterThanOrEqual((delays[index - 1] ?? rule.intervalInSeconds) - nearly);
        expect(delay).toBeLessThanOrEqual((rule.maxDelayInSeconds ?? Infinity) + nearly);
      }
      expect(delays[0] ?? rule.intervalInSeconds).toBeCloseTo(rule.intervalInSeconds, 6);
    }),
  );
});

test("the longest wait is the sum of all delays", () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const sum = retryDelays(rule).reduce((all, delay) => all + delay, 0);
      expect(Math.abs(longestWait(rule) - sum)).toBeLessThanOrEqual(1e-6 * Math.max(1, sum));
    }),
  );
});

test("the usual rule tries three times, after 10, 20 and 40 seconds", () => {
  expect(retryDelays({})).toEqual([10, 20, 40]);
  expect(longestWait({})).toBe(70);
});

test.each<[RetryRule, string]>([
  [{ attempts: -1 }, `'retry' of step "Load": 'attempts' must be a whole number from 0 to 99999999, got -1`],
  [{ attempts: 1.5 }, "got 1.5"],
  [{ intervalInSeconds: 0 }, "'intervalInSeconds' must be a whole number from 1 to 99999999, got 0"],
  [{ backoffRate: 0.5 }, "'backoffRate' must be a number of at least 1, got 0.5"],
  [{ backoffRate: Number.NaN }, "got NaN"],
  [{ maxDelayInSeconds: 10 }, "'maxDelayInSeconds' must be more than 'intervalInSeconds' 10, got 10"],
  [{ maxDelayInSeconds: 31_622_400 }, "from 1 to 31622399"],
  [{ attempts: 30 }, "would wait 1.07e+10 seconds; give 'maxDelayInSeconds', or fewer 'attempts'"],
  [{ attempts: 99_999_999, backoffRate: 1.000001 }, "must be over within a year"],
  [{ errors: [] }, `'retry' of step "Load" must name at least one error in each rule, got []; leave 'errors' out`],
])("%j is refused", (rule, words) => {
  expect(messages(rule).join()).toContain(words);
});

test("many tries are fine when the time between them is limited", () => {
  expect(messages({ attempts: 1000, maxDelayInSeconds: 600 })).toEqual([]);
});

test("all errors stand alone and last, and no error stands in two rules", () => {
  const all = `'retry' of step "Load" must have "States.ALL" alone, and in the last rule; it stands for every error`;
  expect(messages({ errors: ["States.ALL"] }, {})).toEqual([all]);
  expect(messages({ errors: ["States.ALL", "States.Timeout"] })).toEqual([all]);
  expect(messages({ errors: ["States.Timeout"] }, { errors: ["States.ALL"] })).toEqual([]);
  expect(messages({}, { errors: ["States.TaskFailed"] })).toEqual([
    `'retry' of step "Load" names the error "States.TaskFailed" in two rules, of which only the first counts; keep one`,
  ]);
});

test("errors of Step Functions' own are those that it has; others are of the program", () => {
  expect(messages({ errors: ["States.Timeout", "ECS.AmazonECSException", "Broken"] })).toEqual([]);
  expect(messages({ errors: ["States.TaskFaild"] })).toEqual([
    expect.stringMatching(
      /^'retry' of step "Load" names the error "States\.TaskFaild", and of those with "States\." in front there are "States\.ALL", .*"States\.Timeout" alone; write one of them$/,
    ),
  ]);
});
