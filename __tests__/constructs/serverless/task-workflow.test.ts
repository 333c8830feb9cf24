import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { TaskWorkflow, type TaskWorkflowProps } from "../../../src/constructs/serverless/task-workflow";
import type { CapacityMix } from "../../../src/model/ecs-capacity";
import { clusterOf, taskOf } from "../../support/ecs";
import { addresses, PARTITIONS, refusal, resource, resources, statements, synthIn } from "../../support/stack";

const synthWith = (
  props: Partial<TaskWorkflowProps> = {},
  then: (workflow: TaskWorkflow) => void = () => undefined,
  region = "eu-west-1",
) =>
  synthIn(region, (stack) =>
    then(
      new TaskWorkflow(stack, "month-end", {
        cluster: clusterOf(),
        tasks: { load: taskOf() },
        steps: [{ name: "Load", task: "load" }],
        ...props,
      }),
    ),
  );

const machineOf = (synthesized: string) => resource(synthesized, SfnStateMachine);

/** The definition, in which the only expressions are ids without quotes in them. */
const definitionOf = (synthesized: string) =>
  JSON.parse(String(machineOf(synthesized).definition)) as { States: Record<string, { Arguments: unknown }> };

const ARN = "arn:aws:states:eu-west-1:111122223333:stateMachine:shop-month-end";

test("the least is a standard state machine with records, traces and a role", () => {
  const synthesized = synthWith();
  expect(addresses(synthesized)).toEqual([
    "aws_cloudwatch_log_group.month-end_logs_log-group",
    "aws_iam_role.month-end_role",
    "aws_iam_role_policy.month-end_role-policy",
    "aws_security_group.month-end_network_security-group",
    "aws_sfn_state_machine.month-end_state-machine",
    "aws_vpc_security_group_egress_rule.month-end_network_egress",
  ]);
  expect(machineOf(synthesized)).toMatchObject({
    name: "shop-month-end",
    type: "STANDARD",
    role_arn: "${aws_iam_role.month-end_role.arn}",
    tracing_configuration: { enabled: true },
    logging_configuration: {
      level: "ALL",
      include_execution_data: false,
      log_destination: "${aws_cloudwatch_log_group.month-end_logs_log-group.arn}:*",
    },
    depends_on: [
      "aws_iam_role_policy.month-end_role-policy",
      "aws_vpc_security_group_egress_rule.month-end_network_egress",
    ],
  });
  expect(machineOf(synthesized)).not.toHaveProperty("encryption_configuration");
  expect(resource(synthesized, CloudwatchLogGroup)).toMatchObject({
    name: "/aws/vendedlogs/states/shop-month-end",
    retention_in_days: 365,
  });
});

test("a step runs its task as ECS is asked to", () => {
  const { States } = definitionOf(synthWith());
  expect(States.Load).toMatchObject({
    Type: "Task",
    Resource: "arn:aws:states:::ecs:runTask.sync",
    Arguments: {
      Cluster: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
      TaskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:1",
      LaunchType: "FARGATE",
      PropagateTags: "TASK_DEFINITION",
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
          SecurityGroups: ["${aws_security_group.month-end_network_security-group.id}"],
          AssignPublicIp: "DISABLED",
        },
      },
    },
  });
});

test("the most of a step", () => {
  const { States } = definitionOf(
    synthWith({
      subnets: "public",
      assignPublicIp: true,
      steps: [
        {
          name: "Load",
          task: "load",
          capacity: { FARGATE_SPOT: { weight: 2 }, FARGATE: { base: 1 } },
          platformVersion: "1.4.0",
          propagateTags: false,
          timeoutInSeconds: 60,
          containers: {
            web: {
              args: ["load"],
              environment: { AS_OF: { from: "scheduledTime" }, KIND: { from: "detail-type" }, MODE: "full" },
              cpu: "250m",
              memory: "512Mi",
            },
          },
        },
      ],
    }),
  );
  expect(States.Load?.Arguments).toEqual({
    Cluster: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
    TaskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:1",
    CapacityProviderStrategy: [
      { CapacityProvider: "FARGATE", Base: 1, Weight: 1 },
      { CapacityProvider: "FARGATE_SPOT", Base: 0, Weight: 2 },
    ],
    PlatformVersion: "1.4.0",
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: ["subnet-public-a", "subnet-public-b", "subnet-public-c"],
        SecurityGroups: ["${aws_security_group.month-end_network_security-group.id}"],
        AssignPublicIp: "ENABLED",
      },
    },
    Overrides: {
      ContainerOverrides: [
        {
          Name: "web",
          Command: ["load"],
          Environment: [
            { Name: "AS_OF", Value: "{% $string($states.input.scheduledTime) %}" },
            { Name: "KIND", Value: "{% $string($states.input.`detail-type`) %}" },
            { Name: "MODE", Value: "full" },
          ],
          Cpu: 256,
          Memory: 512,
        },
      ],
    },
  });
});

test.each(PARTITIONS)("in $partition its role runs, watches and stops its tasks alone", ({ region, partition }) => {
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:111122223333:${rest}`;
  const clusterArn = arn("ecs", "cluster/shop");
  const synthesized = synthWith(
    { cluster: clusterOf({ clusterArn }), tasks: { load: taskOf(), other: taskOf({ family: "other" }) } },
    undefined,
    region,
  );
  expect(definitionOf(synthesized).States.Load).toMatchObject({
    Resource: `arn:${partition}:states:::ecs:runTask.sync`,
  });
  expect(statements(resource(synthesized, IamRole).assume_role_policy)).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "states.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:SourceArn": arn("states", "stateMachine:shop-month-end") },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    },
  ]);
  const all = statements(resource(synthesized, IamRolePolicy).policy);
  expect(all.map(({ Sid }) => Sid)).toEqual([
    "RunTasks",
    "TagTasks",
    "PassRolesOfTasks",
    "WatchAndStopTasks",
    "HearOfTheEndOfTasks",
    "DeliverLogs",
    "SendTraces",
  ]);
  expect(all).toContainEqual({
    Sid: "RunTasks",
    Effect: "Allow",
    Action: "ecs:RunTask",
    Resource: arn("ecs", "task-definition/shop-web:*"),
    Condition: { ArnEquals: { "ecs:cluster": clusterArn } },
  });
  expect(all).toContainEqual({
    Sid: "WatchAndStopTasks",
    Effect: "Allow",
    Action: ["ecs:DescribeTasks", "ecs:StopTask"],
    Resource: arn("ecs", "task/shop/*"),
    Condition: { ArnEquals: { "ecs:cluster": clusterArn } },
  });
  expect(all).toContainEqual({
    Sid: "HearOfTheEndOfTasks",
    Effect: "Allow",
    Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
    Resource: arn("events", "rule/StepFunctionsGetEventsForECSTaskRule"),
  });
});

test("only what cannot be narrowed has every resource", () => {
  const wide = statements(resource(synthWith(), IamRolePolicy).policy).filter(({ Resource }) => Resource === "*");
  expect(wide.flatMap(({ Action }) => Action).filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
});

test("records and traces may be left out, and take their permissions with them", () => {
  const synthesized = synthWith({ logs: false, tracing: false });
  expect(resources(synthesized, CloudwatchLogGroup)).toEqual({});
  expect(machineOf(synthesized)).not.toHaveProperty("logging_configuration");
  expect(machineOf(synthesized)).toMatchObject({ tracing_configuration: { enabled: false } });
  expect(statements(resource(synthesized, IamRolePolicy).policy).map(({ Sid }) => Sid)).not.toEqual(
    expect.arrayContaining(["DeliverLogs", "SendTraces"]),
  );
});

test("records may hold data, and be kept otherwise", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/a";
  const synthesized = synthWith({
    logs: { level: "ERROR", includeExecutionData: true, retentionInDays: 30, kmsKeyArn },
  });
  expect(machineOf(synthesized).logging_configuration).toMatchObject({ level: "ERROR", include_execution_data: true });
  expect(resource(synthesized, CloudwatchLogGroup)).toMatchObject({ retention_in_days: 30, kms_key_id: kmsKeyArn });
});

test("a key of your own encrypts this workflow's executions", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/a";
  const synthesized = synthWith({ kmsKeyArn });
  expect(machineOf(synthesized).encryption_configuration).toEqual({
    type: "CUSTOMER_MANAGED_KMS_KEY",
    kms_key_id: kmsKeyArn,
  });
  const all = statements(resource(synthesized, IamRolePolicy).policy);
  expect(all).toContainEqual({
    Sid: "EncryptExecutions",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
    Condition: { StringEquals: { "kms:EncryptionContext:aws:states:stateMachineArn": ARN } },
  });
  expect(all.map(({ Sid }) => Sid)).toContain("EncryptLogsOnTheirWay");
  const unrecorded = resource(synthWith({ kmsKeyArn, logs: false }), IamRolePolicy).policy;
  expect(statements(unrecorded).map(({ Sid }) => Sid)).not.toContain("EncryptLogsOnTheirWay");
});

test("a schedule starts it, and tells it for when", () => {
  const synthesized = synthWith({}, (workflow) => {
    workflow.addSchedule("monthly", { schedule: "cron(0 4 1 * ? *)", timeZone: "Europe/Berlin" });
    workflow.addSchedule("yearly", { schedule: "cron(0 4 1 1 ? *)", input: { b: 1, a: 2 }, deadLetters: false });
  });
  const name = (key: string) => `month-end_schedule-${key}`;
  expect(resource(synthesized, SchedulerSchedule, `${name("monthly")}_schedule`)).toMatchObject({
    name: "shop-month-end-monthly",
    schedule_expression_timezone: "Europe/Berlin",
    target: {
      arn: "${aws_sfn_state_machine.month-end_state-machine.arn}",
      input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
      dead_letter_config: { arn: "${aws_sqs_queue.month-end_schedule-monthly_dead-letters_queue.arn}" },
    },
  });
  expect(resource(synthesized, SchedulerSchedule, `${name("yearly")}_schedule`)).toMatchObject({
    target: { input: '{"a":2,"b":1}' },
  });
  expect(statements(resource(synthesized, IamRolePolicy, `${name("yearly")}_role-policy`).policy)).toEqual([
    {
      Sid: "StartWorkflow",
      Effect: "Allow",
      Action: "states:StartExecution",
      Resource: "${aws_sfn_state_machine.month-end_state-machine.arn}",
    },
  ]);
});

test("an event starts it with fields of its own, in the same shape as a schedule", () => {
  const synthesized = synthWith({}, (workflow) => {
    workflow.addEvent("closed", {
      pattern: { source: ["shop.books"] },
      input: { closing: { from: "detail.closing" }, scheduledTime: { from: "time" } },
    });
  });
  expect(resource(synthesized, CloudwatchEventTarget)).toMatchObject({
    input_transformer: {
      input_paths: { detail_closing: "$.detail.closing", time: "$.time" },
      input_template: '{"closing":<detail_closing>,"scheduledTime":<time>}',
    },
  });
  expect(
    refusal(() =>
      synthWith({}, (workflow) => {
        workflow.addEvent("closed", { pattern: { source: ["shop.books"] }, input: { closing: { from: "$.detail" } } });
      }),
    ),
  ).toContain(`'from' in 'input' must be the path of a field`);
});

test("a step without a capacity runs on the cluster's default one, where its task can run there", () => {
  const mix = { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 3 } };
  const stepOf = (defaultCapacity: CapacityMix) =>
    definitionOf(synthWith({ cluster: clusterOf({ defaultCapacity }) })).States.Load?.Arguments;
  expect(stepOf(mix)).toMatchObject({
    CapacityProviderStrategy: [
      { CapacityProvider: "FARGATE", Base: 1, Weight: 1 },
      { CapacityProvider: "FARGATE_SPOT", Base: 0, Weight: 3 },
    ],
  });
  expect(stepOf(mix)).not.toHaveProperty("LaunchType");
  expect(stepOf({ "shop-general": {} })).toMatchObject({ LaunchType: "FARGATE" });
});

test("an event starts it, and is what it gets", () => {
  const synthesized = synthWith({}, (workflow) => {
    workflow.addEvent("closed", { pattern: { source: ["shop.books"] } });
  });
  expect(resource(synthesized, CloudwatchEventRule).name).toBe("shop-month-end-closed");
  const target = resource(synthesized, CloudwatchEventTarget);
  expect(target).toMatchObject({
    rule: "shop-month-end-closed",
    arn: "${aws_sfn_state_machine.month-end_state-machine.arn}",
    role_arn: "${aws_iam_role.month-end_event-closed_role.arn}",
  });
  expect(target).not.toHaveProperty("input");
  expect(String(resource(synthesized, IamRole, "month-end_event-closed_role").assume_role_policy)).toContain(
    "arn:aws:events:eu-west-1:111122223333:rule/shop-month-end-closed",
  );
});

test("a step in the middle changes the state machine alone", () => {
  const before = synthWith();
  const after = synthWith({
    steps: [
      { name: "Load", task: "load" },
      { name: "Check", task: "load" },
    ],
  });
  const others = (synthesized: string) =>
    JSON.stringify({ ...JSON.parse(synthesized).resource, aws_sfn_state_machine: 0 });
  expect(others(after)).toBe(others(before));
  expect(addresses(after)).toEqual(addresses(before));
});

test.each<[Partial<TaskWorkflowProps>, string]>([
  [{ steps: [] }, "[test/month-end] 'steps' must hold at least one step, got []"],
  [
    { steps: [{ name: "Load", task: "lode" }] },
    `'task' of step "Load" must be one of the workflow's tasks ("load"), got "lode"`,
  ],
  [{ stateMachineName: "month end" }, "the name of an AWS Step Functions state machine must be 1 to 80 characters"],
  [{ stateMachineName: "x".repeat(60) }, "the name of an IAM role must be 1 to 64 characters"],
  [{ kmsKeyArn: "alias/x" }, "'kmsKeyArn' must be the ARN of a KMS key"],
  [{ logs: { retentionInDays: 2 } }, "'retentionInDays' must be one of 1, 3, 5"],
  [
    { logs: { level: "OFF" as "ALL" } },
    `'level' must be one of "ALL", "ERROR", "FATAL", got "OFF"; for none say logs: false`,
  ],
  [{ logs: { kmsKeyArn: "alias/x" } }, "'kmsKeyArn' must be the ARN of a KMS key"],
  [{ subnets: [] }, "'subnets' must hold at least one id of a subnet"],
])("%j is refused", (props, words) => {
  expect(refusal(() => synthWith(props))).toContain(words);
});

test("a name of what starts it that is too long is refused", () => {
  const long = "x".repeat(60);
  expect(refusal(() => synthWith({}, (it) => it.addSchedule(long, { schedule: "rate(1 day)" })))).toContain(
    "EventBridge schedule",
  );
  expect(refusal(() => synthWith({}, (it) => it.addEvent(long, { pattern: { source: ["a"] } })))).toContain(
    "EventBridge rule",
  );
});
