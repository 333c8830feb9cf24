import * as v from "valibot";
import { withCapacity } from "../../model/ecs-capacity";
import {
  type EventRuleOptions,
  eventBusPlaceProblems,
  eventRuleNameProblem,
  eventRuleProblems,
  eventTaskRunProblems,
  targetKeyProblems,
} from "../../model/event-task";
import { names } from "../../model/names";
import { type Problem, problemAt, under } from "../../model/problem";
import { runTaskNetworkProblems } from "../../model/run-task-network";
import { described, text } from "../pieces";
import {
  clusterCapacity,
  containersFromFields,
  eventEntries,
  networkEntries,
  runEntries,
  runnableTask,
  taskCount,
  taskDefinitionProblem,
} from "./run-task";
import type { EcsSettings } from "./schema";
import { taskVpcOf } from "./task-vpc";

const eventTask = v.strictObject({
  ...eventEntries,
  tasks: described(
    v.record(
      text,
      v.strictObject({
        taskDefinition: described(text, "Key of one of 'taskDefinitions'."),
        taskCount,
        ...runEntries,
        containers: v.exactOptional(containersFromFields),
      }),
    ),
    "Tasks that each event starts, 1 to 5, by names of your choice.",
  ),
  ...networkEntries,
  ruleName: v.exactOptional(described(text, "Default: the cluster's name, - and the key.")),
});

export const eventTasksSchema = described(v.record(text, eventTask), "Tasks that an event starts, by name.");

type EventTaskSettings = v.InferOutput<typeof eventTask>;

/** What is wrong with them, seen from 'ecs'. */
export function eventTasksProblems(settings: EcsSettings): Problem[] {
  const { eventTasks = {} } = settings.ecs;
  return under(
    "eventTasks",
    Object.entries(eventTasks).flatMap(([key, options]) => under(key, problemsOf(settings, key, options))),
  );
}

function problemsOf(settings: EcsSettings, key: string, options: EventTaskSettings): Problem[] {
  const { tasks, ruleName } = options;
  const cluster = clusterCapacity(settings);
  const definitions = Object.values(tasks).flatMap(
    ({ taskDefinition }) => runnableTask(settings, taskDefinition) ?? [],
  );
  return [
    ...problemAt(
      ruleName === undefined ? [] : ["ruleName"],
      eventRuleNameProblem(
        ruleName ?? names.eventTask(settings.name, key),
        ruleName === undefined ? "give 'ruleName'" : "choose another",
      ),
    ),
    ...eventRuleProblems(eventRuleOf(options)),
    ...eventBusPlaceProblems(eventRuleOf(options), settings),
    ...targetKeyProblems("tasks", Object.keys(tasks)),
    ...Object.entries(tasks).flatMap(([target, run]) => {
      const task = runnableTask(settings, run.taskDefinition);
      return under(
        ["tasks", target],
        task === undefined
          ? taskDefinitionProblem(settings, run.taskDefinition)
          : eventTaskRunProblems(withCapacity(run, task, cluster), task, cluster.capacityProviders),
      );
    }),
    // What is wrong with the task definitions themselves is told above.
    ...(definitions.length === 0 ? [] : runTaskNetworkProblems(options, definitions, taskVpcOf(settings.network))),
  ];
}

/** The rule of the settings: what its pattern is made of is a rule of the model. */
export function eventRuleOf<T extends Readonly<Record<"pattern", unknown>>>({ pattern, ...rest }: T) {
  return { ...rest, pattern: pattern as EventRuleOptions["pattern"] };
}
