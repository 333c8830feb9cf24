import { compareText } from "./order";
import type { Problem } from "./problem";
import type { FromField, RunTaskOptions } from "./run-task";
import type { CatchRule, RetryRule } from "./state-machine-retries";

interface Step {
  /** Unique in the workflow, 1 to 80 characters. */
  readonly name: string;
}

interface OnwardStep extends Step {
  /** Name of the step that follows, in the same list of steps. @default - the one behind it, if there is one */
  readonly next?: string;
  /** Whether it is the last, although steps stand behind it. @default false */
  readonly end?: true;
}

interface GuardedStep extends OnwardStep {
  /** Tries after it has failed. @default - none */
  readonly retry?: RetryRule | readonly RetryRule[];
  /** What follows when it has failed for good. @default - `onFailure` of the workflow, or the execution fails */
  readonly catch?: CatchRule | readonly CatchRule[];
}

/**
 * Runs a task and waits for its end. It gets its input as what `{ from }` reads, and hands the same on: what a task
 * finds out, it writes to where the next one reads it.
 */
export interface TaskStep extends GuardedStep, RunTaskOptions<string | FromField> {
  /** Key of one of the workflow's tasks. */
  readonly task: string;
  /** Seconds after which it has failed and the task is stopped, 1 to 99999999. @default 3600 */
  readonly timeoutInSeconds?: number;
}

/** Runs lists of steps at the same time, by names of your choice, and waits for all. */
export interface ParallelStep extends GuardedStep {
  /** Branches by name, which run at the same time; it goes on when all have ended. */
  readonly parallel: Readonly<Record<string, readonly WorkflowStep[]>>;
}

/** Runs a list of steps for each item of a list in its input. Each gets its item as its input. */
export interface MapStep extends GuardedStep {
  /** The items, and the steps that run once for each of them. */
  readonly map: {
    /** The list. */
    readonly items: FromField;
    readonly steps: readonly WorkflowStep[];
    /** How many at once, 1 to 40. @default 10 */
    readonly maxConcurrency?: number;
  };
}

/** Goes on to the step of the first condition that holds. */
export interface ChoiceStep extends Step {
  /** Rules in their order: the first that holds decides. */
  readonly choice: readonly ChoiceRule[];
  /** Name of the step when no condition holds. @default - the one behind it */
  readonly otherwise?: string;
}

/** Where a choice goes on, and when. */
export interface ChoiceRule {
  /** A field of the input and its value, or an expression of JSONata between `{%` and `%}`. */
  readonly when: string | (FromField & { readonly equals: string | number | boolean });
  /** Name of the step with which it goes on. */
  readonly next: string;
}

/** Waits. */
export interface WaitStep extends OnwardStep {
  /** 1 to 99999999. */
  readonly waitInSeconds: number;
}

/** Ends the execution as failed. */
export interface FailStep extends Step {
  /** What the execution fails with: a name of the error, and a sentence about it. */
  readonly fail: { readonly error: string; readonly cause?: string };
}

/** Ends the execution well. */
export interface SucceedStep extends Step {
  /** Ends the execution, or the branch in which it is, well. */
  readonly succeed: true;
}

/** A step of a workflow. */
export type WorkflowStep = TaskStep | ParallelStep | MapStep | ChoiceStep | WaitStep | FailStep | SucceedStep;

/** The steps of a workflow, and what happens when one fails. */
export interface WorkflowDefinition {
  /** What happens, in its order. */
  readonly steps: readonly WorkflowStep[];
  /**
   * What happens when a step has failed for good, after which the execution fails. Its input has a field `error` with
   * `name` and `cause`. @default - nothing
   */
  readonly onFailure?: readonly WorkflowStep[];
  /** Seconds after which an execution has failed, 1 to 99999999. @default - none: a year, as AWS has it */
  readonly timeoutInSeconds?: number;
}

/** Name of the state in which an execution ends after `onFailure`. */
export const FAILED = "Failed";

/** All steps with the place at which they stand, those within others too. */
export function allSteps(
  steps: readonly WorkflowStep[],
  at: Problem["at"],
): (readonly [Problem["at"], WorkflowStep])[] {
  return steps.flatMap((step, index) => {
    const here = [...at, index];
    const inner = innerLists(step).flatMap(([path, list]) => allSteps(list, [...here, ...path]));
    return [[here, step] as const, ...inner];
  });
}

/** The lists of steps within a step, each with its place in the step. */
export function innerLists(step: WorkflowStep): (readonly [Problem["at"], readonly WorkflowStep[]])[] {
  if ("parallel" in step) {
    return Object.entries(step.parallel).map(([branch, list]) => [["parallel", branch], list] as const);
  }
  return "map" in step ? [[["map", "steps"], step.map.steps]] : [];
}

/** The steps that run tasks, wherever they stand. */
export function taskStepsOf({ steps, onFailure = [] }: WorkflowDefinition): TaskStep[] {
  return [...allSteps(steps, []), ...allSteps(onFailure, [])].flatMap(([, step]) => ("task" in step ? [step] : []));
}

/** Keys of the tasks that its steps run, each once, in alphabetical order. */
export function usedTaskKeys(definition: WorkflowDefinition): string[] {
  return [...new Set(taskStepsOf(definition).map(({ task }) => task))].sort(compareText);
}

/** One rule or several, as a list. */
export function listOf<T>(rules: T | readonly T[] | undefined): readonly T[] {
  return rules === undefined ? [] : Array.isArray(rules) ? (rules as readonly T[]) : [rules as T];
}
