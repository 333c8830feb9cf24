import type { Known } from "./container-spec";
import { isElsewhere, type Place, placeName } from "./place";
import { type Problem, problemAt, quote, under } from "./problem";
import { DEAD_LETTER_DEFAULTS, QUEUE_DEFAULTS, type QueueOptions } from "./queue";
import type { ScalingMetric } from "./scaling-metrics";
import type { ScheduledScaling } from "./scaling-schedule";
import { widestBounds } from "./scaling-schedule";
import type { ScalingStep, StepScaling } from "./scaling-steps";
import { type ServiceScalingLimits, type ServiceScalingOptions, serviceScalingProblems } from "./service-scaling";
import type { TaskContainer } from "./task-container";

/** By what the running tasks of the service are counted. */
export const TASK_COUNTS = ["containerInsights", "cpuSamples"] as const;

/** How many tasks work a queue off. Either `backlogPerTask`, or the two of which it is computed. */
export interface BacklogScaling {
  /** Tasks when there is nothing to do; may be 0. @default 1 */
  readonly minimum?: number;
  /** Tasks that there are at most. */
  readonly maximum: number;
  /** Messages that may wait for each task. @default - `acceptableLatencyInSeconds` by `averageProcessingTimeInSeconds` */
  readonly backlogPerTask?: number;
  /** Seconds that a message may wait. @default - not said: `backlogPerTask` is needed */
  readonly acceptableLatencyInSeconds?: number;
  /** Seconds that a task needs for a message. @default - not said: `backlogPerTask` is needed */
  readonly averageProcessingTimeInSeconds?: number;
  /** Messages that a task works off at the same time. @default 1 */
  readonly messagesAtOnce?: number;
  /** Seconds after tasks were taken away before more are. @default 300 */
  readonly scaleInCooldownInSeconds?: number;
  /** Seconds after tasks were added before more are. @default 60 */
  readonly scaleOutCooldownInSeconds?: number;
  /** Other minimums and maximums at certain times, by name. @default - none */
  readonly schedules?: Readonly<Record<string, ScheduledScaling>>;
  /**
   * Which metric tells how many tasks run: RunningTaskCount of Container Insights, or how many samples there are of the
   * CPU's, which every service has.
   * @default "containerInsights", and "cpuSamples" where the cluster is known to be without
   */
  readonly countTasksBy?: (typeof TASK_COUNTS)[number];
  /** @default - the quotas that AWS has for everybody */
  readonly limits?: ServiceScalingLimits;
}

/** Of what the metrics are. */
export interface WorkedQueue {
  readonly clusterName: string;
  readonly serviceName: string;
  /** As AWS knows it, with `.fifo` behind a FIFO queue's. */
  readonly queueName: string;
}

export const DEFAULT_MINIMUM = 1;
const DEFAULT_SCALE_OUT_COOLDOWN = 60;
/** From no task on, tasks have that long to come up before more are added. */
const FROM_ZERO_COOLDOWN = 300;
/** One without a change, and doubled numbers of tasks behind it. */
const MAX_DOUBLINGS = 19;

/** Seconds between the request to stop and the end by force. Source: ECS Developer Guide, "stopTimeout". */
const DEFAULT_STOP_TIMEOUT = 30;
const MAX_STOP_TIMEOUT = 120;

/** How many messages may wait for each task. */
export function backlogPerTask(options: BacklogScaling): number {
  const { acceptableLatencyInSeconds = 0, averageProcessingTimeInSeconds = 1, messagesAtOnce = 1 } = options;
  return options.backlogPerTask ?? (acceptableLatencyInSeconds / averageProcessingTimeInSeconds) * messagesAtOnce;
}

/**
 * Keeps the messages that wait for each task at a number. While no task runs nothing can be divided by tasks, so that
 * steps on the messages alone bring the first ones: as many as the backlog is worth, rounded down to a power of two.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
export function backlogScaling(options: BacklogScaling, of: WorkedQueue): ServiceScalingOptions {
  const { minimum = DEFAULT_MINIMUM, maximum, schedules, limits } = options;
  const metrics = { running: runningTasks(options, of), visible: visibleMessages(of.queueName) };
  const { minimum: least } = widestBounds({ minimum, maximum }, schedules);
  const fromZero: StepScaling = {
    metric: { expression: "IF(FILL(running, 0) < 1, visible, 0)", metrics, label: "Messages without a task" },
    steps: firstTasks(options),
    cooldownInSeconds: FROM_ZERO_COOLDOWN,
  };
  return {
    minimum,
    maximum,
    targetTracking: {
      backlog: {
        metric: { expression: "IF(running > 0, visible / running, visible)", metrics, label: "Backlog per task" },
        target: backlogPerTask(options),
        scaleOutCooldownInSeconds: options.scaleOutCooldownInSeconds ?? DEFAULT_SCALE_OUT_COOLDOWN,
        ...(options.scaleInCooldownInSeconds === undefined
          ? {}
          : { scaleInCooldownInSeconds: options.scaleInCooldownInSeconds }),
      },
    },
    ...(least === 0 ? { steps: { "from-zero": fromZero } } : {}),
    ...(schedules === undefined ? {} : { schedules }),
    ...(limits === undefined ? {} : { limits }),
  };
}

/** Twice the tasks for twice the backlog, from one task for the first message on. */
function firstTasks(options: BacklogScaling): ScalingStep[] {
  const each = backlogPerTask(options);
  const { maximum } = widestBounds({ minimum: 0, maximum: options.maximum }, options.schedules);
  const changes = Array.from({ length: MAX_DOUBLINGS }, (_, index) => 2 ** index).filter((tasks) => tasks <= maximum);
  return [
    { to: 1 },
    ...changes.map((tasks, index): ScalingStep => {
      const from = tasks === 1 ? 1 : tasks * each;
      const next = changes[index + 1];
      return next === undefined ? { from, change: tasks } : { from, to: next * each, change: tasks };
    }),
  ];
}

/** Messages that wait to be received. */
function visibleMessages(queueName: string): ScalingMetric {
  return {
    namespace: "AWS/SQS",
    name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queueName },
    statistic: "Maximum",
  };
}

/**
 * Tasks of the service that run.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html
 */
function runningTasks({ countTasksBy = "containerInsights" }: BacklogScaling, of: WorkedQueue): ScalingMetric {
  const dimensions = { ClusterName: of.clusterName, ServiceName: of.serviceName };
  return countTasksBy === "containerInsights"
    ? { namespace: "ECS/ContainerInsights", name: "RunningTaskCount", dimensions, statistic: "Average" }
    : { namespace: "AWS/ECS", name: "CPUUtilization", dimensions, statistic: "SampleCount" };
}

/**
 * What is wrong with the scaling of a queue worker.
 *
 * @param known whether a value is known at synth; what is not is left to AWS
 */
export function backlogProblems(options: BacklogScaling, of: WorkedQueue, known: Known = () => true): Problem[] {
  const own = ownBacklogProblems(options);
  // What is computed of right numbers is right.
  return own.length > 0
    ? own
    : serviceScalingProblems(backlogScaling(options, of), { hasRequestCounter: false, known }).flatMap(
        ({ at, message }) =>
          at[0] === "steps" ? [] : [{ at: at[0] === "targetTracking" ? at.slice(2) : at, message }],
      );
}

function ownBacklogProblems(options: BacklogScaling): Problem[] {
  const { acceptableLatencyInSeconds: latency, averageProcessingTimeInSeconds: processing } = options;
  const { countTasksBy = "containerInsights" } = options;
  const numbers = (
    ["backlogPerTask", "acceptableLatencyInSeconds", "averageProcessingTimeInSeconds", "messagesAtOnce"] as const
  ).flatMap((property) =>
    problemAt([property], positiveProblem(property, options[property], property === "messagesAtOnce")),
  );
  if (numbers.length > 0) {
    return numbers;
  }
  const computed = latency !== undefined && processing !== undefined;
  const both = options.backlogPerTask !== undefined && latency !== undefined;
  return [
    ...problemAt(
      [],
      both
        ? "'backlogPerTask' and 'acceptableLatencyInSeconds' say the same in two ways; keep one of them"
        : options.backlogPerTask === undefined && !computed
          ? "the scaling of a queue worker must have 'backlogPerTask', or 'acceptableLatencyInSeconds' and 'averageProcessingTimeInSeconds', of which it is computed"
          : undefined,
    ),
    ...problemAt(
      ["acceptableLatencyInSeconds"],
      computed && latency < processing
        ? `'acceptableLatencyInSeconds' must be at least 'averageProcessingTimeInSeconds' (${processing}), as a message may wait for the one before it, got ${latency}; raise it`
        : undefined,
    ),
    ...problemAt(
      ["backlogPerTask"],
      (options.backlogPerTask ?? 1) < 1
        ? `'backlogPerTask' must be at least 1, got ${quote(options.backlogPerTask)}`
        : undefined,
    ),
    ...problemAt(
      ["countTasksBy"],
      TASK_COUNTS.includes(countTasksBy)
        ? undefined
        : `'countTasksBy' must be "containerInsights" or "cpuSamples", got ${quote(countTasksBy)}`,
    ),
  ];
}

function positiveProblem(property: string, value: number | undefined, whole: boolean): string | undefined {
  const right = value === undefined || (Number.isFinite(value) && value > 0 && (!whole || Number.isInteger(value)));
  return right
    ? undefined
    : `'${property}' must be ${whole ? "a whole number of at least 1" : "above 0"}, got ${quote(value)}`;
}

/** How long a message takes, and a task has to finish it. */
export interface WorkTimes {
  readonly queue: QueueOptions;
  readonly scaling: BacklogScaling;
  readonly containers: readonly TaskContainer[];
}

/** What is wrong with where a queue is that is there already. */
export function queuePlaceProblems(queueArn: string, place: Place): Problem[] {
  return problemAt(
    ["queue", "queueArn"],
    isElsewhere(queueArn, place)
      ? `'queueArn' must be a queue in the account and the Region of the tasks (${placeName(place)}), as the number of its messages, which they are scaled by, is known there alone, got ${quote(queueArn)}; work it off where it is`
      : undefined,
  );
}

/** A message that is worked on must not come back to others meanwhile. */
export function visibilityProblems({ queue, scaling, containers }: WorkTimes): Problem[] {
  const visibility = queue.visibilityTimeoutInSeconds ?? QUEUE_DEFAULTS.visibilityTimeoutInSeconds;
  const { averageProcessingTimeInSeconds: processing = 0 } = scaling;
  const stop = stopTimeout(containers);
  const message =
    visibility < processing
      ? `'visibilityTimeoutInSeconds' must be at least 'averageProcessingTimeInSeconds' (${processing}), or others receive the message while it is worked on, got ${visibility}; raise it to several times that`
      : visibility < stop
        ? `'visibilityTimeoutInSeconds' must be at least the longest 'stopTimeoutInSeconds' (${stop}), in which a task that stops finishes its message, got ${visibility}; raise it`
        : undefined;
  return under("queue", problemAt(["visibilityTimeoutInSeconds"], message));
}

function stopTimeout(containers: readonly TaskContainer[]): number {
  return Math.max(...containers.map(({ stopTimeoutInSeconds = DEFAULT_STOP_TIMEOUT }) => stopTimeoutInSeconds));
}

/** What to know about the times, and about messages that are received again and again. */
export function queueWorkerWarnings(times: WorkTimes, spot: boolean, protectTasks: boolean): string[] {
  const { queue, scaling, containers } = times;
  const { averageProcessingTimeInSeconds: processing = 0 } = scaling;
  const stop = stopTimeout(containers);
  const { deadLetter = {} } = queue;
  const { maxReceiveCount = DEAD_LETTER_DEFAULTS.maxReceiveCount } = deadLetter === false ? {} : deadLetter;
  return [
    ...(processing > stop && !protectTasks
      ? [
          `a message takes ${processing} seconds, and a task that is stopped has ${stop} to finish it: ${
            processing <= MAX_STOP_TIMEOUT
              ? "raise 'stopTimeoutInSeconds' of its container"
              : "let it protect itself while it works ('protectTasks')"
          }, or have the message worked off again`,
        ]
      : []),
    ...(deadLetter !== false && spot && maxReceiveCount < 3
      ? [
          `a message is given up after ${maxReceiveCount} receives, and every end of a task on Spot may be one; let 'maxReceiveCount' be at least 3`,
        ]
      : []),
  ];
}

/** The variable that tells each container where its queue is. */
export const DEFAULT_QUEUE_URL_VARIABLE = "QUEUE_URL";

/** The containers as they are run: with the queue's URL in their environment. */
export function withQueueUrl(
  containers: readonly TaskContainer[],
  variable: string,
  queueUrl: string,
): TaskContainer[] {
  return containers.map((container) => ({
    ...container,
    environment: { ...container.environment, [variable]: queueUrl },
  }));
}

/** Containers that have a variable of that name already. */
export function queueUrlProblems(containers: readonly TaskContainer[], variable: string): Problem[] {
  return containers.flatMap(({ name, environment = {}, secrets = {} }, index) =>
    Object.entries({ environment, secrets }).flatMap(([property, variables]) =>
      problemAt(
        ["containers", index, property, variable],
        Object.hasOwn(variables, variable)
          ? `variable ${quote(variable)} of container ${quote(name)} is set by the queue worker; leave it out, or give 'queueUrlVariable'`
          : undefined,
      ),
    ),
  );
}
