import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TerraformStack } from "cdktf";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import { QueueWorker, type QueueWorkerProps } from "../../../src/constructs/serverless/queue-worker";
import { TaskQueue } from "../../../src/constructs/serverless/task-queue";
import { vpcOf } from "../../support/constructs";
import { addresses, refusal, resource, resources, stackFor, statements, synth, warnings } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";

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

  test.each(["arn:aws:sqs:us-east-1:111122223333:shop-events", "arn:aws:sqs:eu-west-1:444455556666:shop-events"])(
    "does not work off %s, whose messages nobody counts where the tasks are",
    (queueArn) => {
      const stack = stackFor();
      const queue = TaskQueue.fromAttributes(stack, "events", { queueArn });
      expect(refusal(() => workerIn(stack, { queue }))).toBe(
        `[test/orders] 'queueArn' must be a queue in the account and the Region of the tasks ("eu-west-1", 111122223333), as the number of its messages, which they are scaled by, is known there alone, got "${queueArn}"; work it off where it is`,
      );
    },
  );

  test("reaches its queue through an endpoint where there is no NAT gateway", () => {
    const withEndpoints = (endpointServices: string[], service: QueueWorkerProps["service"] = {}) => {
      const stack = stackFor();
      const vpc = vpcOf("eu-west-1", { egress: "endpoints", endpointServices });
      workerIn(stack, { cluster: new EcsCluster(stack, "private", { clusterName: "private", vpc }), service });
    };
    expect(refusal(() => withEndpoints(["ecr.api", "ecr.dkr", "logs"]))).toContain(
      `[test/orders] tasks in private subnets of a VPC without NAT reach their queue through an interface endpoint`,
    );
    expect(() => withEndpoints(["ecr.api", "ecr.dkr", "logs", "sqs"])).not.toThrow();
    expect(() => withEndpoints(["logs"], { subnets: "public", assignPublicIp: true })).not.toThrow();
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

  test("warns of messages that few ends of Spot capacity give up, also where Spot is the cluster's default", () => {
    const stack = stackFor();
    const defaultCapacity = { FARGATE_SPOT: {} };
    workerIn(stack, {
      cluster: new EcsCluster(stack, "spot", { clusterName: "spot", vpc: vpcOf(), defaultCapacity }),
      scaling: { maximum: 5, acceptableLatencyInSeconds: 600, averageProcessingTimeInSeconds: 10 },
      queue: { deadLetter: { maxReceiveCount: 2 } },
    });
    expect(resource(synth(stack), EcsService).capacity_provider_strategy).toEqual([
      { capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 },
    ]);
    expect(warnings(stack)).toEqual([expect.stringContaining("every end of a task on Spot may be one")]);
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
