import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { TerraformStack } from "cdktf";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import { QueueWorker, type QueueWorkerProps } from "../../../src/constructs/serverless/queue-worker";
import { TaskQueue, type TaskQueueProps } from "../../../src/constructs/serverless/task-queue";
import { vpcOf } from "../../support/constructs";
import { addresses, refusal, resource, resources, stackFor, statements, synth, warnings } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";

function queueIn(stack: TerraformStack, props: Partial<TaskQueueProps> = {}): TaskQueue {
  return new TaskQueue(stack, "orders", { queueName: "shop-orders", ...props });
}

/** What is granted to somebody, by key. */
function grantee() {
  const granted: Record<string, unknown> = {};
  const grant = (key: string, given: unknown) => {
    granted[key] = given;
  };
  return { granted, grant };
}

describe("a queue for tasks", () => {
  test("is encrypted, is asked over TLS alone, and has a dead-letter queue that is its own", () => {
    const stack = stackFor();
    const queue = queueIn(stack);
    const synthesized = synth(stack);
    expect(addresses(synthesized)).toEqual([
      "aws_sqs_queue.orders_dead-letter-queue",
      "aws_sqs_queue.orders_queue",
      "aws_sqs_queue_policy.orders_dead-letter-queue-policy",
      "aws_sqs_queue_policy.orders_queue-policy",
      "aws_sqs_queue_redrive_allow_policy.orders_redrive-allow-policy",
    ]);
    expect(resource(synthesized, SqsQueue, "orders_queue")).toEqual({
      name: "shop-orders",
      visibility_timeout_seconds: 300,
      message_retention_seconds: 345_600,
      delay_seconds: 0,
      max_message_size: 1_048_576,
      receive_wait_time_seconds: 20,
      sqs_managed_sse_enabled: true,
      redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.orders_dead-letter-queue.arn}","maxReceiveCount":5}',
      lifecycle: { prevent_destroy: true },
    });
    expect(resource(synthesized, SqsQueue, "orders_dead-letter-queue")).toEqual({
      name: "shop-orders-dead-letters",
      message_retention_seconds: 1_209_600,
      max_message_size: 1_048_576,
      sqs_managed_sse_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    for (const name of ["queue", "dead-letter-queue"]) {
      expect(statements(resource(synthesized, SqsQueuePolicy, `orders_${name}-policy`).policy)).toEqual([
        {
          Sid: "EncryptionInTransit",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "sqs:*",
          Resource: `\${aws_sqs_queue.orders_${name}.arn}`,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
    }
    expect(synthesized).toHaveResourceWithProperties(SqsQueueRedriveAllowPolicy, {
      queue_url: "${aws_sqs_queue.orders_dead-letter-queue.url}",
      redrive_allow_policy: '{"redrivePermission":"byQueue","sourceQueueArns":["${aws_sqs_queue.orders_queue.arn}"]}',
    });
    expect(queue).toMatchObject({ queueName: "shop-orders", deadLetterQueueName: "shop-orders-dead-letters" });
    expect(queue.ready).toHaveLength(3);
  });

  test("may keep the order, be encrypted with a key, and have all other values", () => {
    const stack = stackFor();
    const queue = queueIn(stack, {
      visibilityTimeoutInSeconds: 60,
      retentionInSeconds: 120,
      delayInSeconds: 10,
      maxMessageSizeInBytes: 2048,
      receiveWaitInSeconds: 5,
      fifo: { contentBasedDeduplication: true, highThroughput: false },
      deadLetter: { maxReceiveCount: 3, retentionInSeconds: 86_400 },
      kmsKeyArn: KEY,
      deletionProtection: false,
    });
    const synthesized = synth(stack);
    const common = {
      max_message_size: 2048,
      kms_master_key_id: KEY,
      fifo_queue: true,
      content_based_deduplication: true,
      deduplication_scope: "queue",
      fifo_throughput_limit: "perQueue",
    };
    expect(resource(synthesized, SqsQueue, "orders_queue")).toEqual({
      ...common,
      name: "shop-orders.fifo",
      visibility_timeout_seconds: 60,
      message_retention_seconds: 120,
      delay_seconds: 10,
      receive_wait_time_seconds: 5,
      redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.orders_dead-letter-queue.arn}","maxReceiveCount":3}',
    });
    expect(resource(synthesized, SqsQueue, "orders_dead-letter-queue")).toEqual({
      ...common,
      name: "shop-orders-dead-letters.fifo",
      message_retention_seconds: 86_400,
    });
    expect(queue.queueName).toBe("shop-orders.fifo");
  });

  test("may be fast though it keeps the order", () => {
    const stack = stackFor();
    queueIn(stack, { fifo: {} });
    expect(resource(synth(stack), SqsQueue, "orders_queue")).toMatchObject({
      content_based_deduplication: false,
      deduplication_scope: "messageGroup",
      fifo_throughput_limit: "perMessageGroupId",
    });
  });

  test("may do without a dead-letter queue", () => {
    const stack = stackFor();
    const queue = queueIn(stack, { deadLetter: false });
    expect(addresses(synth(stack))).toEqual(["aws_sqs_queue.orders_queue", "aws_sqs_queue_policy.orders_queue-policy"]);
    expect(queue.deadLetterQueueName).toBeUndefined();
    expect(queue.deadLetterQueueArn).toBeUndefined();
  });

  test("lets others send and nothing else, with its key for what SQS does", () => {
    const stack = stackFor("cn-north-1");
    const key = KEY.replace("aws", "aws-cn");
    const queue = queueIn(stack, { kmsKeyArn: key, fifo: {} });
    const shop = grantee();
    queue.grantSend(shop);
    expect(shop.granted).toEqual({
      "send-shop-orders-fifo": [
        { sid: "Send", actions: ["sqs:SendMessage"], resources: [queue.queueArn] },
        {
          sid: "Key",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [key],
          conditions: { StringEquals: { "kms:ViaService": "sqs.cn-north-1.amazonaws.com.cn" } },
        },
      ],
    });
  });

  test("is refused with a name that AWS does not take, and with values that it does not", () => {
    expect(refusal(() => queueIn(stackFor(), { queueName: "orders.fifo" }))).toContain(
      "the name of an Amazon SQS queue must be 1 to 67 characters",
    );
    expect(refusal(() => queueIn(stackFor(), { delayInSeconds: -1 }))).toBe(
      "[test/orders] 'delayInSeconds' of the queue must be a whole number from 0 to 900, got -1",
    );
  });

  test("may be there already", () => {
    const stack = stackFor();
    const queue = TaskQueue.fromAttributes(stack, "events", {
      queueArn: "arn:aws:sqs:eu-west-1:111122223333:shop-events.fifo",
      kmsKeyArn: KEY,
    });
    expect(queue).toMatchObject({
      queueName: "shop-events.fifo",
      queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/shop-events.fifo",
      deadLetterQueueName: undefined,
      visibilityTimeoutInSeconds: undefined,
    });
    const shop = grantee();
    queue.grantSend(shop);
    expect(Object.keys(shop.granted)).toEqual(["send-shop-events-fifo"]);
    expect(addresses(synth(stack))).toEqual([]);
    expect(
      refusal(() => TaskQueue.fromAttributes(stack, "other", { queueArn: "shop-events", kmsKeyArn: "alias/x" })),
    ).toMatch(
      /^\[test\/other\] 'queueArn' must be the ARN of an SQS queue, .*got "shop-events"\n.*'kmsKeyArn' must be/,
    );
  });
});

function workerIn(stack: TerraformStack, props: Partial<QueueWorkerProps> = {}): QueueWorker {
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc: vpcOf() });
  return new QueueWorker(stack, "orders", {
    cluster,
    containers: [{ name: "worker", image: "registry.example.com/orders:1.4.0", cpu: "250m", memory: "512Mi" }],
    scaling: { maximum: 10, backlogPerTask: 20 },
    ...props,
  });
}

/** The environment of the only task definition's first container. */
function environmentIn(synthesized: string): unknown {
  const text = String(resource(synthesized, EcsTaskDefinition).container_definitions);
  const [, environment = "[]"] = /"environment":(\[[^\]]*\])/.exec(text) ?? [];
  return JSON.parse(environment);
}

describe("a queue worker", () => {
  test("is a queue, a service that works it off, scaling by backlog, and alarms", () => {
    const stack = stackFor();
    const worker = workerIn(stack);
    const synthesized = synth(stack);
    expect(addresses(synthesized).filter((address) => address.includes("orders"))).toEqual([
      "aws_appautoscaling_policy.orders_scaling_target-tracking-backlog",
      "aws_appautoscaling_target.orders_scaling_target",
      "aws_cloudwatch_log_group.orders_task-definition_logs",
      "aws_cloudwatch_metric_alarm.orders_alarm-age",
      "aws_cloudwatch_metric_alarm.orders_alarm-dead-letters",
      "aws_ecs_service.orders_service_service",
      "aws_ecs_task_definition.orders_task-definition_task-definition",
      "aws_iam_role.orders_task-definition_execution-role",
      "aws_iam_role.orders_task-definition_task-role",
      "aws_iam_role_policy.orders_task-definition_execution-policy-start",
      "aws_iam_role_policy.orders_task-definition_task-policy-queue",
      "aws_security_group.orders_service_security-group",
      "aws_sqs_queue.orders_queue_dead-letter-queue",
      "aws_sqs_queue.orders_queue_queue",
      "aws_sqs_queue_policy.orders_queue_dead-letter-queue-policy",
      "aws_sqs_queue_policy.orders_queue_queue-policy",
      "aws_sqs_queue_redrive_allow_policy.orders_queue_redrive-allow-policy",
      "aws_vpc_security_group_egress_rule.orders_service_egress",
    ]);
    expect(resource(synthesized, EcsService)).toMatchObject({
      name: "shop-orders",
      desired_count: 1,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    expect(environmentIn(synthesized)).toEqual([
      { name: "QUEUE_URL", value: "${aws_sqs_queue.orders_queue_queue.url}" },
    ]);
    expect(worker.queue.queueName).toBe("shop-orders");
    expect(Object.keys(worker.alarmArns)).toEqual(["age", "dead-letters"]);
    expect(warnings(stack)).toEqual([]);
  });

  test("may receive, hide longer and delete messages of this queue, and nothing else", () => {
    const stack = stackFor();
    workerIn(stack, { queue: { kmsKeyArn: KEY } });
    const { policy } = resource(synth(stack), IamRolePolicy, "orders_task-definition_task-policy-queue");
    expect(statements(policy)).toEqual([
      {
        Sid: "Receive",
        Effect: "Allow",
        Action: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
        Resource: "${aws_sqs_queue.orders_queue_queue.arn}",
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY,
        Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
      },
    ]);
  });

  test("may begin with none, mostly on Spot, and protect its tasks", () => {
    const stack = stackFor();
    workerIn(stack, {
      key: "jobs",
      queue: { queueName: "press-jobs", fifo: {} },
      scaling: {
        minimum: 0,
        maximum: 10,
        acceptableLatencyInSeconds: 600,
        averageProcessingTimeInSeconds: 60,
        schedules: { morning: { schedule: "cron(0 7 * * ? *)", minimum: 1 } },
      },
      queueUrlVariable: "JOBS_URL",
      task: { architecture: "ARM64", family: "press-jobs" },
      service: { serviceName: "jobs", capacity: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 4 } } },
      alarms: { topicArns: [TOPIC], age: { seconds: 60, minutes: 3 } },
      protectTasks: true,
    });
    const synthesized = synth(stack);
    expect(resource(synthesized, EcsService)).toMatchObject({ name: "jobs", desired_count: 0 });
    expect(resource(synthesized, EcsTaskDefinition)).toMatchObject({ family: "press-jobs" });
    expect(environmentIn(synthesized)).toEqual([
      { name: "JOBS_URL", value: "${aws_sqs_queue.orders_queue_queue.url}" },
    ]);
    expect(resource(synthesized, AppautoscalingTarget)).toMatchObject({
      resource_id: "service/shop/jobs",
      min_capacity: 0,
      max_capacity: 10,
    });
    expect(Object.keys(resources(synthesized, AppautoscalingPolicy)).sort()).toEqual([
      "orders_scaling_steps-from-zero-above",
      "orders_scaling_target-tracking-backlog",
    ]);
    expect(resource(synthesized, CloudwatchMetricAlarm, "orders_alarm-age")).toEqual({
      alarm_name: "press-jobs.fifo-age",
      alarm_description:
        "A message waits too long. The tasks are too few, or fail, or do not start (queue press-jobs.fifo)",
      namespace: "AWS/SQS",
      metric_name: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: "press-jobs.fifo" },
      statistic: "Maximum",
      period: 60,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      threshold: 60,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
    expect(resource(synthesized, CloudwatchMetricAlarm, "orders_alarm-dead-letters")).toMatchObject({
      metric_name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "press-jobs-dead-letters.fifo" },
      threshold: 0,
    });
    const { policy } = resource(synthesized, IamRolePolicy, "orders_task-definition_task-policy-protection");
    expect(statements(policy)).toEqual([
      {
        Sid: "Protection",
        Effect: "Allow",
        Action: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
        Resource: "arn:aws:ecs:eu-west-1:111122223333:task/shop/*",
      },
    ]);
  });

  test("may work off a queue that is there", () => {
    const stack = stackFor();
    const queue = TaskQueue.fromAttributes(stack, "events", {
      queueArn: "arn:aws:sqs:eu-west-1:111122223333:shop-events",
      visibilityTimeoutInSeconds: 60,
    });
    workerIn(stack, { queue });
    const synthesized = synth(stack);
    expect(resources(synthesized, SqsQueue)).toEqual({});
    expect(Object.keys(resources(synthesized, CloudwatchMetricAlarm))).toEqual(["orders_alarm-age"]);
    expect(environmentIn(synthesized)).toEqual([
      { name: "QUEUE_URL", value: "https://sqs.eu-west-1.amazonaws.com/111122223333/shop-events" },
    ]);
  });

  test("warns of a message that a task has no time to finish", () => {
    const stack = stackFor();
    workerIn(stack, {
      scaling: { maximum: 5, acceptableLatencyInSeconds: 600, averageProcessingTimeInSeconds: 60 },
    });
    expect(warnings(stack)).toEqual([
      "[test/orders] a message takes 60 seconds, and a task that is stopped has 30 to finish it: raise 'stopTimeoutInSeconds' of its container, or have the message worked off again",
    ]);
  });

  test("is refused when messages would come back while they are worked on", () => {
    expect(
      refusal(() =>
        workerIn(stackFor(), {
          queue: { visibilityTimeoutInSeconds: 30 },
          scaling: { maximum: 5, acceptableLatencyInSeconds: 600, averageProcessingTimeInSeconds: 60 },
        }),
      ),
    ).toBe(
      "[test/orders] 'visibilityTimeoutInSeconds' must be at least 'averageProcessingTimeInSeconds' (60), or others receive the message while it is worked on, got 30; raise it to several times that",
    );
    expect(
      refusal(() => {
        const stack = stackFor();
        const queue = TaskQueue.fromAttributes(stack, "events", {
          queueArn: "arn:aws:sqs:eu-west-1:111122223333:shop-events",
          visibilityTimeoutInSeconds: 20,
        });
        workerIn(stack, { queue });
      }),
    ).toContain("must be at least the longest 'stopTimeoutInSeconds' (30)");
  });

  test("is refused when its scaling or its alarms cannot be", () => {
    expect(refusal(() => workerIn(stackFor(), { scaling: { maximum: 5 } }))).toContain(
      "the scaling of a queue worker must have 'backlogPerTask'",
    );
    expect(refusal(() => workerIn(stackFor(), { alarms: { topicArns: ["on-call"] } }))).toContain(
      "'topicArns' must hold ARNs of SNS topics",
    );
    expect(
      refusal(() => workerIn(stackFor(), { queue: { deadLetter: false }, alarms: { deadLetters: { messages: 1 } } })),
    ).toContain("there is none");
  });

  test("counts tasks by samples where the cluster is known to be without Container Insights", () => {
    const without = (stack: TerraformStack) =>
      new EcsCluster(stack, "dark", { clusterName: "dark", vpc: vpcOf(), containerInsights: false });
    const stack = stackFor();
    workerIn(stack, { cluster: without(stack) });
    expect(JSON.stringify(resource(synth(stack), AppautoscalingPolicy))).toContain("SampleCount");
    const other = stackFor();
    const scaling = { maximum: 5, backlogPerTask: 1, countTasksBy: "containerInsights" as const };
    expect(refusal(() => workerIn(other, { cluster: without(other), scaling }))).toBe(
      `[test/orders] 'countTasksBy' "containerInsights" needs metrics that the cluster does not publish; leave it out, or switch Container Insights on`,
    );
  });

  test("leaves to Terraform what it alone knows", () => {
    const stack = stackFor();
    workerIn(stack, { alarms: { topicArns: [new SnsTopic(stack, "topic", {}).arn] } });
    expect(resource(synth(stack), CloudwatchMetricAlarm, "orders_alarm-age")).toMatchObject({
      alarm_actions: ["${aws_sns_topic.topic.arn}"],
    });
  });
});
