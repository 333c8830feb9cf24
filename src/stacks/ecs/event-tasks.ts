import { EventTask } from "../../constructs/serverless/event-task";
import { names } from "../../model/names";
import { eventRuleOf } from "../../settings/ecs/event-tasks";
import { addOutput } from "../in-cluster/output";
import { noteCaller } from "./callers";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { queueUrls } from "./queue-urls";

/** Tasks that an event starts. */
export function addEventTasks(context: EcsContext): void {
  const { stack, ecs, settings } = context;
  const added = byKey(ecs.eventTasks).map(([key, { tasks, ...options }]) => {
    const task = new EventTask(stack, `event-task-${key}`, {
      ruleName: names.eventTask(settings.name, key),
      ...eventRuleOf(options),
      cluster: clusterOf(context),
      tasks: Object.fromEntries(
        byKey(tasks).map(([target, { taskDefinition, ...run }]) => [
          target,
          { ...run, taskDefinition: pick("task definition", context.taskDefinitions, taskDefinition) },
        ]),
      ),
    });
    noteCaller(context, ["eventTasks", key], task.network, options);
    return [key, task] as const;
  });
  addOutput(
    stack,
    "event_task_dead_letter_queue_urls",
    "Queues for events for which no task could be started, by key",
    queueUrls(added),
  );
}
