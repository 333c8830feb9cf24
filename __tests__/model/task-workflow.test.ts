import { FARGATE } from "../../src/model/ecs-capacity";
import type { RunnableTask } from "../../src/model/run-task";
import { stateMachineOf } from "../../src/model/state-machine";
import { workflowNameProblem, workflowProblems } from "../../src/model/task-workflow";
import { usedTaskKeys, type WorkflowDefinition, type WorkflowStep } from "../../src/model/task-workflow-steps";

const task: RunnableTask = { launch: "FARGATE", operatingSystem: "linux", containers: [{ name: "app" }] };
const given = { tasks: { load: task, report: task }, available: [FARGATE] };

const problemsOf = (workflow: WorkflowDefinition) => workflowProblems(workflow, given);
const messages = (steps: readonly unknown[], rest: Partial<WorkflowDefinition> = {}) =>
  problemsOf({ steps: steps as WorkflowStep[], ...rest }).map(({ message }) => message);

const load = { name: "Load", task: "load" };
const report = { name: "Report", task: "report" };

const everything: WorkflowDefinition = {
  steps: [
    { ...load, retry: { attempts: 5 }, catch: { errors: ["States.Timeout"], next: "Late" }, timeoutInSeconds: 60 },
    { name: "Both", parallel: { right: [{ name: "Right", task: "load" }], left: [{ name: "Left", task: "load" }] } },
    { name: "Each", map: { items: { from: "files" }, steps: [{ name: "One", task: "load" }], maxConcurrency: 2 } },
    { name: "Rest", waitInSeconds: 30 },
    { name: "Which", choice: [{ when: { from: "mode", equals: "full" }, next: "Report" }], otherwise: "Nothing" },
    { ...report, end: true },
    { name: "Nothing", succeed: true },
    { name: "Late", fail: { error: "Late", cause: "it took too long" } },
  ],
  onFailure: [{ name: "Tell", task: "report" }],
  timeoutInSeconds: 86_400,
};

const machineOf = (workflow: WorkflowDefinition) =>
  stateMachineOf(workflow, "arn:aws:states:::ecs:runTask.sync", ({ task: key }) => ({ TaskDefinition: key }));

test("a workflow may have every kind of step", () => {
  expect(problemsOf(everything)).toEqual([]);
  expect(usedTaskKeys(everything)).toEqual(["load", "report"]);
});

test("the least workflow runs one task, gives it an hour, and hands on its input", () => {
  expect(machineOf({ steps: [load] })).toEqual({
    QueryLanguage: "JSONata",
    StartAt: "Load",
    States: {
      Load: {
        Type: "Task",
        Resource: "arn:aws:states:::ecs:runTask.sync",
        Arguments: { TaskDefinition: "load" },
        TimeoutSeconds: 3600,
        Output: "{% $states.input %}",
        End: true,
      },
    },
  });
});

test("steps follow one another unless they say otherwise", () => {
  const { States } = machineOf(everything);
  const next = Object.fromEntries(
    Object.entries(States).map(([name, { Next, End, Default }]) => [name, Next ?? End ?? Default]),
  );
  expect(next).toEqual({
    Load: "Both",
    Both: "Each",
    Each: "Rest",
    Rest: "Which",
    Which: "Nothing",
    Report: true,
    Nothing: undefined,
    Late: undefined,
    Tell: "Failed",
    Failed: undefined,
  });
});

test("a failure goes to the step's own rule first, then to the workflow's, with what went wrong", () => {
  const { Load, Both, Tell, Failed } = machineOf(everything).States;
  expect(Load?.Catch).toMatchObject([
    { ErrorEquals: ["States.Timeout"], Next: "Late" },
    { ErrorEquals: ["States.ALL"], Next: "Tell" },
  ]);
  expect(JSON.stringify(Load?.Catch)).toContain("{'error': {'name': $states.errorOutput.Error");
  expect(Both?.Catch).toMatchObject([{ ErrorEquals: ["States.ALL"], Next: "Tell" }]);
  expect(Tell).not.toHaveProperty("Catch");
  expect(Failed).toEqual({
    Type: "Fail",
    Error: "{% $states.input.error.name %}",
    Cause: "{% $states.input.error.cause %}",
  });
});

test("a step that catches everything leaves nothing to the workflow", () => {
  const { States } = machineOf({
    steps: [{ ...load, catch: { next: "Report" } }, report],
    onFailure: [{ name: "Tell", task: "report" }],
  });
  expect(States.Load?.Catch).toMatchObject([{ ErrorEquals: ["States.ALL"], Next: "Report" }]);
});

test("there is no state for the end of a failure that steps end themselves", () => {
  const { States } = machineOf({ steps: [load], onFailure: [{ name: "Stop", fail: { error: "Stopped" } }] });
  expect(Object.keys(States)).toEqual(["Load", "Stop"]);
});

test("tries again later and later, at moments that AWS chooses", () => {
  const { Load } = machineOf({
    steps: [
      { ...load, retry: [{}, { errors: ["States.Timeout"], attempts: 1, maxDelayInSeconds: 60, jitter: false }] },
    ],
  }).States;
  expect(Load?.Retry).toEqual([
    { ErrorEquals: ["States.TaskFailed"], MaxAttempts: 3, IntervalSeconds: 10, BackoffRate: 2, JitterStrategy: "FULL" },
    {
      ErrorEquals: ["States.Timeout"],
      MaxAttempts: 1,
      IntervalSeconds: 10,
      BackoffRate: 2,
      MaxDelaySeconds: 60,
      JitterStrategy: "NONE",
    },
  ]);
});

test("branches are in the order of their names, and what fails in them fails their step", () => {
  const { Both, Each } = machineOf(everything).States;
  expect(Both?.Branches).toMatchObject([{ StartAt: "Left" }, { StartAt: "Right" }]);
  expect(Both?.Branches).not.toMatchObject([{ States: { Left: { Catch: expect.anything() } } }, {}]);
  expect(Each).toMatchObject({
    Type: "Map",
    Items: "{% $states.input.files %}",
    MaxConcurrency: 2,
    ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, StartAt: "One", States: { One: { End: true } } },
  });
});

test("a choice asks for a field, or an expression of its own", () => {
  const { Which } = machineOf({
    steps: [
      {
        name: "Which",
        choice: [
          { when: { from: "detail-type", equals: 'a "b"' }, next: "Load" },
          { when: "{% $states.input.rows > 0 %}", next: "Load" },
        ],
      },
      load,
    ],
  }).States;
  expect(Which).toEqual({
    Type: "Choice",
    Choices: [
      { Condition: '{% $states.input.`detail-type` = "a \\"b\\"" %}', Next: "Load" },
      { Condition: "{% $states.input.rows > 0 %}", Next: "Load" },
    ],
    Default: "Load",
  });
});

test("a step in the middle changes those next to it alone", () => {
  const before = machineOf({ steps: [load, report] }).States;
  const after = machineOf({ steps: [load, { name: "Check", task: "load" }, report] }).States;
  expect(after.Report).toEqual(before.Report);
  expect(after.Load).toEqual({ ...before.Load, Next: "Check" });
});

test.each<[string, readonly unknown[], string]>([
  ["no step", [], "'steps' must hold at least one step, got []"],
  [
    "an unknown task",
    [{ name: "A", task: "lode" }],
    `'task' of step "A" must be one of the workflow's tasks ("load", "report"), got "lode"`,
  ],
  [
    "a step of no kind",
    [{ name: "A" }],
    `step "A" must have exactly one of "choice", "fail", "map", "parallel", "succeed", "task", "waitInSeconds", got none`,
  ],
  ["a step of two kinds", [{ ...load, waitInSeconds: 5 }], `got "task", "waitInSeconds"`],
  [
    "a property of another kind",
    [{ name: "A", succeed: true, retry: {} }],
    `'retry' is for other steps than step "A" with 'succeed'; leave it out`,
  ],
  ["no name", [{ ...load, name: "" }], `'name' of a step must be 1 to 80 characters, got "" (0)`],
  ["a long name", [{ ...load, name: "x".repeat(81) }], "1 to 80 characters"],
  ["a name twice", [load, load], `'name' of a step must be unique in the workflow, got "Load" twice; rename one`],
  ["a name twice in lists apart", [{ name: "P", parallel: { a: [load], b: [load] } }], `got "Load" twice`],
  [
    "a long wait",
    [{ name: "A", waitInSeconds: 0 }],
    `step "A": 'waitInSeconds' must be a whole number from 1 to 99999999, got 0`,
  ],
  ["no time", [{ ...load, timeoutInSeconds: 0 }], `step "Load": 'timeoutInSeconds' must be a whole number`],
  [
    "an unknown container",
    [{ ...load, containers: { web: {} } }],
    `step "Load": 'containers' must name containers of the task definition ("app"), got "web"`,
  ],
  ["an unknown next", [{ ...load, next: "Z" }], `step "Load" must go on to a step of the same list ("Load"), got "Z"`],
  ["an unknown handler", [{ ...load, catch: { next: "Z" } }], `must go on to a step of the same list`],
  ["next and end", [{ ...load, next: "Report", end: true }, report], `step "Load" has 'next' and 'end'; keep one`],
  [
    "a way into a branch",
    [
      { ...load, next: "In" },
      { name: "P", parallel: { a: [{ name: "In", task: "load" }] } },
    ],
    `("Load", "P"), got "In"`,
  ],
  [
    "a step that is never reached",
    [{ ...load, end: true }, report],
    `step "Report" of 'steps' is never reached; let another go on to it with 'next' or 'catch', or remove it`,
  ],
  [
    "a cycle",
    [load, { ...report, next: "Load" }],
    `steps must not lead back to one another, got "Load" -> "Report" -> "Load"; use 'retry' to try a step again`,
  ],
  ["a step that leads to itself", [{ ...load, catch: { next: "Load" } }], `got "Load" -> "Load"`],
  ["a cycle in a branch", [{ name: "P", parallel: { a: [{ ...load, next: "Load" }] } }], `got "Load" -> "Load"`],
  ["no branch", [{ name: "P", parallel: {} }], `'parallel' of step "P" must hold at least one list of steps, got {}`],
  [
    "an empty branch",
    [{ name: "P", parallel: { a: [] } }],
    `step "P" must have at least one step in each of its lists, got []`,
  ],
  [
    "a wrong list",
    [{ name: "M", map: { items: { from: "$.x" }, steps: [load] } }],
    `'items' of step "M" must be the path of a field`,
  ],
  [
    "many at once",
    [{ name: "M", map: { items: { from: "x" }, steps: [load], maxConcurrency: 41 } }],
    `step "M": 'maxConcurrency' must be a whole number from 1 to 40, got 41`,
  ],
  ["no condition", [{ name: "C", choice: [] }, load], `'choice' of step "C" must hold at least one condition`],
  [
    "a condition in no language",
    [{ name: "C", choice: [{ when: "x = 1", next: "Load" }] }, load],
    `must be an expression of JSONata between "{%" and "%}"`,
  ],
  [
    "an open choice",
    [load, { name: "C", choice: [{ when: "{% true %}", next: "Load" }] }],
    `step "C" must say where to go 'otherwise', as no step stands behind it`,
  ],
])("%s is refused", (_, steps, words) => {
  expect(messages(steps).join("\n")).toContain(words);
});

test("a step that fails may be told of, and only one that can", () => {
  const onFailure: WorkflowStep[] = [{ name: "Tell", task: "report" }];
  expect(messages([load], { onFailure })).toEqual([]);
  expect(messages([{ name: "W", waitInSeconds: 1 }], { onFailure })).toEqual([
    "'onFailure' is never reached, as no step can fail whose failures are not caught; leave it out",
  ]);
  expect(messages([load], { onFailure: [] })).toEqual(["'onFailure' must hold at least one step, got []"]);
  expect(messages([{ ...load, name: "Failed" }], { onFailure }).join()).toContain(
    `'name' of a step must not be "Failed", in which an execution ends after 'onFailure'`,
  );
});

test("problems are told at their places", () => {
  const places = problemsOf({
    steps: [
      load,
      { name: "P", parallel: { a: [{ name: "In", task: "x" }] } },
      { name: "M", map: { items: { from: "i" }, steps: [{ name: "Y", task: "y", retry: [{ attempts: -1 }] }] } },
    ],
    onFailure: [{ name: "T", task: "z" }],
    timeoutInSeconds: 0,
  }).map(({ at }) => at.join("."));
  expect(places).toEqual([
    "steps.1.parallel.a.0.task",
    "steps.2.map.steps.0.task",
    "steps.2.map.steps.0.retry.0.attempts",
    "onFailure.0.task",
    "timeoutInSeconds",
  ]);
});

test("the name of a workflow leaves room for that of its role", () => {
  expect(workflowNameProblem("x".repeat(55), "choose another")).toBeUndefined();
  expect(workflowNameProblem("x".repeat(56), "choose another")).toContain("the name of an IAM role must be 1 to 64");
  expect(workflowNameProblem("a b", "choose another")).toContain("the name of an AWS Step Functions state machine");
});
