import * as v from "valibot";
import { eventBusPlaceProblems, eventRuleNameProblem, eventRuleProblems } from "../../model/event-task";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { retentionProblem } from "../../model/log-retention";
import { names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { type Problem, problemAt, under } from "../../model/problem";
import type { RunnableTask } from "../../model/run-task";
import { runTaskNetworkProblems } from "../../model/run-task-network";
import { deadLettersProblems } from "../../model/scheduler-dead-letters";
import { scheduleNameProblem, scheduleProblems } from "../../model/scheduler-schedule";
import { workflowNameProblem, workflowProblems } from "../../model/task-workflow";
import { usedTaskKeys, type WorkflowDefinition, type WorkflowStep } from "../../model/task-workflow-steps";
import { workflowInputProblems } from "../../model/workflow-start";
import { described, text, names as texts } from "../pieces";
import { eventRuleOf } from "./event-tasks";
import {
  clusterCapacity,
  containersFromFields,
  eventEntries,
  field,
  groupProblems,
  networkEntries,
  runEntries,
  runnableTask,
  scheduleEntries,
} from "./run-task";
import type { EcsSettings } from "./schema";
import { taskVpcOf } from "./task-vpc";

const retry = v.strictObject({
  errors: v.exactOptional(described(texts, "Default: States.TaskFailed, which is all but a timeout.")),
  attempts: v.exactOptional(described(v.number(), "Tries after the first. Default: 3.")),
  intervalInSeconds: v.exactOptional(described(v.number(), "Before the first of them. Default: 10.")),
  backoffRate: v.exactOptional(described(v.number(), "By what the time grows from try to try. Default: 2.")),
  maxDelayInSeconds: v.exactOptional(described(v.number(), "Longest time between two tries. Default: no limit.")),
  jitter: v.exactOptional(described(v.boolean(), "Whether tries of many come at different times. Default: true.")),
});

const caught = v.strictObject({
  errors: v.exactOptional(described(texts, "Default: all.")),
  next: described(text, "Step that follows."),
});

/** Properties of all kinds of steps: which go together is a rule of the model, with better words than a schema has. */
const stepEntries = {
  name: described(text, "Unique in the workflow."),
  task: v.exactOptional(described(text, "Key of one of 'taskDefinitions' that is run.")),
  ...runEntries,
  containers: v.exactOptional(containersFromFields),
  timeoutInSeconds: v.exactOptional(described(v.number(), "After which the task is stopped. Default: 3600.")),
  choice: v.exactOptional(
    v.array(
      v.strictObject({
        when: v.union([
          described(text, "JSONata between {% and %}."),
          v.strictObject({ ...field.entries, equals: v.union([v.string(), v.number(), v.boolean()]) }),
        ]),
        next: text,
      }),
    ),
  ),
  otherwise: v.exactOptional(described(text, "Step when no condition holds. Default: the one behind it.")),
  waitInSeconds: v.exactOptional(v.number()),
  fail: v.exactOptional(v.strictObject({ error: text, cause: v.exactOptional(text) })),
  succeed: v.exactOptional(v.literal(true)),
  retry: v.exactOptional(described(v.union([retry, v.array(retry)]), "Tries after it has failed. Default: none.")),
  catch: v.exactOptional(described(v.union([caught, v.array(caught)]), "What follows when it has failed for good.")),
  next: v.exactOptional(described(text, "Step that follows. Default: the one behind it.")),
  end: v.exactOptional(described(v.literal(true), "Whether it is the last.")),
};

const innerSteps = v.array(v.strictObject(stepEntries));

const steps = v.array(
  v.strictObject({
    ...stepEntries,
    parallel: v.exactOptional(described(v.record(text, innerSteps), "Lists of steps that run at the same time.")),
    map: v.exactOptional(
      described(
        v.strictObject({
          items: described(field, "A list in the input."),
          steps: innerSteps,
          maxConcurrency: v.exactOptional(described(v.number(), "1 to 40. Default: 10.")),
        }),
        "Steps that run for each item of a list.",
      ),
    ),
  }),
);

const workflow = v.strictObject({
  description: v.exactOptional(text),
  steps: described(steps, "What happens, in its order."),
  onFailure: v.exactOptional(described(steps, "What happens when a step has failed for good. Default: nothing.")),
  timeoutInSeconds: v.exactOptional(described(v.number(), "After which an execution has failed. Default: a year.")),
  schedules: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          ...scheduleEntries,
          input: v.exactOptional(
            described(v.record(text, v.unknown()), "What an execution gets. Default: scheduledTime."),
          ),
        }),
      ),
      "When it is started, by name.",
    ),
  ),
  events: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          ...eventEntries,
          input: v.exactOptional(
            described(
              v.record(text, v.unknown()),
              "What an execution gets, with fields of the event as { from: … }. Default: the event.",
            ),
          ),
        }),
      ),
      "Which events start it, by name.",
    ),
  ),
  logs: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          level: v.exactOptional(described(v.picklist(["ALL", "ERROR", "FATAL"]), "Default: ALL.")),
          includeExecutionData: v.exactOptional(
            described(v.boolean(), "Whether records hold what steps get and give. Default: false."),
          ),
          retentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
          kmsKeyArn: v.exactOptional(described(text, "Default: AWS's own key.")),
        }),
      ]),
      "Records of its executions, or false for none.",
    ),
  ),
  tracing: v.exactOptional(described(v.boolean(), "Whether AWS X-Ray traces executions. Default: true.")),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts definition and executions. Default: AWS's own.")),
  ...networkEntries,
  stateMachineName: v.exactOptional(described(text, "Default: the cluster's name, - and the key.")),
});

export const workflowsSchema = described(v.record(text, workflow), "Tasks that run one after the other, by name.");

export type WorkflowSettings = v.InferOutput<typeof workflow>;

/** What is wrong with them, seen from 'ecs'. */
export function workflowsProblems(settings: EcsSettings): Problem[] {
  const { workflows = {} } = settings.ecs;
  return under(
    "workflows",
    Object.entries(workflows).flatMap(([key, options]) => under(key, problemsOf(settings, key, options))),
  );
}

/** The steps of the settings: which of their properties go together is a rule of the model. */
export function definitionOf(options: WorkflowSettings): WorkflowDefinition {
  const { steps: given, onFailure, timeoutInSeconds } = options;
  return {
    steps: given as readonly unknown[] as readonly WorkflowStep[],
    ...(onFailure === undefined ? {} : { onFailure: onFailure as readonly unknown[] as readonly WorkflowStep[] }),
    ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
  };
}

function problemsOf(settings: EcsSettings, key: string, options: WorkflowSettings): Problem[] {
  const { stateMachineName = names.workflow(settings.name, key), logs = {}, kmsKeyArn } = options;
  const definition = definitionOf(options);
  const tasks = Object.fromEntries(
    Object.keys(settings.ecs.taskDefinitions ?? {}).flatMap((name) => {
      const task = runnableTask(settings, name);
      return task === undefined ? [] : [[name, task] as const];
    }),
  );
  const used = usedTaskKeys(definition).flatMap((name) => ownValue(tasks, name) ?? []);
  return [
    ...problemAt(
      options.stateMachineName === undefined ? [] : ["stateMachineName"],
      workflowNameProblem(
        stateMachineName,
        options.stateMachineName === undefined ? "give 'stateMachineName'" : "choose another",
      ),
    ),
    ...workflowProblems(definition, {
      tasks: tasks as Record<string, RunnableTask>,
      available: clusterCapacity(settings).capacityProviders,
    }),
    ...(used.length === 0 ? [] : runTaskNetworkProblems(options, used, taskVpcOf(settings.network))),
    ...problemAt(["kmsKeyArn"], kmsKeyArn === undefined ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn)),
    ...(logs === false ? [] : under("logs", logsProblems(logs))),
    ...startProblems(settings, stateMachineName, options),
  ];
}

function logsProblems({ retentionInDays, kmsKeyArn }: Exclude<WorkflowSettings["logs"], false | undefined>): Problem[] {
  return [
    ...problemAt(
      ["retentionInDays"],
      retentionInDays === undefined ? undefined : retentionProblem("retentionInDays", retentionInDays),
    ),
    ...problemAt(["kmsKeyArn"], kmsKeyArn === undefined ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn)),
  ];
}

function startProblems(
  settings: EcsSettings,
  stateMachineName: string,
  { schedules = {}, events = {} }: WorkflowSettings,
): Problem[] {
  const fix = "choose a shorter name, or give 'stateMachineName'";
  return [
    ...Object.entries(schedules).flatMap(([key, schedule]) =>
      under(
        ["schedules", key],
        [
          ...problemAt([], scheduleNameProblem(names.workflowStart(stateMachineName, key), fix)),
          ...scheduleProblems(schedule),
          ...groupProblems(schedule),
          ...under("deadLetters", deadLettersProblems(schedule.deadLetters ?? {})),
        ],
      ),
    ),
    ...Object.entries(events).flatMap(([key, event]) =>
      under(
        ["events", key],
        [
          ...problemAt([], eventRuleNameProblem(names.workflowStart(stateMachineName, key), fix)),
          ...eventRuleProblems(eventRuleOf(event)),
          ...eventBusPlaceProblems(eventRuleOf(event), settings),
          ...workflowInputProblems(event.input),
        ],
      ),
    ),
  ];
}
