import type { FargateServiceOptions } from "../../constructs/ecs/fargate-service";
import { QueueWorker } from "../../constructs/serverless/queue-worker";
import { TaskQueue } from "../../constructs/serverless/task-queue";
import { compareText } from "../../model/order";
import { countTasksBy, isExistingQueue, type QueueWorkerSettings } from "../../settings/ecs/queue-workers";
import { taskOptionsOf } from "../../settings/ecs/task-definitions";
import { addOutput } from "../in-cluster/output";
import { noteCaller } from "./callers";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { grantCachedPulls } from "./repositories";
import { volumesOf } from "./task-definitions";

/** Queues, and the services that work them off. */
export function addQueueWorkers(context: EcsContext): void {
  const urls: Record<string, string> = {};
  const deadLetterUrls: Record<string, string> = {};
  for (const [key, settings] of byKey(context.ecs.queueWorkers)) {
    const { queue, service } = addQueueWorker(context, key, settings);
    urls[key] = queue.queueUrl;
    if (queue instanceof TaskQueue && queue.deadLetterQueueUrl !== undefined) {
      deadLetterUrls[key] = queue.deadLetterQueueUrl;
    }
    context.services[key] = service;
    noteCaller(context, ["queueWorkers", key], service, settings.service);
  }
  addOutput(context.stack, "queue_urls", "URLs of the queues that are worked off, by key", urls);
  addOutput(context.stack, "dead_letter_queue_urls", "URLs of their dead-letter queues, by key", deadLetterUrls);
}

function addQueueWorker(context: EcsContext, key: string, settings: QueueWorkerSettings): QueueWorker {
  const { queue = {}, task, service, scaling, sendFrom = [], ...options } = settings;
  const { taskPolicy = [], ...definition } = task;
  const { containers, ...rest } = taskOptionsOf(definition, (repository) =>
    pick("repository", context.repositoryUrls, repository),
  );
  const worker = new QueueWorker(context.stack, `queue-worker-${key}`, {
    ...options,
    cluster: clusterOf(context),
    key,
    containers,
    task: { ...rest, volumes: volumesOf(context, rest.volumes) },
    scaling: { ...scaling, countTasksBy: countTasksBy(context.settings, settings) },
    queue: isExistingQueue(queue) ? TaskQueue.fromAttributes(context.stack, `queue-${key}`, queue) : queue,
    ...(service === undefined ? {} : { service: service as FargateServiceOptions }),
  });
  grantCachedPulls(
    context,
    containers.map(({ image }) => image),
    (pull, statements) => worker.taskDefinition.grantExecution(pull, statements),
  );
  if (taskPolicy.length > 0) {
    worker.taskDefinition.grant("settings", taskPolicy);
  }
  for (const sender of [...sendFrom].sort(compareText)) {
    worker.queue.grantSend(pick("task definition", context.taskDefinitions, sender));
  }
  return worker;
}
