import { names } from "../../model/names";
import type { Named } from "../../model/taken-names";
import { appRunnerServiceName } from "./app-runner";
import { beanstalkNames } from "./beanstalk";
import { at, type NamePlace, of } from "./named-settings";
import type { EcsSettings } from "./schema";
import { serviceNameOf } from "./services";
import type { TaskDefinitionSettings } from "./task-definitions";

/** Names of the IAM roles that are made for the settings, which an account has once, in whatever Region. */
export function roleNames(settings: EcsSettings): Named[] {
  const { name, region, ecs } = settings;
  const { taskDefinitions, queueWorkers, pullThroughCaches, scheduledTasks, eventTasks, workflows } = ecs;
  return [
    ...ofTasks(name, taskDefinitions ?? {}, (key, each, property) => at("taskDefinitions", key, each, property)),
    ...ofTasks(
      name,
      Object.fromEntries(Object.entries(queueWorkers ?? {}).map(([key, { task }]) => [key, task])),
      (key, task, property) => at("queueWorkers", key, { task }, "task", property),
    ),
    ...of(pullThroughCaches, (key, each) =>
      each.encryption === "AES256"
        ? undefined
        : [at("pullThroughCaches", key, each, "roleName"), each.roleName ?? names.pullThroughCacheRole(region, key)],
    ),
    ...of(scheduledTasks, (key, each) => [
      at("scheduledTasks", key, each, "scheduleName"),
      names.scheduleRole(each.scheduleName ?? names.scheduledTask(name, key)),
    ]),
    ...of(eventTasks, (key, each) => [
      at("eventTasks", key, each, "ruleName"),
      names.eventRole(each.ruleName ?? names.eventTask(name, key)),
    ]),
    ...of(workflows, (key, each) => [
      at("workflows", key, each, "stateMachineName"),
      names.workflowRole(each.stateMachineName ?? names.workflow(name, key)),
    ]),
    ...ofServices(settings),
  ];
}

/** The two roles of each task definition, unless they are there already. */
function ofTasks(
  cluster: string,
  tasks: Readonly<Record<string, TaskRoleSettings>>,
  place: (key: string, task: TaskRoleSettings, property: string) => NamePlace,
): Named[] {
  const family = (key: string, task: TaskRoleSettings) => task.family ?? names.taskFamily(cluster, key);
  return [
    ...of(tasks, (key, task) =>
      task.taskRoleArn !== undefined
        ? undefined
        : [place(key, task, "taskRoleName"), task.taskRoleName ?? names.taskRole(family(key, task))],
    ),
    ...of(tasks, (key, task) =>
      task.executionRoleArn !== undefined
        ? undefined
        : [place(key, task, "executionRoleName"), task.executionRoleName ?? names.taskExecutionRole(family(key, task))],
    ),
  ];
}

type TaskRoleSettings = Pick<
  TaskDefinitionSettings,
  "family" | "taskRoleName" | "taskRoleArn" | "executionRoleName" | "executionRoleArn"
>;

/** Roles that are called by a service. */
function ofServices(settings: EcsSettings): Named[] {
  const { name, ecs } = settings;
  return [
    ...Object.entries(ecs.services ?? {}).flatMap(([key, each]) =>
      of(each.deployment?.hooks, (hook, { roleArn }) =>
        roleArn !== undefined
          ? undefined
          : [
              { at: ["services", key, "deployment", "hooks", hook], property: "roleArn" },
              names.deploymentHookRole(serviceNameOf(settings, key, each), hook),
            ],
      ),
    ),
    ...of(ecs.appRunner, (key, each) => [
      at("appRunner", key, each, "serviceName"),
      names.appRunnerInstanceRole(appRunnerServiceName(name, key, each)),
    ]),
    ...[names.beanstalkServiceRole, names.beanstalkInstanceRole].flatMap((roleOf) =>
      of(ecs.beanstalk, (key, each) => [
        at("beanstalk", key, each, "environmentName"),
        roleOf(beanstalkNames(name, key, each).environmentName),
      ]),
    ),
  ];
}
