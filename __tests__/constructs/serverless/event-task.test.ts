import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { EventTask, type EventTaskProps } from "../../../src/constructs/serverless/event-task";
import { clusterOf, taskOf } from "../../support/ecs";
import { addresses, refusal, resource, resources, stackFor, statements, synthIn, warnings } from "../../support/stack";

const synthWith = (props: Partial<EventTaskProps> = {}) =>
  synthIn("eu-west-1", (stack) => {
    new EventTask(stack, "uploaded", {
      cluster: clusterOf(),
      pattern: { source: ["aws.s3"] },
      tasks: { import: { taskDefinition: taskOf() } },
      ...props,
    });
  });

const ARN = "arn:aws:events:eu-west-1:111122223333:rule/shop-uploaded";

test("the least is a rule with a target, a role, a queue and a security group", () => {
  const synthesized = synthWith();
  expect(addresses(synthesized)).toEqual([
    "aws_cloudwatch_event_rule.uploaded_rule_rule",
    "aws_cloudwatch_event_target.uploaded_rule_target-import",
    "aws_iam_role.uploaded_rule_role",
    "aws_iam_role_policy.uploaded_rule_role-policy",
    "aws_security_group.uploaded_network_security-group",
    "aws_sqs_queue.uploaded_rule_dead-letters_queue",
    "aws_vpc_security_group_egress_rule.uploaded_network_egress",
  ]);
  expect(resource(synthesized, CloudwatchEventRule)).toMatchObject({
    name: "shop-uploaded",
    event_bus_name: "default",
    event_pattern: '{"source":["aws.s3"]}',
    state: "ENABLED",
  });
  const target = resource(synthesized, CloudwatchEventTarget);
  expect(target).toMatchObject({
    rule: "shop-uploaded",
    target_id: "import",
    arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
    role_arn: "${aws_iam_role.uploaded_rule_role.arn}",
    retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    dead_letter_config: { arn: "${aws_sqs_queue.uploaded_rule_dead-letters_queue.arn}" },
    ecs_target: {
      task_count: 1,
      launch_type: "FARGATE",
      propagate_tags: "TASK_DEFINITION",
      network_configuration: {
        subnets: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
        security_groups: ["${aws_security_group.uploaded_network_security-group.id}"],
        assign_public_ip: false,
      },
    },
  });
  expect(target).not.toHaveProperty("input");
  expect(target).not.toHaveProperty("input_transformer");
});

test("a task without a capacity runs on the cluster's default one, of six providers at most", () => {
  const target = resource(
    synthWith({ cluster: clusterOf({ defaultCapacity: { FARGATE_SPOT: {} } }) }),
    CloudwatchEventTarget,
  );
  expect(target.ecs_target).toMatchObject({
    capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 }],
  });
  expect(target.ecs_target).not.toHaveProperty("launch_type");
  const names = Array.from({ length: 7 }, (_, index) => `shop-${index}`);
  const wide = clusterOf({
    capacityProviders: names.map((name) => ({ name, kind: "ec2" })),
    defaultCapacity: Object.fromEntries(names.map((name) => [name, {}])),
  });
  expect(
    refusal(() => synthWith({ cluster: wide, tasks: { import: { taskDefinition: taskOf({ launch: "EC2" }) } } })),
  ).toContain("must name at most 6 capacity providers where EventBridge runs the task, got 7");
});

test("fields of the event are environment variables", () => {
  const target = resource(
    synthWith({
      tasks: {
        import: {
          taskDefinition: taskOf(),
          taskCount: 2,
          capacity: { FARGATE_SPOT: {} },
          containers: {
            web: {
              args: ["import"],
              environment: {
                SIZE: { from: "detail.object.size" },
                KIND: { from: "detail-type" },
                MODE: "fast",
                AGAIN: { from: "detail.object.size" },
              },
            },
          },
        },
      },
    }),
    CloudwatchEventTarget,
  );
  expect(target.ecs_target).toMatchObject({
    task_count: 2,
    capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 }],
  });
  expect(target.input_transformer).toEqual({
    input_paths: { "detail-2dtype": "$.detail-type", detail_object_size: "$.detail.object.size" },
    input_template: JSON.stringify({
      containerOverrides: [
        {
          name: "web",
          command: ["import"],
          environment: [
            { name: "AGAIN", value: "<detail_object_size>" },
            { name: "KIND", value: "<detail-2dtype>" },
            { name: "MODE", value: "fast" },
            { name: "SIZE", value: "<detail_object_size>" },
          ],
        },
      ],
    }),
  });
});

test("it starts nothing before its role may, the network leads out and the cluster is ready", () => {
  const capacity = { fqn: "aws_ecs_cluster_capacity_providers.shop" };
  expect(resource(synthWith({ cluster: clusterOf({ ready: [capacity] }) }), CloudwatchEventTarget).depends_on).toEqual([
    "aws_cloudwatch_event_rule.uploaded_rule_rule",
    "aws_iam_role_policy.uploaded_rule_role-policy",
    "aws_ecs_cluster_capacity_providers.shop",
    "aws_vpc_security_group_egress_rule.uploaded_network_egress",
  ]);
});

test("without fields what a container gets is the same for each event", () => {
  const target = resource(
    synthWith({ tasks: { import: { taskDefinition: taskOf(), containers: { web: { args: ["<all>"] } } } } }),
    CloudwatchEventTarget,
  );
  expect(target.input).toBe('{"containerOverrides":[{"name":"web","command":["<all>"]}]}');
});

test("only the rule may use the role, and send to the queue", () => {
  const synthesized = synthWith();
  const condition = { ArnEquals: { "aws:SourceArn": ARN }, StringEquals: { "aws:SourceAccount": "111122223333" } };
  expect(statements(resource(synthesized, IamRole).assume_role_policy)).toEqual([
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole", Condition: condition },
  ]);
  expect(statements(resource(synthesized, SqsQueue).policy)).toEqual([
    expect.objectContaining({ Sid: "EncryptionInTransit", Effect: "Deny" }),
    {
      Sid: "UndeliveredEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:eu-west-1:111122223333:shop-uploaded-event-dead-letters",
      Condition: condition,
    },
  ]);
});

test.each([
  ["shop", "arn:aws:events:eu-west-1:111122223333:rule/shop/shop-uploaded"],
  [
    "arn:aws:events:eu-west-1:111122223333:event-bus/shop",
    "arn:aws:events:eu-west-1:111122223333:rule/shop/shop-uploaded",
  ],
  ["arn:aws:events:eu-west-1:111122223333:event-bus/default", ARN],
])("the ARN of a rule on bus %s is known before the rule is there", (eventBus, arn) => {
  const synthesized = synthWith({ eventBus });
  expect(resource(synthesized, CloudwatchEventRule).event_bus_name).toBe(eventBus);
  expect(resource(synthesized, CloudwatchEventTarget).event_bus_name).toBe(eventBus);
  expect(String(resource(synthesized, IamRole).assume_role_policy)).toContain(`"aws:SourceArn":"${arn}"`);
});

test("its role runs each of its tasks, and no other", () => {
  const report = taskOf({
    family: "shop-report",
    executionRoleArn: "arn:aws:iam::111122223333:role/report",
    taskRoleArn: "arn:aws:iam::111122223333:role/report",
  });
  const synthesized = synthWith({
    tasks: { b: { taskDefinition: report }, a: { taskDefinition: taskOf() }, c: { taskDefinition: report } },
  });
  const [run, , pass] = statements(resource(synthesized, IamRolePolicy).policy);
  expect(run?.Resource).toEqual([
    "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-report:*",
    "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:*",
  ]);
  expect(pass?.Resource).toEqual([
    "arn:aws:iam::111122223333:role/report",
    "arn:aws:iam::111122223333:role/shop-web-execution",
    "arn:aws:iam::111122223333:role/shop-web-task",
  ]);
  expect(Object.keys(resources(synthesized, CloudwatchEventTarget))).toEqual([
    "uploaded_rule_target-a",
    "uploaded_rule_target-b",
    "uploaded_rule_target-c",
  ]);
});

test("a rule may be off, with fewer tries and no queue", () => {
  const synthesized = synthWith({
    enabled: false,
    description: "Imports",
    retries: { attempts: 2, maximumAgeInSeconds: 600 },
    deadLetters: false,
    ruleName: "imports",
  });
  expect(resource(synthesized, CloudwatchEventRule)).toMatchObject({
    name: "imports",
    state: "DISABLED",
    description: "Imports",
  });
  expect(resource(synthesized, CloudwatchEventTarget).retry_policy).toEqual({
    maximum_event_age_in_seconds: 600,
    maximum_retry_attempts: 2,
  });
  expect(resources(synthesized, SqsQueue)).toEqual({});
});

test("the order of a pattern leaves no trace", () => {
  const pattern = { "detail-type": ["x"], source: ["a"], detail: { b: [{ numeric: [">", 1] }], a: ["c", "b"] } };
  const turned = { detail: { a: ["c", "b"], b: [{ numeric: [">", 1] }] }, source: ["a"], "detail-type": ["x"] };
  expect(synthWith({ pattern: turned })).toBe(synthWith({ pattern }));
});

test("a long pattern is warned of", () => {
  const stack = stackFor();
  new EventTask(stack, "uploaded", {
    cluster: clusterOf(),
    pattern: { source: ["x".repeat(2100)] },
    tasks: { import: { taskDefinition: taskOf() } },
  });
  expect(warnings(stack)).toEqual([
    expect.stringContaining(`[test/uploaded/rule] 'pattern' is 2115 characters, and EventBridge takes 2048`),
  ]);
});

const import1 = { taskDefinition: taskOf() };

test.each<[string, Partial<EventTaskProps>, string]>([
  ["no field", { pattern: {} }, "'pattern' must name at least one field"],
  ["no task", { tasks: {} }, "[test/uploaded] 'tasks' must hold 1 to 5 tasks, got 0; name what the event starts"],
  [
    "six tasks",
    { tasks: { a: import1, b: import1, c: import1, d: import1, e: import1, f: import1 } },
    "got 6; a second rule with the same pattern has five more",
  ],
  [
    "a wrong name of a task",
    { tasks: { "a b": import1 } },
    `'tasks' must have names of 1 to 64 letters, digits, "-", "_" and ".", got "a b"`,
  ],
  ["a wrong bus", { eventBus: "a b" }, "'eventBus' must be the name or the ARN of an event bus"],
  [
    "a bus of another Region",
    { eventBus: "arn:aws:events:eu-central-1:111122223333:event-bus/shop" },
    `[test/uploaded/rule] 'eventBus' must be in the account and the Region of what it starts ("eu-west-1", 111122223333), got "arn:aws:events:eu-central-1:111122223333:event-bus/shop"; send its events on to a bus here, by a rule there`,
  ],
  [
    "a bus of another account",
    { eventBus: "arn:aws:events:eu-west-1:444455556666:event-bus/shop" },
    "'eventBus' must be in the account and the Region of what it starts",
  ],
  [
    "a key beside a queue that is there",
    {
      deadLetters: {
        queueArn: "arn:aws:sqs:eu-west-1:111122223333:lost",
        kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/a",
      },
    },
    "'kmsKeyArn' beside 'queueArn' is for schedules, whose roles use the key, and a rule has none for that; let events.amazonaws.com use kms:Decrypt",
  ],
  ["a wrong name", { ruleName: "a/b" }, "the name of an EventBridge rule must be 1 to 64 characters"],
  [
    "a wrong path",
    { tasks: { a: { ...import1, containers: { web: { environment: { A: { from: "$.x" } } } } } } },
    `'from' of variable "A" of container "web" must be the path of a field, like "detail.object.key" or "resources[0]", got "$.x"; leave the "$." out`,
  ],
  [
    "a wrong number of tasks",
    { tasks: { a: { ...import1, taskCount: 0 } } },
    "'taskCount' must be a whole number from 1 to 10",
  ],
  ["wrong retries", { retries: { attempts: -1 } }, "'attempts' must be a whole number from 0 to 185"],
])("%s is refused", (_, props, words) => {
  expect(refusal(() => synthWith(props))).toContain(words);
});
