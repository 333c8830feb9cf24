import * as v from "valibot";
import type { ClusterCapacity } from "../../model/ecs-capacity";
import { capacityProvidersOf } from "../../model/ecs-cluster";
import { names as nameOf, nameProblem } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { type Problem, problemAt } from "../../model/problem";
import type { RunnableTask } from "../../model/run-task";
import { allContainers, networkModeOf } from "../../model/task-definition";
import { isWindows } from "../../model/task-platform";
import { taskSizeOf } from "../../model/task-size";
import { described, names, text } from "../pieces";
import { capacityMix } from "./cluster";
import { missingProblem } from "./references";
import type { EcsSettings } from "./schema";
import { fileSystemsOf, taskOptionsOf } from "./task-definitions";

/** Pieces of what runs tasks: schedules, events and workflows. */

const fromField = v.strictObject({
  from: described(text, "Path of a field, like detail.object.key."),
});

const overrideEntries = {
  args: v.exactOptional(described(names, "In place of the container's args.")),
  cpu: v.exactOptional(text),
  memory: v.exactOptional(text),
  plainText: v.exactOptional(described(names, "Variables that look like secrets and are none.")),
};

/** What differs in containers. */
export const containers = described(
  v.record(text, v.strictObject({ ...overrideEntries, environment: v.exactOptional(v.record(text, v.string())) })),
  "What differs in containers, by their names.",
);

/** The same, with fields of what has started the task. */
export const containersFromFields = described(
  v.record(
    text,
    v.strictObject({
      ...overrideEntries,
      environment: v.exactOptional(v.record(text, v.union([v.string(), fromField]))),
    }),
  ),
  "What differs in containers, by their names; a variable may be a field of what starts the task, as { from: … }.",
);

export const field = fromField;

export const runEntries = {
  capacity: v.exactOptional(described(capacityMix, "On what it runs. Default: as a service.")),
  platformVersion: v.exactOptional(described(text, "Version of Fargate's platform, in quotes. Default: LATEST.")),
  propagateTags: v.exactOptional(
    described(v.boolean(), "Whether tasks get the tags of their task definition. Default: true."),
  ),
};

export const taskCount = v.exactOptional(described(v.number(), "How many tasks each time, 1 to 10. Default: 1."));

export const networkEntries = {
  subnets: v.exactOptional(
    described(v.union([v.picklist(["private", "public"]), names]), "Where tasks lie. Default: private."),
  ),
  assignPublicIp: v.exactOptional(described(v.boolean(), "Default: false.")),
  additionalSecurityGroupIds: v.exactOptional(described(names, "Beside their own. Default: none.")),
  egress: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          port: v.exactOptional(v.union([v.number(), v.strictObject({ from: v.number(), to: v.number() })])),
          protocol: v.exactOptional(v.picklist(["tcp", "udp", "all"])),
          self: v.exactOptional(v.literal(true)),
          cidr: v.exactOptional(text),
          securityGroupId: v.exactOptional(text),
        }),
      ),
      "What tasks may reach, by a name of your choice. Default: everything.",
    ),
  ),
};

const retries = v.exactOptional(
  described(
    v.strictObject({
      attempts: v.exactOptional(described(v.number(), "0 to 185. Default: 185.")),
      maximumAgeInSeconds: v.exactOptional(described(v.number(), "60 to 86400. Default: 86400.")),
    }),
    "Tries of starting, when it cannot be started.",
  ),
);

const deadLetters = v.exactOptional(
  described(
    v.union([
      v.literal(false),
      v.strictObject({
        queueArn: v.exactOptional(described(text, "A queue that is there. Default: one of its own.")),
        retentionInDays: v.exactOptional(described(v.number(), "1 to 14. Default: 14.")),
        kmsKeyArn: v.exactOptional(
          described(text, "Key that encrypts the queue; beside queueArn for schedules alone. Default: SQS's own."),
        ),
        topicArns: v.exactOptional(
          described(names, "SNS topics that are told when a message comes. Default: no alarm."),
        ),
      }),
    ]),
    "Where goes what could not be started, or false for nowhere. Default: a queue of its own.",
  ),
);

const startEntries = {
  enabled: v.exactOptional(described(v.boolean(), "Default: true.")),
  description: v.exactOptional(text),
  retries,
  deadLetters,
};

export const scheduleEntries = {
  schedule: described(text, "cron(…) with six fields, rate(…) or at(…)."),
  timeZone: v.exactOptional(described(text, "Default: UTC.")),
  flexibleWindowInMinutes: v.exactOptional(
    described(v.number(), "Minutes within which AWS may choose the moment. Default: none."),
  ),
  start: v.exactOptional(described(text, "From when it counts, in quotes. Default: at once.")),
  end: v.exactOptional(described(text, "Until when it counts, in quotes. Default: for ever.")),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts the schedule. Default: AWS's own.")),
  group: v.exactOptional(
    described(text, "Name of a schedule group that is there already. Default: one of the cluster's own."),
  ),
  ...startEntries,
};

export const eventEntries = {
  pattern: described(v.record(text, v.unknown()), "Which events are meant."),
  eventBus: v.exactOptional(described(text, "Name or ARN of the event bus. Default: default.")),
  ...startEntries,
};

/** What a task definition of the settings is to whoever runs it; nothing when there is none of that name. */
export function runnableTask(
  { name, ecs: { taskDefinitions = {} } }: EcsSettings,
  key: string,
): (RunnableTask & { readonly ownNetworkInterface: boolean }) | undefined {
  const given = ownValue(taskDefinitions, key);
  if (given === undefined) {
    return undefined;
  }
  const { launch = "FARGATE", networkMode, containers: all } = given;
  return {
    family: given.family ?? nameOf.taskFamily(name, key),
    fileSystems: fileSystemsOf(given),
    launch,
    operatingSystem: isWindows(given) ? "windows" : "linux",
    architecture: given.architecture ?? "X86_64",
    containers: all.map(({ name, secrets = {}, logging }) => ({
      name,
      secrets,
      ...(logging === undefined ? {} : { logging }),
    })),
    size: taskSizeOf(given.size, allContainers(taskOptionsOf(given, () => "repository")), launch, given),
    ownNetworkInterface:
      launch === "FARGATE" ||
      networkModeOf({ containers: [], launch, ...(networkMode === undefined ? {} : { networkMode }) }) === "awsvpc",
  };
}

/** Why it is no key of a task definition. */
export function taskDefinitionProblem({ ecs: { taskDefinitions = {} } }: EcsSettings, key: string): Problem[] {
  return problemAt(["taskDefinition"], missingProblem("'taskDefinition'", "taskDefinitions", taskDefinitions, key));
}

/** What is wrong with the name of a schedule group that is there already. */
export function groupProblems({ group }: { readonly group?: string }): Problem[] {
  return problemAt(["group"], group === undefined ? undefined : nameProblem("scheduleGroup", group, "name another"));
}

/** What tasks may run on, and on what they do that do not say it. */
export function clusterCapacity({ name, ecs: { cluster = {} } }: EcsSettings): ClusterCapacity {
  return { capacityProviders: capacityProvidersOf(name, cluster), defaultCapacity: cluster.defaultCapacity };
}
