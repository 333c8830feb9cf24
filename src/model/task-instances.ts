import { ANNOUNCED_LOG_DRIVERS } from "./container-logging";
import type { CapacityMix, CapacityProvider } from "./ecs-capacity";
import { type Problem, problemAt, quote, quoteAll } from "./problem";
import type { CpuArchitecture, TaskLaunch } from "./task-platform";

/** What decides on which instances a task runs. */
export interface InstanceTask {
  readonly launch: TaskLaunch;
  readonly operatingSystem: "linux" | "windows";
  /** @default - not known */
  readonly architecture?: CpuArchitecture;
  readonly containers: readonly { readonly name: string; readonly logging?: { readonly driver: string } }[];
}

/**
 * Why tasks would wait for an instance for ever, seen from the value that has 'capacity': ECS places a task on instances
 * of its architecture and its system alone, whose agent announces its log drivers. Instances of which nothing is known
 * are left to ECS.
 *
 * @param capacity on what the tasks run; any of the cluster's instances when nothing says it, of which some have to do
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html
 */
export function taskInstancesProblems(
  task: InstanceTask,
  available: readonly CapacityProvider[],
  capacity: CapacityMix | undefined,
): Problem[] {
  if (task.launch !== "EC2") {
    return [];
  }
  const groups = available.filter(({ kind }) => kind === "ec2");
  if (capacity !== undefined) {
    return groups
      .filter(({ name }) => Object.hasOwn(capacity, name))
      .flatMap((group) => problemAt(["capacity"], waitingProblem(group, task)));
  }
  const problems = groups.map((group) => waitingProblem(group, task));
  return problems.includes(undefined) ? [] : problemAt(["capacity"], problems[0]);
}

function waitingProblem({ name, machine }: CapacityProvider, task: InstanceTask): string | undefined {
  if (machine === undefined) {
    return undefined;
  }
  const { operatingSystem, architecture } = task;
  const instances = `tasks would wait for ever for an instance of ${quote(name)}`;
  if (machine.operatingSystem !== operatingSystem) {
    return `${instances}, which runs ${SYSTEMS[machine.operatingSystem]}, as the task definition is for ${SYSTEMS[operatingSystem]}; name a group with that 'os', or choose another 'operatingSystem' of the task definition`;
  }
  if (architecture !== undefined && machine.architecture !== undefined && architecture !== machine.architecture) {
    return `${instances}, which is ${quote(machine.architecture)}, as the task definition is for ${quote(architecture)}; set 'architecture' of the task definition to ${quote(machine.architecture)}, with images that are built for it, or name a group with other 'instanceTypes'`;
  }
  const announced = ANNOUNCED_LOG_DRIVERS[operatingSystem];
  const silent = task.containers.find(({ logging }) => logging !== undefined && !announced.includes(logging.driver));
  return silent === undefined
    ? undefined
    : `${instances}, whose agent announces the log drivers ${quoteAll(announced)}, as container ${quote(silent.name)} has ${quote(silent.logging?.driver)}; take one of them, or leave 'logging' out`;
}

const SYSTEMS = { linux: "Linux", windows: "Windows" } as const;
