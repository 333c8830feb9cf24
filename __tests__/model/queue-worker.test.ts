import fc from "fast-check";
import { type QueueOptions, queueNameProblem, queueNames, queueProblems } from "../../src/model/queue";
import { plannedQueueAlarms, queueAlarmsProblems } from "../../src/model/queue-alarms";
import {
  type BacklogScaling,
  backlogPerTask,
  backlogProblems,
  backlogScaling,
  queueUrlProblems,
  queueWorkerWarnings,
  visibilityProblems,
  withQueueUrl,
} from "../../src/model/queue-worker";
import { plannedStepPolicies } from "../../src/model/scaling-steps";
import type { TaskContainer } from "../../src/model/task-container";

const OF = { clusterName: "shop", serviceName: "shop-orders", queueName: "shop-orders" };
const WORKER: TaskContainer = { name: "worker", image: "worker:1", cpu: "250m", memory: "512Mi" };

const queue = (options: QueueOptions) => queueProblems(options).map(({ message }) => message);
const scaling = (options: Partial<BacklogScaling>) =>
  backlogProblems({ maximum: 10, ...options }, OF).map(({ message }) => message);

describe("a queue", () => {
  test("may be left to its defaults", () => {
    expect(queue({})).toEqual([]);
    expect(queueNames("shop-orders", {})).toEqual({ queue: "shop-orders", deadLetter: "shop-orders-dead-letters" });
  });

  test("that keeps the order has names that end in .fifo", () => {
    expect(queueNames("shop-orders", { fifo: {} })).toEqual({
      queue: "shop-orders.fifo",
      deadLetter: "shop-orders-dead-letters.fifo",
    });
  });

  test("has room in its name for what stands behind it", () => {
    const longest = (options: QueueOptions) =>
      Array.from({ length: 81 }, (_, index) => 81 - index).find(
        (length) => queueNameProblem("q".repeat(length), options, "shorten it") === undefined,
      );
    expect(longest({ deadLetter: false })).toBe(80);
    expect(longest({ deadLetter: false, fifo: {} })).toBe(75);
    expect(longest({})).toBe(80 - "-dead-letters".length);
    expect(longest({ fifo: {} })).toBe(75 - "-dead-letters".length);
  });

  test.each<[QueueOptions, string]>([
    [
      { visibilityTimeoutInSeconds: 43_201 },
      "'visibilityTimeoutInSeconds' of the queue must be a whole number from 0 to 43200, got 43201",
    ],
    [{ retentionInSeconds: 59 }, "'retentionInSeconds' of the queue must be a whole number from 60 to 1209600, got 59"],
    [{ delayInSeconds: 901 }, "'delayInSeconds' of the queue must be a whole number from 0 to 900, got 901"],
    [
      { maxMessageSizeInBytes: 1_048_577 },
      "'maxMessageSizeInBytes' of the queue must be a whole number from 1024 to 1048576, got 1048577",
    ],
    [{ receiveWaitInSeconds: 0.5 }, "'receiveWaitInSeconds' of the queue must be a whole number from 0 to 20, got 0.5"],
    [
      { deadLetter: { maxReceiveCount: 0 } },
      "'maxReceiveCount' of 'deadLetter' must be a whole number from 1 to 1000, got 0",
    ],
    [
      { deadLetter: { retentionInSeconds: 1_209_601 } },
      "'retentionInSeconds' of 'deadLetter' must be a whole number from 60 to 1209600, got 1209601",
    ],
  ])("is refused with %j", (options, message) => {
    expect(queue(options)).toEqual([message]);
  });

  test("is refused with an alias in place of its key", () => {
    expect(queue({ kmsKeyArn: "alias/queues" })[0]).toContain(
      "'kmsKeyArn' must be the ARN of a KMS key, not of an alias",
    );
    expect(queueProblems({ kmsKeyArn: "${token}" }, () => false)).toEqual([]);
  });

  test("keeps dead letters longer than messages, which keep their age", () => {
    expect(queue({ deadLetter: { retentionInSeconds: 345_600 } })).toEqual([
      "'retentionInSeconds' of 'deadLetter' must be longer than the queue's (345600), as a message keeps its age when it goes there, got 345600; raise it",
    ]);
    expect(queue({ retentionInSeconds: 1_209_600 })).toEqual([
      "'retentionInSeconds' of 'deadLetter' must be longer than the queue's (1209600), as a message keeps its age when it goes there, got 1209600; lower 'retentionInSeconds' of the queue",
    ]);
    expect(queue({ retentionInSeconds: 1_209_600, deadLetter: false })).toEqual([]);
    expect(queue({ retentionInSeconds: 1_209_600, fifo: {} })).toEqual([]);
  });
});

describe("the scaling of a queue worker", () => {
  const latency = { acceptableLatencyInSeconds: 300, averageProcessingTimeInSeconds: 20 };

  test("has a backlog per task that is acceptable latency by processing time", () => {
    expect(backlogPerTask({ maximum: 10, ...latency })).toBe(15);
    expect(backlogPerTask({ maximum: 10, ...latency, messagesAtOnce: 4 })).toBe(60);
    expect(backlogPerTask({ maximum: 10, backlogPerTask: 7 })).toBe(7);
  });

  test("keeps one task at least unless it is told that none will do", () => {
    const { minimum, maximum, steps, targetTracking } = backlogScaling({ maximum: 10, ...latency }, OF);
    expect({ minimum, maximum, steps }).toEqual({ minimum: 1, maximum: 10, steps: undefined });
    expect(targetTracking).toEqual({
      backlog: {
        metric: {
          expression: "IF(running > 0, visible / running, visible)",
          label: "Backlog per task",
          metrics: {
            running: {
              namespace: "ECS/ContainerInsights",
              name: "RunningTaskCount",
              dimensions: { ClusterName: "shop", ServiceName: "shop-orders" },
              statistic: "Average",
            },
            visible: {
              namespace: "AWS/SQS",
              name: "ApproximateNumberOfMessagesVisible",
              dimensions: { QueueName: "shop-orders" },
              statistic: "Maximum",
            },
          },
        },
        target: 15,
        scaleOutCooldownInSeconds: 60,
      },
    });
  });

  test("counts tasks by samples of their CPU where the cluster has no Container Insights", () => {
    const { targetTracking } = backlogScaling({ maximum: 10, ...latency, countTasksBy: "cpuSamples" }, OF);
    expect(targetTracking?.backlog?.metric).toMatchObject({
      metrics: { running: { namespace: "AWS/ECS", name: "CPUUtilization", statistic: "SampleCount" } },
    });
  });

  test("brings the first tasks by steps, when the minimum or that of a schedule is 0", () => {
    const steps = (options: Partial<BacklogScaling>) =>
      backlogScaling({ maximum: 5, backlogPerTask: 10, ...options }, OF).steps;
    expect(steps({ minimum: 1 })).toBeUndefined();
    const fromZero = steps({ minimum: 0 })?.["from-zero"];
    expect(fromZero?.metric).toMatchObject({ expression: "IF(FILL(running, 0) < 1, visible, 0)" });
    expect(fromZero?.steps).toEqual([
      { to: 1 },
      { from: 1, to: 20, change: 1 },
      { from: 20, to: 40, change: 2 },
      { from: 40, change: 4 },
    ]);
    expect(steps({ schedules: { night: { schedule: "rate(1 day)", minimum: 0 } } })).toEqual({ "from-zero": fromZero });
  });

  test("is accepted by the rules of scaling, and never brings more first tasks than the backlog is worth", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.integer({ min: 1, max: 100_000 }),
        (maximum, perTask, backlog) => {
          const options = { minimum: 0, maximum, backlogPerTask: perTask };
          expect(backlogProblems(options, OF)).toEqual([]);
          const steps = backlogScaling(options, OF).steps?.["from-zero"]?.steps ?? [];
          const [policy] = plannedStepPolicies({ steps });
          const distance = backlog - (policy?.threshold ?? 0);
          const changes = (policy?.intervals ?? [])
            .filter(
              ({ lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY }) =>
                distance >= lower && distance < upper,
            )
            .map(({ change }) => change);
          expect(changes).toHaveLength(1);
          const [tasks = 0] = changes;
          expect(tasks).toBeGreaterThanOrEqual(1);
          expect(tasks).toBeLessThanOrEqual(Math.max(1, Math.min(maximum, Math.ceil(backlog / perTask))));
        },
      ),
    );
  });

  test.each<[Partial<BacklogScaling>, string]>([
    [
      {},
      "the scaling of a queue worker must have 'backlogPerTask', or 'acceptableLatencyInSeconds' and 'averageProcessingTimeInSeconds', of which it is computed",
    ],
    [
      { acceptableLatencyInSeconds: 60 },
      "the scaling of a queue worker must have 'backlogPerTask', or 'acceptableLatencyInSeconds' and 'averageProcessingTimeInSeconds', of which it is computed",
    ],
    [
      { backlogPerTask: 5, acceptableLatencyInSeconds: 60 },
      "'backlogPerTask' and 'acceptableLatencyInSeconds' say the same in two ways; keep one of them",
    ],
    [{ backlogPerTask: 0.5 }, "'backlogPerTask' must be at least 1, got 0.5"],
    [{ backlogPerTask: 0 }, "'backlogPerTask' must be above 0, got 0"],
    [{ ...latency, messagesAtOnce: 1.5 }, "'messagesAtOnce' must be a whole number of at least 1, got 1.5"],
    [
      { acceptableLatencyInSeconds: 10, averageProcessingTimeInSeconds: 20 },
      "'acceptableLatencyInSeconds' must be at least 'averageProcessingTimeInSeconds' (20), as a message may wait for the one before it, got 10; raise it",
    ],
    [
      { ...latency, countTasksBy: "guess" as never },
      `'countTasksBy' must be "containerInsights" or "cpuSamples", got "guess"`,
    ],
    [
      { ...latency, minimum: 11 },
      "'minimum' must not be above 'maximum' (10), got 11; exchange them, or raise 'maximum'",
    ],
    [
      { ...latency, scaleInCooldownInSeconds: -1 },
      `'scaleInCooldownInSeconds' of target tracking "backlog" must be a whole number of at least 0, got -1`,
    ],
    [
      { ...latency, schedules: { night: { schedule: "daily", minimum: 0 } } },
      `'schedule' of schedule "night" must be a cron, rate or at expression of Application Auto Scaling, got "daily"; write it like "cron(30 2 * * ? *)", "rate(6 hours)" or "at(2026-12-31T23:00:00)"`,
    ],
  ])("is refused with %j", (options, message) => {
    expect(scaling(options)).toEqual([message]);
  });

  test("tells problems where they are in its own options", () => {
    const at = (options: Partial<BacklogScaling>) => backlogProblems({ maximum: 10, ...options }, OF)[0]?.at;
    expect(at({ ...latency, scaleInCooldownInSeconds: -1 })).toEqual(["scaleInCooldownInSeconds"]);
    expect(at({ ...latency, schedules: { night: { schedule: "daily", minimum: 0 } } })).toEqual([
      "schedules",
      "night",
      "schedule",
    ]);
  });
});

describe("a message that is worked on", () => {
  const times = (visibilityTimeoutInSeconds: number, processing: number, stop?: number) => ({
    queue: { visibilityTimeoutInSeconds },
    scaling: { maximum: 1, averageProcessingTimeInSeconds: processing },
    containers: [WORKER, stop === undefined ? WORKER : { ...WORKER, stopTimeoutInSeconds: stop }],
  });
  const messages = (...given: Parameters<typeof times>) =>
    visibilityProblems(times(...given)).map(({ message }) => message);

  test("does not come back to others before it is done", () => {
    expect(messages(60, 60)).toEqual([]);
    expect(messages(60, 61)).toEqual([
      "'visibilityTimeoutInSeconds' must be at least 'averageProcessingTimeInSeconds' (61), or others receive the message while it is worked on, got 60; raise it to several times that",
    ]);
  });

  test("does not come back while a task that stops finishes it", () => {
    expect(messages(29, 5)).toEqual([
      "'visibilityTimeoutInSeconds' must be at least the longest 'stopTimeoutInSeconds' (30), in which a task that stops finishes its message, got 29; raise it",
    ]);
    expect(messages(100, 5, 120)[0]).toContain("(120)");
  });

  test("may take longer than a task has to stop, with a warning", () => {
    const warnings = (processing: number, protect = false) =>
      queueWorkerWarnings(times(900, processing), false, protect);
    expect(warnings(30)).toEqual([]);
    expect(warnings(90)).toEqual([
      "a message takes 90 seconds, and a task that is stopped has 30 to finish it: raise 'stopTimeoutInSeconds' of its container, or have the message worked off again",
    ]);
    expect(warnings(121)).toEqual([
      "a message takes 121 seconds, and a task that is stopped has 30 to finish it: let it protect itself while it works ('protectTasks'), or have the message worked off again",
    ]);
    expect(warnings(121, true)).toEqual([]);
  });

  test("is given up too soon on Spot after less than three tries, with a warning", () => {
    const warnings = (spot: boolean, deadLetter: QueueOptions["deadLetter"]) =>
      queueWorkerWarnings(
        { ...times(900, 5), queue: { ...(deadLetter === undefined ? {} : { deadLetter }) } },
        spot,
        false,
      );
    expect(warnings(true, { maxReceiveCount: 2 })).toEqual([
      "a message is given up after 2 receives, and every end of a task on Spot may be one; let 'maxReceiveCount' be at least 3",
    ]);
    expect(warnings(false, { maxReceiveCount: 2 })).toEqual([]);
    expect(warnings(true, undefined)).toEqual([]);
    expect(warnings(true, false)).toEqual([]);
  });
});

describe("the URL of the queue", () => {
  test("is in the environment of each container", () => {
    const containers = [
      { ...WORKER, environment: { MODE: "fast" } },
      { ...WORKER, name: "other" },
    ];
    expect(withQueueUrl(containers, "QUEUE_URL", "https://q").map(({ environment }) => environment)).toEqual([
      { MODE: "fast", QUEUE_URL: "https://q" },
      { QUEUE_URL: "https://q" },
    ]);
  });

  test("takes nobody's place", () => {
    const containers = [
      { ...WORKER, environment: { QUEUE_URL: "https://other" } },
      { ...WORKER, name: "other", secrets: { QUEUE_URL: { parameterArn: "arn" } } },
    ];
    expect(queueUrlProblems(containers, "QUEUE_URL")).toEqual([
      {
        at: ["containers", 0, "environment", "QUEUE_URL"],
        message: `variable "QUEUE_URL" of container "worker" is set by the queue worker; leave it out, or give 'queueUrlVariable'`,
      },
      {
        at: ["containers", 1, "secrets", "QUEUE_URL"],
        message: `variable "QUEUE_URL" of container "other" is set by the queue worker; leave it out, or give 'queueUrlVariable'`,
      },
    ]);
    expect(queueUrlProblems(containers, "ORDERS_URL")).toEqual([]);
  });
});

describe("alarms of a queue", () => {
  const planned = (...given: Parameters<typeof plannedQueueAlarms>) =>
    plannedQueueAlarms(...given).map(({ key, threshold, minutes }) => [key, threshold, minutes]);

  test("go off at the first message given up, and when one waits twice as long as is acceptable", () => {
    expect(planned({}, { acceptableLatencyInSeconds: 600 }, true)).toEqual([
      ["age", 1200, 5],
      ["dead-letters", 0, 1],
    ]);
  });

  test("leave time for metrics that are late, and an hour where nobody said what is acceptable", () => {
    expect(planned({}, { acceptableLatencyInSeconds: 60 }, false)).toEqual([["age", 900, 5]]);
    expect(planned({}, {}, false)).toEqual([["age", 3600, 5]]);
  });

  test("may be other ones, or none", () => {
    expect(planned({ age: { seconds: 30, minutes: 2 }, deadLetters: { messages: 10 } }, {}, true)).toEqual([
      ["age", 30, 2],
      ["dead-letters", 9, 1],
    ]);
    expect(planned({ age: false, deadLetters: false }, {}, true)).toEqual([]);
  });

  test("are refused when they cannot be", () => {
    const messages = (...given: Parameters<typeof queueAlarmsProblems>) =>
      queueAlarmsProblems(...given).map(({ message }) => message);
    expect(messages({ age: { seconds: 0, minutes: 1441 } }, true)).toEqual([
      `'seconds' of alarm "age" must be a whole number of at least 1, got 0`,
      `'minutes' of alarm "age" must be a whole number from 1 to 1440, got 1441`,
    ]);
    expect(messages({ deadLetters: { messages: 0.5 } }, true)).toEqual([
      `'messages' of alarm "deadLetters" must be a whole number of at least 1, got 0.5`,
    ]);
    expect(messages({ deadLetters: { messages: 1 } }, false)).toEqual([
      `alarm "deadLetters" watches a dead-letter queue, and there is none; leave it out`,
    ]);
    expect(messages({ topicArns: ["on-call"] }, true)).toEqual([
      `'topicArns' must hold ARNs of SNS topics, like "arn:aws:sns:eu-west-1:111122223333:alarms", got "on-call"`,
    ]);
  });
});
