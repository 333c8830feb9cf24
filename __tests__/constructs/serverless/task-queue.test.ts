import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { TerraformStack } from "cdktf";
import { TaskQueue, type TaskQueueProps } from "../../../src/constructs/serverless/task-queue";
import { addresses, refusal, resource, stackFor, statements, synth } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

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
    const key = KEY.replace("aws", "aws-cn").replace("eu-west-1", "cn-north-1");
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
