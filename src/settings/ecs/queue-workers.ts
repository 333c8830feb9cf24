import * as v from "valibot";
import { queueEndpointProblem } from "../../model/egress";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt, quote, under } from "../../model/problem";
import {
  existingQueueUrlProblem,
  type QueueOptions,
  queueArnProblem,
  queueNameProblem,
  queueNames,
  queueProblems,
} from "../../model/queue";
import { plannedQueueAlarms, queueAlarmsProblems } from "../../model/queue-alarms";
import {
  backlogProblems,
  backlogScaling,
  DEFAULT_QUEUE_URL_VARIABLE,
  queuePlaceProblems,
  queueUrlProblems,
  TASK_COUNTS,
  visibilityProblems,
} from "../../model/queue-worker";
import { scalingNameProblems } from "../../model/service-scaling";
import type { TaskContainer } from "../../model/task-container";
import { described, text, names as texts } from "../pieces";
import { missingProblem } from "./references";
import { limits, schedules } from "./scaling";
import type { EcsSettings } from "./schema";
import { service } from "./service-schema";
import { servicesProblems } from "./services";
import { taskDefinition, taskDefinitionsProblems, taskOptionsOf } from "./task-definitions";
import { knownEgressOf } from "./task-vpc";

const seconds = (description: string) => v.exactOptional(described(v.number(), description));

const queue = v.strictObject({
  queueName: v.exactOptional(
    described(text, "Without the .fifo of a FIFO queue. Default: the cluster's name, - and the key."),
  ),
  visibilityTimeoutInSeconds: seconds("How long a received message is hidden from others, 0 to 43200. Default: 300."),
  retentionInSeconds: seconds("How long messages are kept, 60 to 1209600. Default: 345600, 4 days."),
  delayInSeconds: seconds("How long new messages are hidden, 0 to 900. Default: 0."),
  maxMessageSizeInBytes: seconds("1024 to 1048576. Default: 1048576, 1 MiB."),
  receiveWaitInSeconds: seconds("How long a request for messages waits for one, 0 to 20. Default: 20."),
  fifo: v.exactOptional(
    described(
      v.strictObject({
        contentBasedDeduplication: v.exactOptional(
          described(v.boolean(), "Whether two messages with the same content are one. Default: false."),
        ),
        highThroughput: v.exactOptional(
          described(v.boolean(), "Whether limits count for each message group. Default: true."),
        ),
      }),
      "{} for a queue that keeps the order. Default: a standard queue.",
    ),
  ),
  deadLetter: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          maxReceiveCount: v.exactOptional(
            described(v.number(), "How often a message is received before it is given up, 1 to 1000. Default: 5."),
          ),
          retentionInSeconds: seconds("How long they are kept. Default: 1209600, 14 days."),
        }),
      ]),
      "Where messages go that nobody could work off, or false. Default: a queue of its own.",
    ),
  ),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts the messages. Default: one of SQS's own.")),
  deletionProtection: v.exactOptional(described(v.boolean(), "Whether Terraform refuses to delete it. Default: true.")),
});

const existingQueue = v.strictObject({
  queueArn: described(text, "ARN of a queue that is there already."),
  queueUrl: v.exactOptional(described(text, "Default: derived from the ARN.")),
  deadLetterQueueName: v.exactOptional(described(text, "Its dead-letter queue, for the alarm. Default: none.")),
  visibilityTimeoutInSeconds: seconds("Its visibility timeout. Default: not known, and not checked."),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts the messages. Default: one of SQS's own.")),
});

const scaling = v.strictObject({
  minimum: v.exactOptional(described(v.number(), "Tasks when there is nothing to do; may be 0. Default: 1.")),
  maximum: v.number(),
  backlogPerTask: v.exactOptional(
    described(v.number(), "Messages that may wait for each task. Default: computed of the two below."),
  ),
  acceptableLatencyInSeconds: seconds("How long a message may wait."),
  averageProcessingTimeInSeconds: seconds("How long a task needs for a message."),
  messagesAtOnce: v.exactOptional(
    described(v.number(), "Messages that a task works off at the same time. Default: 1."),
  ),
  scaleInCooldownInSeconds: seconds("Default: 300."),
  scaleOutCooldownInSeconds: seconds("Default: 60."),
  schedules: v.exactOptional(schedules),
  countTasksBy: v.exactOptional(
    described(
      v.picklist(TASK_COUNTS),
      "Metric that tells how many tasks run. Default: containerInsights; cpuSamples where 'cluster' has none.",
    ),
  ),
  limits: v.exactOptional(limits),
});

const alarms = v.strictObject({
  topicArns: v.exactOptional(described(texts, "SNS topics that hear of alarms, five at most. Default: none.")),
  deadLetters: v.exactOptional(
    described(
      v.union([v.literal(false), v.strictObject({ messages: v.exactOptional(described(v.number(), "Default: 1.")) })]),
      "Goes off when messages were given up.",
    ),
  ),
  age: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          seconds: seconds("Default: twice the acceptable latency, 900 at least; 3600 where it is not known."),
          minutes: v.exactOptional(described(v.number(), "For how long. Default: 5.")),
        }),
      ]),
      "Goes off when a message waits too long.",
    ),
  ),
});

const queueWorker = v.strictObject({
  queue: v.exactOptional(described(v.union([existingQueue, queue]), "Default: a standard queue of its own.")),
  task: described(
    v.omit(taskDefinition, ["launch", "networkMode", "placementConstraints"]),
    "What runs as one task, on Fargate.",
  ),
  service: v.exactOptional(
    described(
      v.pick(service, [
        "serviceName",
        "capacity",
        "platformVersion",
        "subnets",
        "assignPublicIp",
        "additionalSecurityGroupIds",
        "egress",
        "deployment",
        "exec",
        "propagateTags",
        "managedTags",
        "availabilityZoneRebalancing",
        "waitForSteadyState",
      ]),
      "How tasks are run. Default: on Fargate, in private subnets.",
    ),
  ),
  scaling: described(scaling, "How many tasks work the queue off."),
  queueUrlVariable: v.exactOptional(described(text, "Environment variable with the queue's URL. Default: QUEUE_URL.")),
  alarms: v.exactOptional(described(alarms, "Default: at the first message given up, and when one waits too long.")),
  protectTasks: v.exactOptional(
    described(v.boolean(), "Whether tasks may keep ECS from stopping them at work. Default: false."),
  ),
  sendFrom: v.exactOptional(
    described(texts, "Keys of 'taskDefinitions' whose programs may send messages. Default: none."),
  ),
});

export const queueWorkersSchema = described(
  v.record(text, queueWorker),
  "Queues and the tasks that work them off, by name.",
);

export type QueueWorkerSettings = v.InferOutput<typeof queueWorker>;

type QueueSettings = NonNullable<QueueWorkerSettings["queue"]>;

/** Whether the queue is there already. */
export function isExistingQueue(settings: QueueSettings): settings is v.InferOutput<typeof existingQueue> {
  return "queueArn" in settings;
}

/** By what the tasks are counted: what the settings say, or what the cluster has. */
export function countTasksBy({ ecs }: EcsSettings, { scaling: given }: QueueWorkerSettings) {
  return given.countTasksBy ?? (ecs.cluster?.containerInsights === false ? "cpuSamples" : "containerInsights");
}

/** What is wrong with them, seen from 'ecs'. */
export function queueWorkersProblems(settings: EcsSettings): Problem[] {
  const { queueWorkers = {} } = settings.ecs;
  return under(
    "queueWorkers",
    Object.entries(queueWorkers).flatMap(([key, each]) =>
      under(key, [
        ...problemAt(
          [],
          (each.service?.subnets ?? "private") === "private"
            ? queueEndpointProblem(knownEgressOf(settings))
            : undefined,
        ),
        ...taskProblems(settings, key, each),
        ...queueSettingsProblems(settings, key, each),
        ...scalingProblemsOf(settings, key, each),
        ...sendProblems(settings, each),
      ]),
    ),
  );
}

/** The task and its service are judged as those of the other features. */
function taskProblems(settings: EcsSettings, key: string, { task, service: given = {}, ...each }: QueueWorkerSettings) {
  const alone = {
    ...settings,
    ecs: {
      ...settings.ecs,
      taskDefinitions: { [key]: task },
      services: { [key]: { ...given, desiredCount: each.scaling.minimum ?? 1 } },
    },
  };
  const own = (problems: readonly Problem[], feature: string, property: string) =>
    problems.flatMap(({ at, message }) =>
      at[0] === feature && at[2] !== "desiredCount" ? [{ at: [property, ...at.slice(2)], message }] : [],
    );
  const variable = each.queueUrlVariable ?? DEFAULT_QUEUE_URL_VARIABLE;
  const containers = containersOf(task);
  return [
    ...own(taskDefinitionsProblems(alone), "taskDefinitions", "task"),
    ...own(servicesProblems(alone), "services", "service"),
    ...under("task", queueUrlProblems(containers, variable)),
  ];
}

function containersOf(task: QueueWorkerSettings["task"]): readonly TaskContainer[] {
  return taskOptionsOf(task, () => "repository").containers;
}

function queueSettingsProblems(settings: EcsSettings, key: string, each: QueueWorkerSettings): Problem[] {
  const { queue: given = {}, alarms: chosen = {}, scaling: scaled, task } = each;
  const containers = containersOf(task);
  if (isExistingQueue(given)) {
    const { queueArn, visibilityTimeoutInSeconds } = given;
    const notQueue = queueArnProblem(queueArn);
    const times = { queue: { visibilityTimeoutInSeconds } as QueueOptions, scaling: scaled, containers };
    return [
      ...(notQueue === undefined
        ? [
            ...queuePlaceProblems(queueArn, settings),
            ...problemAt(
              ["queue", "queueUrl"],
              given.queueUrl === undefined ? undefined : existingQueueUrlProblem(queueArn, given.queueUrl),
            ),
          ]
        : problemAt(["queue", "queueArn"], notQueue)),
      ...(visibilityTimeoutInSeconds === undefined ? [] : visibilityProblems(times)),
      ...under("alarms", queueAlarmsProblems(chosen, given.deadLetterQueueName !== undefined)),
    ];
  }
  const base = given.queueName ?? names.taskQueue(settings.name, key);
  const hasDeadLetters = given.deadLetter !== false;
  const alarmNames = plannedQueueAlarms(chosen, scaled, hasDeadLetters).map((alarm) =>
    nameProblem("alarm", names.queueAlarm(queueNames(base, given).queue, alarm.key), "shorten the queue's name"),
  );
  return [
    ...problemAt(
      given.queueName === undefined ? [] : ["queue", "queueName"],
      queueNameProblem(base, given, given.queueName === undefined ? "give 'queueName'" : "choose another"),
    ),
    ...under("queue", queueProblems(given)),
    ...visibilityProblems({ queue: given, scaling: scaled, containers }),
    ...under("alarms", queueAlarmsProblems(chosen, hasDeadLetters)),
    ...alarmNames.flatMap((problem) => problemAt(["queue"], problem)),
  ];
}

function scalingProblemsOf(settings: EcsSettings, key: string, each: QueueWorkerSettings): Problem[] {
  const { name: clusterName, ecs } = settings;
  const { queue: given = {}, service: run = {} } = each;
  const serviceName = run.serviceName ?? names.ecsService(clusterName, key);
  const queueName = isExistingQueue(given)
    ? (given.queueArn.split(":").at(-1) ?? "")
    : queueNames(given.queueName ?? names.taskQueue(clusterName, key), given).queue;
  const of = { clusterName, serviceName, queueName };
  const problems = backlogProblems(each.scaling, of);
  return under("scaling", [
    ...problemAt(
      ["countTasksBy"],
      each.scaling.countTasksBy === "containerInsights" && ecs.cluster?.containerInsights === false
        ? `'countTasksBy' "containerInsights" needs the metrics that 'cluster.containerInsights' false switches off; leave one of the two out`
        : undefined,
    ),
    ...(problems.length > 0
      ? problems
      : scalingNameProblems(clusterName, serviceName, backlogScaling(each.scaling, of)).map(({ message }) => ({
          at: [],
          message,
        }))),
  ]);
}

function sendProblems({ ecs }: EcsSettings, { sendFrom = [] }: QueueWorkerSettings): Problem[] {
  return sendFrom.flatMap((key, index) =>
    problemAt(
      ["sendFrom", index],
      missingProblem("'sendFrom'", "taskDefinitions", ecs.taskDefinitions, key) ??
        (sendFrom.indexOf(key) !== index ? `'sendFrom' must hold ${quote(key)} once; remove one` : undefined),
    ),
  );
}
