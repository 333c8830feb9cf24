import type { Known } from "./container-spec";
import type { CapacityProvider } from "./ecs-capacity";
import { type Problem, under } from "./problem";
import { type RunnableTask, type RunTaskOptions, runTaskProblems, runTaskTargetProblems } from "./run-task";
import { type DeadLetters, deadLettersProblems } from "./scheduler-dead-letters";
import { type ScheduleOptions, scheduleProblems } from "./scheduler-schedule";

/** When a task is run, and what is changed in it. */
export interface ScheduledTaskOptions extends ScheduleOptions, RunTaskOptions {
  /** How many tasks each time, 1 to 10. @default 1 */
  readonly taskCount?: number;
  /** Where goes what could not be started. @default - a queue of its own */
  readonly deadLetters?: DeadLetters;
}

/** What is wrong with a task that runs from time to time. */
export function scheduledTaskProblems(
  options: ScheduledTaskOptions,
  task: RunnableTask,
  available: readonly CapacityProvider[],
  known?: Known,
): Problem[] {
  return [
    ...scheduleProblems(options, known),
    ...runTaskTargetProblems(options),
    ...runTaskProblems(options, task, available, known),
    ...under("deadLetters", deadLettersProblems(options.deadLetters ?? {}, known)),
  ];
}
