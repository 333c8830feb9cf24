import * as v from "valibot";
import { withCapacity } from "../../model/ecs-capacity";
import { names } from "../../model/names";
import { type Problem, problemAt, under } from "../../model/problem";
import { runTaskNetworkProblems } from "../../model/run-task-network";
import { scheduledTaskProblems } from "../../model/scheduled-task";
import { scheduleNameProblem } from "../../model/scheduler-schedule";
import { described, text } from "../pieces";
import {
  clusterCapacity,
  containers,
  groupProblems,
  networkEntries,
  runEntries,
  runnableTask,
  scheduleEntries,
  taskCount,
  taskDefinitionProblem,
} from "./run-task";
import type { EcsSettings } from "./schema";
import { taskVpcOf } from "./task-vpc";

const scheduledTask = v.strictObject({
  taskDefinition: described(text, "Key of one of 'taskDefinitions'."),
  ...scheduleEntries,
  taskCount,
  ...runEntries,
  containers: v.exactOptional(containers),
  ...networkEntries,
  scheduleName: v.exactOptional(described(text, "Default: the cluster's name, - and the key.")),
});

export const scheduledTasksSchema = described(
  v.record(text, scheduledTask),
  "Tasks that run from time to time, by name.",
);

/** What is wrong with them, seen from 'ecs'. */
export function scheduledTasksProblems(settings: EcsSettings): Problem[] {
  const { scheduledTasks = {} } = settings.ecs;
  const cluster = clusterCapacity(settings);
  return under(
    "scheduledTasks",
    Object.entries(scheduledTasks).flatMap(([key, options]) => {
      const task = runnableTask(settings, options.taskDefinition);
      const { scheduleName } = options;
      return under(key, [
        ...problemAt(
          scheduleName === undefined ? [] : ["scheduleName"],
          scheduleNameProblem(
            scheduleName ?? names.scheduledTask(settings.name, key),
            scheduleName === undefined ? "give 'scheduleName'" : "choose another",
          ),
        ),
        ...groupProblems(options),
        ...(task === undefined
          ? taskDefinitionProblem(settings, options.taskDefinition)
          : [
              ...scheduledTaskProblems(withCapacity(options, task, cluster), task, cluster.capacityProviders),
              ...runTaskNetworkProblems(options, [task], taskVpcOf(settings.network)),
            ]),
      ]);
    }),
  );
}
