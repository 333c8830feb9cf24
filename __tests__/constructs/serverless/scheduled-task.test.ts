import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn, type TerraformStack } from "cdktf";
import { FargateTaskDefinition } from "../../../src/constructs/ecs/fargate-task-definition";
import { ScheduleGroup } from "../../../src/constructs/serverless/schedule-group";
import { ScheduledTask, type ScheduledTaskProps } from "../../../src/constructs/serverless/scheduled-task";
import type { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import { clusterOf, taskOf } from "../../support/ecs";
import {
  addresses,
  PARTITIONS,
  refusal,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

const add = (stack: TerraformStack, props: Partial<ScheduledTaskProps> = {}, id = "nightly") =>
  new ScheduledTask(stack, id, {
    cluster: clusterOf(),
    taskDefinition: taskOf(),
    schedule: "cron(30 2 * * ? *)",
    ...props,
  });

const synthWith = (props: Partial<ScheduledTaskProps> = {}, region = "eu-west-1") =>
  synthIn(region, (stack) => add(stack, props));

test("two of one name are refused, also in two groups, as their roles have one name", () => {
  const stack = stackFor();
  add(stack, { scheduleName: "report" }, "one");
  const group = ScheduleGroup.fromName(stack, "other");
  expect(refusal(() => add(stack, { scheduleName: "report", group }, "two"))).toBe(
    '[test/two/schedule] schedule "report" is there already, as "test/one/schedule"; give one of the two another name',
  );
});

test("the least is a schedule with a group, a role, a queue and a security group", () => {
  const synthesized = synthWith();
  expect(addresses(synthesized)).toEqual([
    "aws_iam_role.nightly_schedule_role",
    "aws_iam_role_policy.nightly_schedule_role-policy",
    "aws_scheduler_schedule.nightly_schedule_schedule",
    "aws_scheduler_schedule_group.schedules-of-shop_group",
    "aws_security_group.nightly_network_security-group",
    "aws_sqs_queue.nightly_schedule_dead-letters_queue",
    "aws_vpc_security_group_egress_rule.nightly_network_egress",
  ]);
  expect(resource(synthesized, SchedulerSchedule)).toMatchObject({
    name: "shop-nightly",
    group_name: "${aws_scheduler_schedule_group.schedules-of-shop_group.name}",
    schedule_expression: "cron(30 2 * * ? *)",
    schedule_expression_timezone: "UTC",
    state: "ENABLED",
    flexible_time_window: { mode: "OFF" },
    target: {
      arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
      role_arn: "${aws_iam_role.nightly_schedule_role.arn}",
      dead_letter_config: { arn: "${aws_sqs_queue.nightly_schedule_dead-letters_queue.arn}" },
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      ecs_parameters: {
        task_definition_arn: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:1",
        task_count: 1,
        launch_type: "FARGATE",
        propagate_tags: "TASK_DEFINITION",
        enable_ecs_managed_tags: true,
        enable_execute_command: false,
        network_configuration: {
          subnets: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
          security_groups: ["${aws_security_group.nightly_network_security-group.id}"],
          assign_public_ip: false,
        },
      },
    },
  });
  expect(resource(synthesized, SchedulerSchedule).target).not.toHaveProperty("input");
});

test("the most", () => {
  const synthesized = synthWith({
    timeZone: "Europe/Berlin",
    flexibleWindowInMinutes: 15,
    start: "2027-01-01T00:00:00Z",
    end: "2028-01-01T00:00:00Z",
    enabled: false,
    description: "Yesterday's sales",
    retries: { attempts: 0, maximumAgeInSeconds: 60 },
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/a",
    taskCount: 10,
    capacity: { FARGATE_SPOT: { weight: 3 }, FARGATE: { base: 1 } },
    platformVersion: "1.4.0",
    propagateTags: false,
    containers: { web: { args: ["--full"], environment: { MODE: "full" } } },
    subnets: ["subnet-b", "subnet-a"],
    additionalSecurityGroupIds: ["sg-2", "sg-1"],
    egress: { https: { cidr: "0.0.0.0/0", port: 443 } },
    scheduleName: "report",
    deadLetters: {
      retentionInDays: 7,
      kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/b",
      topicArns: ["arn:aws:sns:eu-west-1:111122223333:alarms"],
    },
  });
  expect(resource(synthesized, SchedulerSchedule)).toMatchObject({
    name: "report",
    description: "Yesterday's sales",
    schedule_expression_timezone: "Europe/Berlin",
    start_date: "2027-01-01T00:00:00Z",
    end_date: "2028-01-01T00:00:00Z",
    state: "DISABLED",
    kms_key_arn: "arn:aws:kms:eu-west-1:111122223333:key/a",
    flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 15 },
    target: {
      input: JSON.stringify({
        containerOverrides: [{ name: "web", command: ["--full"], environment: [{ name: "MODE", value: "full" }] }],
      }),
      retry_policy: { maximum_event_age_in_seconds: 60, maximum_retry_attempts: 0 },
      ecs_parameters: {
        task_count: 10,
        platform_version: "1.4.0",
        capacity_provider_strategy: [
          { capacity_provider: "FARGATE", base: 1, weight: 1 },
          { capacity_provider: "FARGATE_SPOT", base: 0, weight: 3 },
        ],
        network_configuration: {
          subnets: ["subnet-a", "subnet-b"],
          security_groups: ["${aws_security_group.nightly_network_security-group.id}", "sg-1", "sg-2"],
        },
      },
    },
  });
  const { ecs_parameters: ecs } = resource(synthesized, SchedulerSchedule).target as { ecs_parameters: object };
  expect(ecs).not.toHaveProperty("launch_type");
  expect(ecs).not.toHaveProperty("propagate_tags");
  expect(resource(synthesized, SqsQueue)).toMatchObject({
    name: "report-schedule-dead-letters",
    message_retention_seconds: 604_800,
    kms_master_key_id: "arn:aws:kms:eu-west-1:111122223333:key/b",
  });
  expect(resource(synthesized, CloudwatchMetricAlarm)).toMatchObject({
    alarm_name: "report-schedule-dead-letters",
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "report-schedule-dead-letters" },
    threshold: 0,
    comparison_operator: "GreaterThanThreshold",
    treat_missing_data: "notBreaching",
    alarm_actions: ["arn:aws:sns:eu-west-1:111122223333:alarms"],
  });
});

test.each(PARTITIONS)(
  "in $partition its role runs this task on this cluster alone, for this group alone",
  ({ region, partition }) => {
    const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:111122223333:${rest}`;
    const cluster = clusterOf({ clusterArn: arn("ecs", "cluster/shop") });
    const synthesized = synthWith({ cluster }, region);
    expect(statements(resource(synthesized, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:SourceArn": "${aws_scheduler_schedule_group.schedules-of-shop_group.arn}" },
          StringEquals: { "aws:SourceAccount": "111122223333" },
        },
      },
    ]);
    expect(statements(resource(synthesized, IamRolePolicy).policy)).toEqual([
      {
        Sid: "RunTasks",
        Effect: "Allow",
        Action: "ecs:RunTask",
        Resource: arn("ecs", "task-definition/shop-web:*"),
        Condition: { ArnEquals: { "ecs:cluster": arn("ecs", "cluster/shop") } },
      },
      {
        Sid: "TagTasks",
        Effect: "Allow",
        Action: "ecs:TagResource",
        Resource: arn("ecs", "task/shop/*"),
        Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
      },
      {
        Sid: "PassRolesOfTasks",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ["arn:aws:iam::111122223333:role/shop-web-execution", "arn:aws:iam::111122223333:role/shop-web-task"],
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
      {
        Sid: "SendDeadLetters",
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: "${aws_sqs_queue.nightly_schedule_dead-letters_queue.arn}",
      },
    ]);
  },
);

test("its queue is encrypted, keeps messages for 14 days, and takes them over TLS alone", () => {
  const queue = resource(synthWith(), SqsQueue);
  expect(queue).toMatchObject({ sqs_managed_sse_enabled: true, message_retention_seconds: 1_209_600 });
  expect(statements(queue.policy)).toEqual([
    {
      Sid: "EncryptionInTransit",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "sqs:*",
      Resource: "arn:aws:sqs:eu-west-1:111122223333:shop-nightly-schedule-dead-letters",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("a queue's own key may be used by the role", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/b";
  expect(statements(resource(synthWith({ deadLetters: { kmsKeyArn: key } }), IamRolePolicy).policy)).toContainEqual({
    Sid: "EncryptDeadLetters",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: key,
    Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
  });
});

test("it starts nothing before its role may, the network leads out and the cluster is ready", () => {
  const capacity = { fqn: "aws_ecs_cluster_capacity_providers.shop" };
  expect(resource(synthWith({ cluster: clusterOf({ ready: [capacity] }) }), SchedulerSchedule).depends_on).toEqual([
    "aws_iam_role_policy.nightly_schedule_role-policy",
    "aws_ecs_cluster_capacity_providers.shop",
    "aws_vpc_security_group_egress_rule.nightly_network_egress",
  ]);
});

test("what could not be started may go to a queue that is there, or nowhere", () => {
  const queueArn = "arn:aws:sqs:eu-west-1:111122223333:undelivered";
  const there = synthWith({ deadLetters: { queueArn } });
  expect(resources(there, SqsQueue)).toEqual({});
  expect(resource(there, SchedulerSchedule)).toMatchObject({ target: { dead_letter_config: { arn: queueArn } } });
  expect(statements(resource(there, IamRolePolicy).policy)).toContainEqual({
    Sid: "SendDeadLetters",
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: queueArn,
  });
  const nowhere = synthWith({ deadLetters: false });
  expect(resources(nowhere, SqsQueue)).toEqual({});
  expect(resource(nowhere, SchedulerSchedule).target).not.toHaveProperty("dead_letter_config");
});

test("schedules of a cluster share a group, unless they are given one", () => {
  const stack = stackFor();
  add(stack, {}, "a");
  add(stack, {}, "b");
  add(stack, { group: ScheduleGroup.fromName(stack, "default") }, "c");
  const synthesized = synth(stack);
  expect(resources(synthesized, SchedulerScheduleGroup)).toMatchObject({ "schedules-of-shop_group": { name: "shop" } });
  expect(resource(synthesized, SchedulerSchedule, "c_schedule_schedule").group_name).toBe("default");
  expect(String(resource(synthesized, IamRole, "c_schedule_role").assume_role_policy)).toContain(
    "arn:aws:scheduler:eu-west-1:111122223333:schedule-group/default",
  );
});

test("a task on instances has their network unless it has an interface of its own", () => {
  const general = clusterOf({ capacityProviders: [{ name: "general", kind: "ec2" }] });
  const bridged = synthWith({
    cluster: general,
    taskDefinition: taskOf({ launch: "EC2", ownNetworkInterface: false }),
    capacity: { general: {} },
  });
  expect(resources(bridged, SecurityGroup)).toEqual({});
  expect(resource(bridged, SchedulerSchedule)).not.toMatchObject({
    target: { ecs_parameters: { network_configuration: expect.anything() } },
  });
  const external = synthWith({ taskDefinition: taskOf({ launch: "EXTERNAL", ownNetworkInterface: false }) });
  expect(resource(external, SchedulerSchedule)).toMatchObject({
    target: { ecs_parameters: { launch_type: "EXTERNAL" } },
  });
});

test("the file systems of its task let its security group in, each once", () => {
  const asked: string[][] = [];
  const fileSystem = { allowFrom: (key: string, group: string) => asked.push([key, group]) } as unknown as EfsStorage;
  const stack = stackFor();
  const { securityGroupIds } = add(stack, { taskDefinition: taskOf({ fileSystems: [fileSystem, fileSystem] }) });
  expect(asked).toEqual([["nightly", securityGroupIds[0]]]);
});

test("a task without a capacity runs on the cluster's default one", () => {
  const stack = stackFor();
  add(stack, { cluster: clusterOf({ defaultCapacity: { FARGATE_SPOT: {} } }) });
  const { target } = resource(synth(stack), SchedulerSchedule);
  expect(target).toMatchObject({
    ecs_parameters: { capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 }] },
  });
  expect((target as { ecs_parameters: object }).ecs_parameters).not.toHaveProperty("launch_type");
});

test.each<[Partial<ScheduledTaskProps>, string]>([
  [
    { schedule: "0 3 * * *" },
    `[test/nightly] 'schedule' must be a cron, rate or at expression of EventBridge Scheduler, got "0 3 * * *"; did you mean "cron(0 3 * * ? *)"?`,
  ],
  [
    { timeZone: "Berlin" },
    `'timeZone' must be a name of the time zone database, like "Europe/Berlin" or "UTC", got "Berlin"`,
  ],
  [{ timeZone: "+01:00" }, `'timeZone' must be a name`],
  [{ timeZone: "europe/berlin" }, `write "Europe/Berlin"`],
  [{ flexibleWindowInMinutes: 0 }, "'flexibleWindowInMinutes' must be a whole number from 1 to 1440, got 0"],
  [{ flexibleWindowInMinutes: 1441 }, "got 1441"],
  [{ start: "tomorrow" }, `'start' must be a moment in UTC, like "2026-12-01T00:00:00Z", got "tomorrow"`],
  [{ start: "2027-02-30T00:00:00Z" }, "'start' must be a moment in UTC"],
  [
    { start: "2027-02-01T00:00:00Z", end: "2027-01-01T00:00:00Z" },
    `'end' must be later than 'start' "2027-02-01T00:00:00Z"`,
  ],
  [{ schedule: "at(2027-01-01T00:00:00)", end: "2027-01-01T00:00:00Z" }, "which runs once; leave it out"],
  [{ description: "x".repeat(513) }, "'description' must be at most 512 characters, got 513"],
  [{ retries: { attempts: 186 } }, "'attempts' must be a whole number from 0 to 185, got 186"],
  [{ retries: { maximumAgeInSeconds: 59 } }, "'maximumAgeInSeconds' must be a whole number from 60 to 86400, got 59"],
  [{ kmsKeyArn: "alias/x" }, "'kmsKeyArn' must be the ARN of a KMS key"],
  [{ taskCount: 11 }, "'taskCount' must be a whole number from 1 to 10, got 11"],
  [{ deadLetters: { retentionInDays: 15 } }, "'retentionInDays' must be a whole number from 1 to 14, got 15"],
  [{ deadLetters: { queueArn: "dead" } }, "'queueArn' must be the ARN of a standard SQS queue"],
  [{ deadLetters: { queueArn: "arn:aws:sqs:eu-west-1:111122223333:x.fifo" } }, "standard SQS queue"],
  [{ deadLetters: { topicArns: ["me@example.com"] } }, "'topicArns' must hold ARNs of SNS topics"],
  [{ scheduleName: "a b" }, "the name of an EventBridge schedule must be 1 to 64 characters"],
  [{ scheduleName: "x".repeat(60) }, "the name of an IAM role must be 1 to 64 characters"],
  [{ capacity: { SPOT: {} } }, "'capacity' must name capacity providers of the cluster"],
  [{ subnets: "public" }, "without 'assignPublicIp'"],
])("%j is refused", (props, words) => {
  expect(refusal(() => synthWith(props))).toContain(words);
});

test("a container gets no more than its task definition has for the whole task", () => {
  const stack = stackFor();
  const taskDefinition = new FargateTaskDefinition(stack, "report", {
    cluster: clusterOf(),
    containers: [{ name: "report", image: "registry.example.com/report:1", cpu: "300m", memory: "600Mi" }],
  });
  const of = (id: string, memory: string) => () =>
    add(stack, { taskDefinition, containers: { report: { cpu: "500m", memory } } }, id);
  // 0.5 vCPU and 1 GiB are the smallest size that holds the container.
  expect(of("fits", "1Gi")).not.toThrow();
  expect(refusal(of("nightly", "2Gi"))).toBe(
    `[test/nightly] 'memory' of container "report" must be at most that of the whole task, "1Gi", got "2Gi"; lower it, or give the task definition a larger 'size'`,
  );
});

test("what Terraform alone knows is left to AWS", () => {
  const token = Fn.join("", ["a", "b"]);
  expect(() => synthWith({ schedule: token, timeZone: token, start: token, kmsKeyArn: token })).not.toThrow();
  expect(refusal(() => synthWith({ cluster: clusterOf({ clusterName: token }), scheduleName: "x" }))).toContain(
    "the name of the cluster is known to Terraform alone; give the group of its schedules as 'group'",
  );
});

test("a group of its own is not the one that every account has", () => {
  expect(refusal(() => ScheduleGroup.fromName(stackFor(), "a b"))).toContain(
    "the name of an EventBridge schedule group",
  );
  const of = (scheduleGroupName: string) => () => new ScheduleGroup(stackFor(), "group", { scheduleGroupName });
  expect(refusal(of("default"))).toContain(`'scheduleGroupName' must not be "default"`);
  expect(refusal(of("a b"))).toContain("the name of an EventBridge schedule group must be 1 to 64 characters");
});

test("another task in between moves nothing", () => {
  const with2 = synthIn("eu-west-1", (stack) => ["a", "c"].map((id) => add(stack, {}, id)));
  const with3 = synthIn("eu-west-1", (stack) => ["a", "b", "c"].map((id) => add(stack, {}, id)));
  expect(addresses(with3)).toEqual(expect.arrayContaining(addresses(with2)));
});

test.each([
  ["cron(30 2 * * ? *)", "Europe/Berlin", 1],
  ["cron(30 4 * * ? *)", "Europe/Berlin", 0],
  [Fn.upper("cron(30 2 * * ? *)"), "Europe/Berlin", 0],
])("%s in %s has as many warnings of summer time: %i", (schedule, timeZone, count) => {
  const stack = stackFor();
  add(stack, { schedule, timeZone });
  const said = warnings(stack);
  expect(said).toHaveLength(count);
  expect(said.join()).toMatch(count === 0 ? /^$/ : /^\[test\/nightly\/schedule\] 'schedule' .* has no 02:30; /);
});
