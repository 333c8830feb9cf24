import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { addresses, appInMemory, resource, resources, statements, synth } from "../../support/stack";

const CONTAINER = `{ name: worker, image: "registry.example.com/worker:1.4.0", cpu: 250m, memory: 512Mi }`;
const ORDERS = `    orders:
      queue: { deletionProtection: false }
      task: { containers: [${CONTAINER}], taskPolicy: [{ actions: [s3:GetObject], resources: ["arn:aws:s3:::shop/*"] }] }
      scaling: { minimum: 0, maximum: 5, backlogPerTask: 10 }
      sendFrom: [desk]
`;
const EVENTS = `    events:
      queue: { queueArn: "arn:aws:sqs:eu-west-1:111122223333:events" }
      task: { containers: [${CONTAINER}] }
      scaling: { maximum: 5, backlogPerTask: 10 }
`;

function stackOf(queueWorkers: string, cluster = "{}"): string {
  const settings = parseEcsSettings(
    `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b], nat: single }
ecs:
  cluster: ${cluster}
  taskDefinitions: { desk: { containers: [${CONTAINER}] } }
  queueWorkers:
${queueWorkers}`,
    "ecs.yaml",
  );
  return synth(new EcsStack(appInMemory(), "shop-ecs", settings));
}

describe("the queue workers of a stack", () => {
  const synthesized = stackOf(ORDERS + EVENTS);

  test("are there with their queues, and an existing queue is left alone", () => {
    expect(Object.values(resources(synthesized, SqsQueue)).map(({ name }) => name)).toEqual([
      "shop-orders",
      "shop-orders-dead-letters",
    ]);
    expect(Object.values(resources(synthesized, EcsService)).map(({ name }) => name)).toEqual([
      "shop-events",
      "shop-orders",
    ]);
  });

  test("tell the URLs of their queues", () => {
    const { output } = JSON.parse(synthesized) as { output: Record<string, { value: unknown }> };
    expect(output.queue_urls?.value).toEqual({
      events: "https://sqs.eu-west-1.amazonaws.com/111122223333/events",
      orders: "${aws_sqs_queue.queue-worker-orders_queue.url}",
    });
    expect(output.dead_letter_queue_urls?.value).toEqual({
      orders: "${aws_sqs_queue.queue-worker-orders_queue_dead-letter-queue.url}",
    });
  });

  test("let the task definitions send that the settings name, and have their own policy", () => {
    const send = resource(synthesized, IamRolePolicy, "task-desk_task-policy-send-shop-orders");
    expect(statements(send.policy)).toEqual([
      {
        Sid: "Send",
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: "${aws_sqs_queue.queue-worker-orders_queue.arn}",
      },
    ]);
    const own = resource(synthesized, IamRolePolicy, "queue-worker-orders_task-definition_task-policy-settings");
    expect(statements(own.policy)).toMatchObject([{ Action: "s3:GetObject" }]);
  });

  test("leave no trace of the order of the settings, and one more moves no other", () => {
    expect(stackOf(EVENTS + ORDERS)).toBe(synthesized);
    expect(addresses(synthesized)).toEqual(expect.arrayContaining(addresses(stackOf(ORDERS))));
  });

  test("count tasks by samples where the cluster has no Container Insights", () => {
    expect(synthesized).toContain("RunningTaskCount");
    const without = stackOf(ORDERS, "{ containerInsights: false }");
    expect(without).not.toContain("RunningTaskCount");
    expect(without).toContain("SampleCount");
  });
});
