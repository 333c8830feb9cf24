import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Schedule, type ScheduleProps } from "../../../src/constructs/serverless/schedule";
import { ScheduleGroup } from "../../../src/constructs/serverless/schedule-group";
import type { DeadLetters } from "../../../src/model/scheduler-dead-letters";
import { PARTITIONS, refusal, resource, resources, statements, synthIn } from "../../support/stack";

const key = (name: string, region = "eu-west-1", partition = "aws") =>
  `arn:${partition}:kms:${region}:111122223333:key/${name}`;

const FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:cleanup";

const synthWith = (props: Partial<ScheduleProps> = {}, region = "eu-west-1") =>
  synthIn(
    region,
    (stack) =>
      new Schedule(stack, "cleanup", {
        scheduleName: "cleanup",
        group: ScheduleGroup.fromName(stack, "nightly"),
        schedule: "rate(1 day)",
        target: { arn: FUNCTION, statements: [{ actions: ["lambda:InvokeFunction"], resources: [FUNCTION] }] },
        after: [],
        ...props,
      }),
  );

const START = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: FUNCTION };
const OWN_QUEUE = "${aws_sqs_queue.cleanup_dead-letters_queue.arn}";

const sent = (queueArn: string) => ({
  Sid: "SendDeadLetters",
  Effect: "Allow",
  Action: "sqs:SendMessage",
  Resource: queueArn,
});

const encrypted = (keyArn: string, via: string) => ({
  Sid: "EncryptDeadLetters",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: keyArn,
  Condition: { StringEquals: { "kms:ViaService": via } },
});

test("the role may start the target, send to the queue, and nothing else", () => {
  expect(statements(resource(synthWith(), IamRolePolicy).policy)).toEqual([START, sent(OWN_QUEUE)]);
  expect(statements(resource(synthWith({ deadLetters: false }), IamRolePolicy).policy)).toEqual([START]);
});

test.each(PARTITIONS)(
  "in $partition the role may read this one schedule with the schedule's key, and use the queue's for SQS alone",
  ({ region, partition, dnsSuffix }) => {
    const [ofSchedule, ofQueue] = [key("schedule", region, partition), key("queue", region, partition)];
    const synthesized = synthWith({ kmsKeyArn: ofSchedule, deadLetters: { kmsKeyArn: ofQueue } }, region);
    expect(statements(resource(synthesized, IamRolePolicy).policy)).toEqual([
      START,
      {
        Sid: "ReadSchedule",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: ofSchedule,
        Condition: {
          StringEquals: {
            "kms:EncryptionContext:aws:scheduler:schedule:arn": `arn:${partition}:scheduler:${region}:111122223333:schedule/nightly/cleanup`,
          },
        },
      },
      sent(OWN_QUEUE),
      encrypted(ofQueue, `sqs.${region}.${dnsSuffix}`),
    ]);
    expect(resource(synthesized, SchedulerSchedule).kms_key_arn).toBe(ofSchedule);
    expect(resource(synthesized, SqsQueue).kms_master_key_id).toBe(ofQueue);
  },
);

test("the queue may be one that is there and has a key of its own", () => {
  const queueArn = "arn:aws:sqs:eu-west-1:111122223333:undelivered";
  const synthesized = synthWith({ deadLetters: { queueArn, kmsKeyArn: key("queue") } });
  expect(resources(synthesized, SqsQueue)).toEqual({});
  expect(resource(synthesized, SchedulerSchedule)).toMatchObject({ target: { dead_letter_config: { arn: queueArn } } });
  expect(statements(resource(synthesized, IamRolePolicy).policy)).toEqual([
    START,
    sent(queueArn),
    encrypted(key("queue"), "sqs.eu-west-1.amazonaws.com"),
  ]);
});

test.each<[DeadLetters, string]>([
  [
    { queueArn: "arn:aws:sqs:eu-west-1:111122223333:undelivered", kmsKeyArn: "alias/queue" },
    "'kmsKeyArn' must be the ARN of a KMS key",
  ],
  [
    { queueArn: "arn:aws:sqs:eu-west-1:111122223333:undelivered", retentionInDays: 7 } as DeadLetters,
    "'retentionInDays' is for a new queue, and 'queueArn' names one that is there; keep one of them",
  ],
])("dead letters %j are refused", (deadLetters, words) => {
  expect(refusal(() => synthWith({ deadLetters }))).toContain(words);
});
