import { ScheduledTask } from "../../constructs/serverless/scheduled-task";
import { names } from "../../model/names";
import { addOutput } from "../in-cluster/output";
import { noteCaller } from "./callers";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { queueUrls } from "./queue-urls";
import { withGroup } from "./schedule-group";

/** Tasks that run from time to time. */
export function addScheduledTasks(context: EcsContext): void {
  const { stack, ecs, settings } = context;
  const tasks = byKey(ecs.scheduledTasks).map(([key, { taskDefinition, ...options }]) => {
    const task = new ScheduledTask(stack, `scheduled-task-${key}`, {
      scheduleName: names.scheduledTask(settings.name, key),
      ...withGroup(stack, options),
      cluster: clusterOf(context),
      taskDefinition: pick("task definition", context.taskDefinitions, taskDefinition),
    });
    noteCaller(context, ["scheduledTasks", key], task.network, options);
    return [key, task] as const;
  });
  addOutput(
    stack,
    "scheduled_task_dead_letter_queue_urls",
    "Queues for scheduled tasks that could not be started, by key",
    queueUrls(tasks),
  );
}
