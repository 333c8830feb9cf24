import type { Known } from "./container-spec";
import type { CapacityProvider } from "./ecs-capacity";
import { nameProblem, names } from "./names";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { fieldPathProblem, type RunnableTask, runTaskProblems } from "./run-task";
import { ALL_ERRORS, errorProblems, retryProblems } from "./state-machine-retries";
import { stepOrderProblems } from "./task-workflow-order";
import {
  allSteps,
  type ChoiceStep,
  FAILED,
  innerLists,
  listOf,
  type MapStep,
  type ParallelStep,
  type TaskStep,
  type WorkflowDefinition,
  type WorkflowStep,
} from "./task-workflow-steps";
import { wholeProblem, wholeProblems } from "./whole-number";

/** Source: Amazon States Language specification and Step Functions Developer Guide, "Quotas", 2026-11. */
const MAX_NAME = 80;
const SECONDS = [1, 99_999_999] as const;
const CONCURRENCY = [1, 40] as const;

const GUARDED = ["catch", "end", "next", "retry"] as const;

/** The kinds of steps by the property that makes them one, with their other properties. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  task: [...GUARDED, "capacity", "containers", "platformVersion", "propagateTags", "timeoutInSeconds"],
  parallel: GUARDED,
  map: GUARDED,
  choice: ["otherwise"],
  waitInSeconds: ["end", "next"],
  fail: [],
  succeed: [],
};

/** What a workflow is checked against. */
export interface WorkflowTasks {
  readonly tasks: Readonly<Record<string, RunnableTask>>;
  readonly available: readonly CapacityProvider[];
  readonly known?: Known;
}

/** What is wrong with the steps of a workflow. */
export function workflowProblems(workflow: WorkflowDefinition, given: WorkflowTasks): Problem[] {
  const { steps, onFailure = [], timeoutInSeconds } = workflow;
  return [
    ...listProblems("steps", steps, given),
    ...(workflow.onFailure === undefined ? [] : listProblems("onFailure", onFailure, given)),
    ...nameProblems(workflow),
    ...wholeProblems("timeoutInSeconds", timeoutInSeconds, SECONDS),
    ...under("steps", stepOrderProblems("steps", steps)),
    ...under("onFailure", stepOrderProblems("onFailure", onFailure)),
    ...problemAt(
      ["onFailure"],
      onFailure.length === 0 || steps.some(leavesFailures)
        ? undefined
        : "'onFailure' is never reached, as no step can fail whose failures are not caught; leave it out",
    ),
  ];
}

/** Why AWS would refuse the name of a workflow, or that of its role, or `undefined`. */
export function workflowNameProblem(name: string, fix: string): string | undefined {
  return nameProblem("stateMachine", name, fix) ?? nameProblem("role", names.workflowRole(name), fix);
}

/** Whether it can fail in a way that it does not catch itself. */
function leavesFailures(step: WorkflowStep): boolean {
  return (
    ("task" in step || "parallel" in step || "map" in step) &&
    !listOf(step.catch).some(({ errors = [ALL_ERRORS] }) => errors.includes(ALL_ERRORS))
  );
}

function nameProblems({ steps, onFailure = [] }: WorkflowDefinition): Problem[] {
  const all = [...allSteps(steps, ["steps"]), ...allSteps(onFailure, ["onFailure"])];
  return all.flatMap(([at, { name }], index) => {
    const twice = all.slice(0, index).some(([, other]) => other.name === name);
    return problemAt(
      [...at, "name"],
      name.length < 1 || name.length > MAX_NAME
        ? `'name' of a step must be 1 to ${MAX_NAME} characters, got ${quote(name)} (${name.length})`
        : twice
          ? `'name' of a step must be unique in the workflow, got ${quote(name)} twice; rename one`
          : name === FAILED && onFailure.length > 0
            ? `'name' of a step must not be "${FAILED}", in which an execution ends after 'onFailure'; choose another`
            : undefined,
    );
  });
}

function listProblems(property: string, steps: readonly WorkflowStep[], given: WorkflowTasks): Problem[] {
  return steps.length === 0
    ? problemAt([property], `'${property}' must hold at least one step, got []`)
    : under(
        property,
        steps.flatMap((step, index) =>
          stepProblems(step, given).map(({ at, message }) => ({ at: [index, ...at], message })),
        ),
      );
}

function stepProblems(step: WorkflowStep, given: WorkflowTasks): Problem[] {
  const called = `step ${quote(step.name)}`;
  const kinds = Object.keys(KINDS).filter((kind) => kind in step);
  const [kind = ""] = kinds;
  if (kinds.length !== 1) {
    return problemAt(
      [],
      `${called} must have exactly one of ${quoteAll(Object.keys(KINDS))}, got ${kinds.length === 0 ? "none" : quoteAll(kinds)}`,
    );
  }
  return [
    ...Object.keys(step).flatMap((property) =>
      property === "name" || property === kind || KINDS[kind]?.includes(property) === true
        ? []
        : problemAt([property], `'${property}' is for other steps than ${called} with '${kind}'; leave it out`),
    ),
    ...("task" in step ? taskProblems(step, called, given) : []),
    ...("parallel" in step || "map" in step ? innerProblems(step, called, given) : []),
    ...("choice" in step ? choiceProblems(step, called) : []),
    ...("waitInSeconds" in step
      ? problemAt(["waitInSeconds"], within(called, wholeProblem("waitInSeconds", step.waitInSeconds, SECONDS)))
      : []),
    ...("retry" in step ? retryProblems(called, listOf(step.retry)) : []),
    ...("catch" in step
      ? errorProblems(
          called,
          "catch",
          listOf(step.catch).map(({ errors = [ALL_ERRORS] }) => errors),
        )
      : []),
    ...("next" in step && step.next !== undefined && step.end === true
      ? problemAt(["end"], `${called} has 'next' and 'end'; keep one`)
      : []),
  ];
}

function within(called: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${called}: ${problem}`;
}

function taskProblems(step: TaskStep, called: string, { tasks, available, known }: WorkflowTasks): Problem[] {
  const task = Object.hasOwn(tasks, step.task) ? tasks[step.task] : undefined;
  return [
    ...problemAt(
      ["timeoutInSeconds"],
      within(called, wholeProblem("timeoutInSeconds", step.timeoutInSeconds, SECONDS)),
    ),
    ...(task === undefined
      ? problemAt(
          ["task"],
          `'task' of ${called} must be one of the workflow's tasks (${Object.keys(tasks).length === 0 ? "there are none" : quoteAll(Object.keys(tasks))}), got ${quote(step.task)}`,
        )
      : runTaskProblems(step, task, available, known).map(({ at, message }) => ({
          at,
          message: `${called}: ${message}`,
        }))),
  ];
}

function innerProblems(step: ParallelStep | MapStep, called: string, given: WorkflowTasks): Problem[] {
  const lists = innerLists(step);
  return [
    ...("parallel" in step && lists.length === 0
      ? problemAt(["parallel"], `'parallel' of ${called} must hold at least one list of steps, got {}`)
      : []),
    ...("map" in step
      ? [
          ...problemAt(["map", "items", "from"], fieldPathProblem(`'items' of ${called}`, step.map.items.from)),
          ...problemAt(
            ["map", "maxConcurrency"],
            within(called, wholeProblem("maxConcurrency", step.map.maxConcurrency, CONCURRENCY)),
          ),
        ]
      : []),
    ...lists.flatMap(([at, list]) =>
      list.length === 0
        ? problemAt(at, `${called} must have at least one step in each of its lists, got []`)
        : list.flatMap((inner, index) =>
            stepProblems(inner, given).map((problem) => ({
              at: [...at, index, ...problem.at],
              message: problem.message,
            })),
          ),
    ),
  ];
}

function choiceProblems({ choice }: ChoiceStep, called: string): Problem[] {
  return [
    ...problemAt(
      ["choice"],
      choice.length > 0 ? undefined : `'choice' of ${called} must hold at least one condition, got []`,
    ),
    ...choice.flatMap(({ when }, index) =>
      problemAt(
        ["choice", index, "when"],
        typeof when !== "string"
          ? fieldPathProblem(`'from' of ${called}`, when.from)
          : /^\{%[\s\S]+%\}$/.test(when)
            ? undefined
            : `'when' of ${called} must be an expression of JSONata between "{%" and "%}", like "{% $states.input.rows > 0 %}", got ${quote(when)}`,
      ),
    ),
  ];
}
