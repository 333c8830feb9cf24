import { TaskWorkflow } from "../../constructs/serverless/task-workflow";
import { names } from "../../model/names";
import { usedTaskKeys } from "../../model/task-workflow-steps";
import { eventRuleOf } from "../../settings/ecs/event-tasks";
import { definitionOf, type WorkflowSettings } from "../../settings/ecs/workflows";
import { addOutput } from "../in-cluster/output";
import { noteCaller } from "./callers";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { queueUrls } from "./queue-urls";
import { withGroup } from "./schedule-group";

/** Tasks that run one after the other. */
export function addWorkflows(context: EcsContext): void {
  const { stack, ecs } = context;
  const workflows = byKey(ecs.workflows).map(([key, options]) => {
    const { schedules, events } = options;
    const workflow = addWorkflow(context, key, options);
    noteCaller(context, ["workflows", key], workflow.network, options);
    const starts = [
      ...byKey(schedules).map(
        ([start, schedule]) => [start, workflow.addSchedule(start, withGroup(stack, schedule))] as const,
      ),
      ...byKey(events).map(([start, event]) => [start, workflow.addEvent(start, eventRuleOf(event))] as const),
    ];
    return { key, workflow, starts: starts.map(([start, it]) => [`${key}/${start}`, it] as const) };
  });
  addOutput(
    stack,
    "state_machine_arns",
    "ARNs of the workflows' state machines, by key",
    Object.fromEntries(workflows.map(({ key, workflow }) => [key, workflow.stateMachineArn])),
  );
  addOutput(
    stack,
    "workflow_dead_letter_queue_urls",
    "Queues for workflows that could not be started, by the keys of workflow and start",
    queueUrls(workflows.flatMap(({ starts }) => starts)),
  );
}

function addWorkflow(context: EcsContext, key: string, options: WorkflowSettings): TaskWorkflow {
  const { schedules, events, steps, onFailure, timeoutInSeconds, ...rest } = options;
  const definition = definitionOf(options);
  return new TaskWorkflow(context.stack, `workflow-${key}`, {
    stateMachineName: names.workflow(context.settings.name, key),
    ...rest,
    ...definition,
    cluster: clusterOf(context),
    tasks: Object.fromEntries(
      usedTaskKeys(definition).map((task) => [task, pick("task definition", context.taskDefinitions, task)]),
    ),
  });
}
