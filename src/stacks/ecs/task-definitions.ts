import { Ec2TaskDefinition } from "../../constructs/ecs/ec2-task-definition";
import { FargateTaskDefinition } from "../../constructs/ecs/fargate-task-definition";
import type { EfsStorage } from "../../constructs/storage/efs-storage";
import { names } from "../../model/names";
import type { TaskVolume } from "../../model/task-volume";
import { type TaskDefinitionSettings, taskOptionsOf } from "../../settings/ecs/task-definitions";
import { addOutput } from "../in-cluster/output";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { grantCachedPulls } from "./repositories";

/** Task definitions, each with its roles and log group. */
export function addTaskDefinitions(context: EcsContext): void {
  const { stack, ecs, taskDefinitions } = context;
  const logGroupNames: Record<string, string> = {};
  for (const [key, settings] of byKey(ecs.taskDefinitions)) {
    const added = addTaskDefinition(context, key, settings);
    taskDefinitions[key] = added;
    logGroupNames[key] = added.logGroupName;
  }
  addOutput(
    stack,
    "task_definition_arns",
    "ARNs of the task definitions' current revisions, by key",
    Object.fromEntries(byKey(taskDefinitions).map(([key, { taskDefinitionArn }]) => [key, taskDefinitionArn])),
  );
  addOutput(stack, "log_group_names", "Log groups of the containers' output, by task definition", logGroupNames);
}

function addTaskDefinition(context: EcsContext, key: string, settings: TaskDefinitionSettings) {
  const { taskPolicy = [], launch = "FARGATE", ...rest } = settings;
  const options = taskOptionsOf(rest, (repository) => pick("repository", context.repositoryUrls, repository));
  const props = { ...options, cluster: clusterOf(context), volumes: volumesOf(context, options.volumes) };
  const id = `task-${key}`;
  const family = settings.family ?? names.taskFamily(context.settings.name, key);
  const taskDefinition =
    launch === "FARGATE"
      ? new FargateTaskDefinition(context.stack, id, { ...props, family })
      : new Ec2TaskDefinition(context.stack, id, { ...props, family, launch });
  grantCachedPulls(
    context,
    taskDefinition.containers.map(({ image }) => image),
    (pull, statements) => taskDefinition.grantExecution(pull, statements),
  );
  if (taskPolicy.length > 0) {
    taskDefinition.grant("settings", taskPolicy);
  }
  return taskDefinition;
}

/** The same volumes with the file systems themselves instead of their keys. */
export function volumesOf(
  { fileSystems }: EcsContext,
  volumes: Readonly<Record<string, TaskVolume<string>>> = {},
): Record<string, TaskVolume<EfsStorage>> {
  return Object.fromEntries(
    Object.entries(volumes).map(([name, volume]) => [
      name,
      "efs" in volume
        ? { efs: { ...volume.efs, fileSystem: pick("file system", fileSystems, volume.efs.fileSystem) } }
        : volume,
    ]),
  );
}
