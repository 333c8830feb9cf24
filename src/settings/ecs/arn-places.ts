import * as arns from "../../model/arn-places";
import { type ArnPlaces, arnPlaceProblems } from "../../model/place";
import type { Problem } from "../../model/problem";
import { regionProblem } from "../../model/regions";
import type { EcsSettings } from "./schema";

/** ARNs of each feature's things, below the path that leads to what the model knows them by. */
const FEATURES: readonly (readonly [path: string, places: ArnPlaces])[] = [
  ["appRunner.*", arns.APP_RUNNER_ARNS],
  ["beanstalk.*", arns.BEANSTALK_ARNS],
  ["cluster", arns.CLUSTER_ARNS],
  ["efs.*", arns.FILE_SYSTEM_ARNS],
  ["eventTasks.*.deadLetters", arns.DEAD_LETTER_ARNS],
  ["pullThroughCaches.*", arns.CACHE_ARNS],
  ["queueWorkers.*.alarms", arns.ALARM_ARNS],
  ["queueWorkers.*.queue", arns.QUEUE_ARNS],
  ["queueWorkers.*.service", arns.SERVICE_ARNS],
  ["queueWorkers.*.task", arns.TASK_ARNS],
  ["repositories.*", arns.REPOSITORY_ARNS],
  ["scheduledTasks.*", arns.SCHEDULE_ARNS],
  ["scheduledTasks.*.deadLetters", arns.DEAD_LETTER_ARNS],
  ["services.*", arns.SERVICE_ARNS],
  ["taskDefinitions.*", arns.TASK_ARNS],
  ["workflows.*", arns.WORKFLOW_ARNS],
  ["workflows.*.events.*.deadLetters", arns.DEAD_LETTER_ARNS],
  ["workflows.*.schedules.*", arns.SCHEDULE_ARNS],
  ["workflows.*.schedules.*.deadLetters", arns.DEAD_LETTER_ARNS],
];

/** What is wrong with where the things are that settings name by ARNs, seen from 'ecs'. */
export function arnPlacesProblems({ region, account, ecs }: EcsSettings): Problem[] {
  // Of a Region that is none, nothing follows.
  if (regionProblem(region) !== undefined) {
    return [];
  }
  return FEATURES.flatMap(([path, places]) => arnPlaceProblems(ecs, below(path, places), { region, account }));
}

function below(path: string, places: ArnPlaces): ArnPlaces {
  return Object.fromEntries(Object.entries(places).map(([rest, agreements]) => [`${path}.${rest}`, agreements]));
}
