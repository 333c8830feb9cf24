import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { ALARM_ARNS } from "../../model/arn-places";
import { capacityOf, FARGATE_SPOT } from "../../model/ecs-capacity";
import { queueEndpointProblem } from "../../model/egress";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { arnPlaceProblems } from "../../model/place";
import { type QueueOptions, queueNames } from "../../model/queue";
import {
  type PlannedQueueAlarm,
  plannedQueueAlarms,
  type QueueAlarmsOptions,
  queueAlarmsProblems,
} from "../../model/queue-alarms";
import {
  type BacklogScaling,
  backlogProblems,
  backlogScaling,
  DEFAULT_MINIMUM,
  DEFAULT_QUEUE_URL_VARIABLE,
  queuePlaceProblems,
  queueUrlProblems,
  queueWorkerWarnings,
  visibilityProblems,
  type WorkedQueue,
  type WorkTimes,
  withQueueUrl,
} from "../../model/queue-worker";
import type { TaskContainer } from "../../model/task-container";
import { isWindows } from "../../model/task-platform";
import { AwsEnvironment } from "../aws-environment";
import { FargateService, type FargateServiceOptions } from "../ecs/fargate-service";
import { FargateTaskDefinition, type FargateTaskDefinitionProps } from "../ecs/fargate-task-definition";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import { ServiceScaling } from "../ecs/service-scaling";
import { ifKnown, isKnown, refuse } from "../errors";
import { type ITaskQueue, TaskQueue } from "./task-queue";

/** What works a queue off, and how many of it. */
export interface QueueWorkerOptions {
  /** The containers of a task. Each has the queue's URL in its environment. */
  readonly containers: readonly TaskContainer[];
  /** How many tasks work the queue off. */
  readonly scaling: BacklogScaling;
  /** Environment variable that holds the queue's URL. @default "QUEUE_URL" */
  readonly queueUrlVariable?: string;
  /** The rest of the task definition. @default - the smallest size that holds the containers, on Linux and x86 */
  readonly task?: Omit<FargateTaskDefinitionProps, "cluster" | "containers">;
  /** The rest of the service. @default - on the cluster's 'defaultCapacity' if that is Fargate, or Fargate without Spot; in private subnets */
  readonly service?: Omit<FargateServiceOptions, "scaling" | "desiredCount">;
  /** @default - an alarm at the first message that is given up, and one when a message waits too long */
  readonly alarms?: QueueAlarmsOptions;
  /** Whether tasks may keep ECS from stopping them while they work on a message. @default false */
  readonly protectTasks?: boolean;
}

/** What a `QueueWorker` is told. */
export interface QueueWorkerProps extends QueueWorkerOptions {
  /** The cluster in which the workers run. */
  readonly cluster: IEcsCluster;
  /** Name among the cluster's services, from which the other names are derived. @default - the id of the construct */
  readonly key?: string;
  /** The queue, or what one of its own is like. @default - a standard queue of its own */
  readonly queue?: QueueOptions | ITaskQueue;
}

/**
 * A queue of Amazon SQS and an ECS service on Fargate that works it off: as many tasks as it takes for no message to
 * wait longer than is acceptable, none when there is nothing to do and `minimum` is 0. What is given up goes to a
 * dead-letter queue, and people hear of it.
 *
 * The containers find the queue in their environment variable `QUEUE_URL`, and may receive from it, hide its messages
 * longer and delete them.
 *
 * @throws InvalidPropsError when AWS would refuse it, or when messages would come back while they are worked on
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 * @example
 * new QueueWorker(this, "orders", {
 *   cluster,
 *   containers: [
 *     { name: "worker", image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.0", cpu: "250m", memory: "512Mi" },
 *   ],
 *   scaling: { minimum: 0, maximum: 20, acceptableLatencyInSeconds: 300, averageProcessingTimeInSeconds: 10 },
 *   service: { capacity: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 4 } } },
 * });
 */
export class QueueWorker extends Construct {
  /** The queue that it works off. */
  readonly queue: ITaskQueue;
  /** What its tasks are. */
  readonly taskDefinition: FargateTaskDefinition;
  /** The service that keeps its tasks running. */
  readonly service: FargateService;
  /** What changes the number of its tasks. */
  readonly scaling: ServiceScaling;
  /** ARNs of the alarms: `age` and `dead-letters`. */
  readonly alarmArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { cluster, key = id, queue = {}, containers, scaling } = props;
    const { clusterName } = cluster;
    const serviceName = props.service?.serviceName ?? names.ecsService(clusterName, key);
    const of = { clusterName, serviceName, queueName: queueNameOf(props, key) };
    this.check(props, of);
    this.queue = isQueue(queue)
      ? queue
      : new TaskQueue(this, "queue", { ...queue, queueName: queue.queueName ?? names.taskQueue(clusterName, key) });
    const variable = props.queueUrlVariable ?? DEFAULT_QUEUE_URL_VARIABLE;
    this.taskDefinition = new FargateTaskDefinition(this, "task-definition", {
      family: names.taskFamily(clusterName, key),
      ...props.task,
      cluster,
      containers: withQueueUrl(containers, variable, this.queue.queueUrl),
    });
    this.taskDefinition.grant("queue", this.queue.receiveStatements);
    if (props.protectTasks === true) {
      this.letProtect(clusterName);
    }
    this.service = new FargateService(this, "service", {
      ...props.service,
      serviceName,
      cluster,
      taskDefinition: this.taskDefinition,
      desiredCount: scaling.minimum ?? DEFAULT_MINIMUM,
    });
    this.scaling = new ServiceScaling(this, "scaling", {
      ...backlogScaling(
        { countTasksBy: cluster.containerInsights === false ? "cpuSamples" : "containerInsights", ...scaling },
        of,
      ),
      service: this.service,
    });
    this.alarmArns = this.createAlarms(props);
  }

  private check(props: QueueWorkerProps, of: WorkedQueue): void {
    const { queue = {}, scaling, containers, cluster, alarms = {}, protectTasks = false } = props;
    const operatingSystem = isWindows(props.task ?? {}) ? "windows" : "linux";
    const capacity = capacityOf(props.service?.capacity, { launch: "FARGATE", operatingSystem }, cluster) ?? {};
    const times = timesOf(props);
    const hasDeadLetters = isQueue(queue) ? queue.deadLetterQueueName !== undefined : queue.deadLetter !== false;
    refuse(this, [
      ...backlogProblems(scaling, of, isKnown),
      (props.service?.subnets ?? "private") === "private" ? queueEndpointProblem(cluster.vpc) : undefined,
      ...(isQueue(queue) && isKnown(queue.queueArn)
        ? queuePlaceProblems(queue.queueArn, AwsEnvironment.of(this).place)
        : []),
      cluster.containerInsights === false && scaling.countTasksBy === "containerInsights"
        ? `'countTasksBy' "containerInsights" needs metrics that the cluster does not publish; leave it out, or switch Container Insights on`
        : undefined,
      ...queueUrlProblems(containers, props.queueUrlVariable ?? DEFAULT_QUEUE_URL_VARIABLE),
      ...(times === undefined ? [] : visibilityProblems(times)),
      ...queueAlarmsProblems(alarms, hasDeadLetters, isKnown),
      ...arnPlaceProblems(alarms, ALARM_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    if (times !== undefined) {
      for (const warning of queueWorkerWarnings(times, Object.hasOwn(capacity, FARGATE_SPOT.name), protectTasks)) {
        Annotations.of(this).addWarning(warning);
      }
    }
  }

  /**
   * ECS does not stop a task by scaling or a deployment that has said that it is at work.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html
   */
  private letProtect(clusterName: string): void {
    this.taskDefinition.grant("protection", [
      {
        sid: "Protection",
        actions: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
        resources: [AwsEnvironment.of(this).arn("ecs", `task/${clusterName}/*`)],
      },
    ]);
  }

  private createAlarms({ alarms = {}, scaling }: QueueWorkerProps): Record<string, string> {
    const { queueName, deadLetterQueueName } = this.queue;
    const planned = plannedQueueAlarms(alarms, scaling, deadLetterQueueName !== undefined);
    const topics = [...(alarms.topicArns ?? [])].sort(compareText);
    refuse(
      this,
      planned.map(({ key }) =>
        ifKnown(names.queueAlarm(queueName, key), (name) => nameProblem("alarm", name, "shorten the queue's name")),
      ),
    );
    return Object.fromEntries(planned.map((alarm) => [alarm.key, this.createAlarm(alarm, topics)]));
  }

  private createAlarm({ key, description, metric, threshold, minutes }: PlannedQueueAlarm, topics: string[]): string {
    const { queueName, deadLetterQueueName = queueName } = this.queue;
    const watched = key === "dead-letters" ? deadLetterQueueName : queueName;
    return new CloudwatchMetricAlarm(this, `alarm-${key}`, {
      alarmName: names.queueAlarm(queueName, key),
      alarmDescription: `${description} (queue ${watched})`,
      namespace: "AWS/SQS",
      metricName: metric,
      dimensions: { QueueName: watched },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      threshold,
      comparisonOperator: "GreaterThanThreshold",
      // A queue that nobody has used for a while reports nothing.
      treatMissingData: "notBreaching",
      ...(topics.length === 0 ? {} : { alarmActions: topics, okActions: topics }),
    }).arn;
  }
}

function isQueue(queue: QueueOptions | ITaskQueue): queue is ITaskQueue {
  return "queueArn" in queue;
}

/** The queue's name as AWS knows it. */
function queueNameOf({ queue = {}, cluster }: QueueWorkerProps, key: string): string {
  return isQueue(queue)
    ? queue.queueName
    : queueNames(queue.queueName ?? names.taskQueue(cluster.clusterName, key), queue).queue;
}

/** Nothing where the visibility timeout of somebody else's queue is not known. */
function timesOf({ queue = {}, scaling, containers }: QueueWorkerProps): WorkTimes | undefined {
  if (!isQueue(queue)) {
    return { queue, scaling, containers };
  }
  const { visibilityTimeoutInSeconds } = queue;
  return visibilityTimeoutInSeconds === undefined
    ? undefined
    : { queue: { visibilityTimeoutInSeconds, deadLetter: false }, scaling, containers };
}
