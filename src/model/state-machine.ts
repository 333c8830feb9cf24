import { compareText } from "./order";
import { jsonataOf } from "./run-task";
import { ALL_ERRORS, type CatchRule, DEFAULT_RETRY, type RetryRule } from "./state-machine-retries";
import {
  type ChoiceStep,
  FAILED,
  listOf,
  type TaskStep,
  type WorkflowDefinition,
  type WorkflowStep,
} from "./task-workflow-steps";

/**
 * A workflow as a state machine in Amazon States Language, with JSONata.
 *
 * Each step hands on what it got, so that all see the input of the execution, and the steps of a map their item.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export interface StateMachine {
  readonly Comment?: string;
  readonly QueryLanguage: "JSONata";
  readonly TimeoutSeconds?: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State = Readonly<Record<string, unknown>>;

/** Seconds that a task may take when nothing is said: without a limit, a lost one would be waited for a year. */
const TASK_TIMEOUT = 3600;
const MAX_CONCURRENCY = 10;

/** What every state that does something hands on. */
const SAME = "{% $states.input %}";

/** The input with what went wrong, short enough for an environment variable; a field of its own where it is no object. */
const WITH_ERROR = [
  "{% $merge([",
  "$type($states.input) = 'object' ? $states.input : {'input': $states.input}, ",
  "{'error': {'name': $states.errorOutput.Error, ",
  "'cause': $exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 1000) : ''}}",
  "]) %}",
].join("");

const FAILED_STATE: State = {
  Type: "Fail",
  Error: "{% $states.input.error.name %}",
  Cause: "{% $states.input.error.cause %}",
};

/** What follows the last step of a list, and a failure that no step catches. */
interface Surroundings {
  readonly last: State;
  readonly failure: string | undefined;
  readonly runTask: (step: TaskStep) => State;
}

/**
 * The state machine of a workflow without problems.
 *
 * @param runTask arguments of `ecs:runTask` for a step
 * @param resource ARN of the integration that runs a task and waits for its end
 */
export function stateMachineOf(
  workflow: WorkflowDefinition,
  resource: string,
  runTask: (step: TaskStep) => State,
  comment?: string,
): StateMachine {
  const { steps, onFailure = [], timeoutInSeconds } = workflow;
  const run = (step: TaskStep): State => ({ Type: "Task", Resource: resource, Arguments: runTask(step) });
  const failure = onFailure[0]?.name;
  const handlers = statesOf(onFailure, { last: { Next: FAILED }, failure: undefined, runTask: run });
  // A state that nothing leads to would be refused.
  const ends = Object.values(handlers).some(({ Next }) => Next === FAILED);
  return {
    ...(comment === undefined ? {} : { Comment: comment }),
    QueryLanguage: "JSONata",
    ...(timeoutInSeconds === undefined ? {} : { TimeoutSeconds: timeoutInSeconds }),
    StartAt: steps[0]?.name ?? "",
    States: {
      ...statesOf(steps, { last: { End: true }, failure, runTask: run }),
      ...handlers,
      ...(ends ? { [FAILED]: FAILED_STATE } : {}),
    },
  };
}

function statesOf(steps: readonly WorkflowStep[], surroundings: Surroundings): Record<string, State> {
  return Object.fromEntries(
    steps.map((step, index) => {
      const behind = steps[index + 1]?.name;
      return [step.name, stateOf(step, behind, surroundings)];
    }),
  );
}

function stateOf(step: WorkflowStep, behind: string | undefined, surroundings: Surroundings): State {
  if ("fail" in step) {
    const { error, cause } = step.fail;
    return { Type: "Fail", Error: error, ...(cause === undefined ? {} : { Cause: cause }) };
  }
  if ("succeed" in step) {
    return { Type: "Succeed" };
  }
  if ("choice" in step) {
    return choiceOf(step, behind);
  }
  const to = step.end === true ? undefined : (step.next ?? behind);
  const onward = to === undefined ? surroundings.last : { Next: to };
  if ("waitInSeconds" in step) {
    return { Type: "Wait", Seconds: step.waitInSeconds, ...onward };
  }
  return {
    ...workOf(step, surroundings),
    Output: SAME,
    ...retryOf(listOf(step.retry)),
    ...catchOf(listOf(step.catch), surroundings.failure),
    ...onward,
  };
}

function workOf(step: Exclude<WorkflowStep, ChoiceStep>, surroundings: Surroundings): State {
  // A list of its own: what fails in it fails the step that holds it.
  const inner: Surroundings = { ...surroundings, last: { End: true }, failure: undefined };
  const machineOf = (list: readonly WorkflowStep[]) => ({ StartAt: list[0]?.name, States: statesOf(list, inner) });
  if ("parallel" in step) {
    return {
      Type: "Parallel",
      Branches: Object.entries(step.parallel)
        .sort(([a], [b]) => compareText(a, b))
        .map(([, list]) => machineOf(list)),
    };
  }
  if ("map" in step) {
    const { items, steps, maxConcurrency = MAX_CONCURRENCY } = step.map;
    return {
      Type: "Map",
      Items: `{% ${jsonataOf(items)} %}`,
      MaxConcurrency: maxConcurrency,
      ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...machineOf(steps) },
    };
  }
  return "task" in step ? { ...surroundings.runTask(step), TimeoutSeconds: step.timeoutInSeconds ?? TASK_TIMEOUT } : {};
}

function choiceOf({ choice, otherwise }: ChoiceStep, behind: string | undefined): State {
  return {
    Type: "Choice",
    Choices: choice.map(({ when, next }) => ({
      Condition: typeof when === "string" ? when : `{% ${jsonataOf(when)} = ${JSON.stringify(when.equals)} %}`,
      Next: next,
    })),
    Default: otherwise ?? behind,
  };
}

function retryOf(rules: readonly RetryRule[]): State {
  return rules.length === 0
    ? {}
    : {
        Retry: rules.map((rule) => {
          const { errors, attempts, intervalInSeconds, backoffRate, maxDelayInSeconds, jitter } = {
            maxDelayInSeconds: undefined,
            ...DEFAULT_RETRY,
            ...rule,
          };
          return {
            ErrorEquals: errors,
            MaxAttempts: attempts,
            IntervalSeconds: intervalInSeconds,
            BackoffRate: backoffRate,
            ...(maxDelayInSeconds === undefined ? {} : { MaxDelaySeconds: maxDelayInSeconds }),
            JitterStrategy: jitter ? "FULL" : "NONE",
          };
        }),
      };
}

/** Rules of the step, and behind them that of the workflow, unless the step catches everything itself. */
function catchOf(rules: readonly CatchRule[], failure: string | undefined): State {
  const everything = rules.some(({ errors = [ALL_ERRORS] }) => errors.includes(ALL_ERRORS));
  const all = failure === undefined || everything ? rules : [...rules, { next: failure }];
  return all.length === 0
    ? {}
    : {
        Catch: all.map(({ errors = [ALL_ERRORS], next }) => ({ ErrorEquals: errors, Next: next, Output: WITH_ERROR })),
      };
}
